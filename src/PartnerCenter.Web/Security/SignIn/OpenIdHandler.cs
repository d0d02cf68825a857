using System.Buffers.Text;
using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.ExceptionServices;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using PartnerCenter.Domain.Access;

namespace PartnerCenter.Web.Security.SignIn;

/// <summary>What the handler of one provider needs.</summary>
public sealed class OpenIdOptions : OAuthOptions
{
    public SignInProvider Provider { get; set; } = null!;

    public ProviderDocuments Documents { get; set; } = null!;

    public bool NeedsHttps { get; set; }

    // The configuration was checked when the portal started, and a provider's endpoints are not known before it is asked.
    public override void Validate()
    {
    }
}

/// <summary>
/// The round to an identity provider and back: authorization code flow with PKCE (RFC 7636), state and nonce. The framework's handler
/// seals the state, ties it to the browser by a cookie and takes both apart again; what makes it OpenID Connect is here and in
/// <see cref="IdToken"/>. Each provider has a scheme and a callback of its own, so that the answer of one cannot be passed off as that of
/// another (RFC 9700, section 4.4.2).
/// </summary>
public sealed partial class OpenIdHandler(IOptionsMonitor<OpenIdOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : OAuthHandler<OpenIdOptions>(options, logger, encoder)
{
    private const string Nonce = "nonce";
    private const string Started = "started";

    // How long ago somebody may have proved anew who they are: from the password to here is one round, and clocks differ.
    private static readonly TimeSpan LongestSinceProof = SpentNonce.LongestRound + TimeSpan.FromMinutes(2);

    private ProviderDocument? _document;

    /// <summary>What follows a round, whichever way it ends.</summary>
    internal static OAuthEvents EndOfRound { get; } = new()
    {
        OnTicketReceived = context =>
        {
            context.Response.Redirect(context.ReturnUri ?? "/");
            context.HandleResponse();
            return Task.CompletedTask;
        },
        OnRemoteFailure = context =>
        {
            if (SignInRefusedException.Explain(context.Failure) is not { } refused)
            {
                ExceptionDispatchInfo.Throw(context.Failure!);
                return Task.CompletedTask;
            }

            Log.Refused(context.HttpContext.RequestServices.GetRequiredService<ILogger<OpenIdHandler>>(), context.Scheme.Name, refused.Reason, refused.Message);
            SignInRefused.Answer(context.HttpContext, refused.Reason);
            context.HandleResponse();
            return Task.CompletedTask;
        },
    };

    // Every request makes a handler to ask whether it is an answer; what answers need is made when one comes.
    private AccountBinding Accounts => Context.RequestServices.GetRequiredService<AccountBinding>();

    private DateTimeOffset Now => TimeProvider.GetUtcNow();

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        try
        {
            CheckScheme();
            _document = await Options.Documents.ReadAsync();
        }
        catch (SignInRefusedException refused)
        {
            Log.Refused(Logger, Scheme.Name, refused.Reason, refused.Message);
            SignInRefused.Answer(Context, refused.Reason);
            return;
        }

        await base.HandleChallengeAsync(properties);
    }

    protected override string BuildChallengeUrl(AuthenticationProperties properties, string redirectUri)
    {
        var (nonce, verifier) = (Secret.Create(), Secret.Create());
        properties.Items[Nonce] = nonce;
        properties.Items[Started] = Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        properties.Items[OAuthConstants.CodeVerifierKey] = verifier;
        var round = SignInRound.From(properties, Options.Provider.Key);
        return QueryHelpers.AddQueryString(AuthorizationEndpointFor(round).AbsoluteUri, new Dictionary<string, string?>(round.Wishes())
        {
            ["client_id"] = Options.Provider.ClientId,
            ["response_type"] = "code",
            ["response_mode"] = "query",
            ["scope"] = string.Join(' ', Options.Provider.Scopes),
            ["redirect_uri"] = redirectUri,
            ["nonce"] = nonce,
            [OAuthConstants.CodeChallengeKey] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))),
            [OAuthConstants.CodeChallengeMethodKey] = OAuthConstants.CodeChallengeMethodS256,
            ["state"] = Options.StateDataFormat.Protect(properties),
        });
    }

    protected override Task<HandleRequestResult> HandleRemoteAuthenticateAsync()
    {
        CheckScheme();

        // RFC 6749, section 3.1: whoever repeats a parameter hopes that two readers take different ones.
        if (!HttpMethods.IsGet(Request.Method) || Request.Query.Any(parameter => parameter.Value.Count != 1))
            throw new SignInRefusedException(SignInRefusal.WrongRound, "the answer is no GET or repeats a parameter");
        return base.HandleRemoteAuthenticateAsync();
    }

    protected override async Task<OAuthTokenResponse> ExchangeCodeAsync(OAuthCodeExchangeContext context)
    {
        _document = await Options.Documents.ReadAsync();
        CheckRound(context.Properties);
        await Accounts.SpendAsync(context.Properties.Items[Nonce]!);
        using var request = new HttpRequestMessage(HttpMethod.Post, _document.TokenEndpoint) { Content = new FormUrlEncodedContent(FormFor(context)) };
        request.Headers.Accept.ParseAdd("application/json");
        if (Options.Provider.ClientSecret is { } secret && !_document.TakesSecretInForm)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", BasicFor(Options.Provider.ClientId, secret));

        using var answer = await Backchannel.SendAsync(request, Context.RequestAborted);
        if (!answer.IsSuccessStatusCode)
        {
            throw (int)answer.StatusCode < StatusCodes.Status500InternalServerError
                ? new SignInRefusedException(SignInRefusal.NotBelieved, "the provider does not take the code")
                : new SignInRefusedException(SignInRefusal.ProviderAway, "the provider fails at the code");
        }

        var tokens = ProviderDocuments.Parse(await answer.Content.ReadAsByteArrayAsync(Context.RequestAborted));
        return tokens.RootElement.ValueKind == JsonValueKind.Object && ProviderDocuments.Text(tokens.RootElement, "access_token") is { Length: > 0 }
            ? OAuthTokenResponse.Success(tokens)
            : throw new SignInRefusedException(SignInRefusal.NotBelieved, "the provider's answer has no tokens");
    }

    protected override async Task<AuthenticationTicket> CreateTicketAsync(ClaimsIdentity identity, AuthenticationProperties properties, OAuthTokenResponse tokens)
    {
        var nonce = properties.Items[Nonce]!;
        var token = IdToken.Parse(ProviderDocuments.Text(tokens.Response!.RootElement, "id_token"));
        if (!token.HasKeyIn(_document!))
            _document = await Options.Documents.ReadForUnknownKeyAsync();

        var proven = token.Verify(_document!, Options.Provider, nonce, Now);
        var round = SignInRound.From(properties, Options.Provider.Key);
        if (round.MustProveAgain && !(proven.AuthenticatedAt >= Now - LongestSinceProof))
            throw new SignInRefusedException(SignInRefusal.NotProvedAgain, "the provider did not ask anew");

        var person = await Accounts.EnterAsync(proven, round);
        await Context.RequestServices.GetRequiredService<Sessions>().StartAsync(person, new ProviderProof(round.Provider, proven.Tenant, proven.Session, proven.SignOutHint, proven.AuthenticatedAt?.UtcDateTime));
        Log.SignedIn(Logger, person.Id, Scheme.Name);
        return new AuthenticationTicket(new ClaimsPrincipal(identity), properties, Scheme.Name);
    }

    // Asked for one tenant, Entra ID offers no accounts of others.
    private Uri AuthorizationEndpointFor(SignInRound round)
    {
        var endpoint = _document!.AuthorizationEndpoint;
        return round.Tenant is null
            ? endpoint
            : new UriBuilder(endpoint) { Path = endpoint.AbsolutePath.Replace("/organizations/", $"/{round.Tenant}/", StringComparison.Ordinal) }.Uri;
    }

    // RFC 6749, section 2.3.1: both parts are encoded as in a form before they are put together.
    private static string BasicFor(string client, string secret) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Uri.EscapeDataString(client)}:{Uri.EscapeDataString(secret)}"));

    private void CheckScheme()
    {
        if (Options.NeedsHttps && !Request.IsHttps)
            throw new SignInRefusedException(SignInRefusal.NeedsHttps, "the request came over http");
    }

    private void CheckRound(AuthenticationProperties properties)
    {
        if (!properties.Items.ContainsKey(Nonce)
            || !long.TryParse(properties.Items[Started], NumberStyles.None, CultureInfo.InvariantCulture, out var started)
            || Now - DateTimeOffset.FromUnixTimeSeconds(started) > SpentNonce.LongestRound)
        {
            throw new SignInRefusedException(SignInRefusal.WrongRound, "the round took too long");
        }

        var issuer = (string?)Request.Query["iss"];
        if (issuer is null ? _document!.NamesItself : !Options.Provider.IsEntra && issuer != _document!.Issuer)
            throw new SignInRefusedException(SignInRefusal.NotBelieved, "the answer comes from another issuer");
    }

    private Dictionary<string, string> FormFor(OAuthCodeExchangeContext context)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = context.Code,
            ["redirect_uri"] = context.RedirectUri,
            ["client_id"] = Options.Provider.ClientId,
            [OAuthConstants.CodeVerifierKey] = context.Properties.Items[OAuthConstants.CodeVerifierKey]!,
        };
        if (Options.Provider.ClientSecret is { } secret && _document!.TakesSecretInForm)
            form["client_secret"] = secret;
        return form;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Person {PersonId} signed in by {Scheme}")]
        public static partial void SignedIn(ILogger logger, int personId, string scheme);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Sign-in by {Scheme} was refused: {Reason}, {Detail}")]
        public static partial void Refused(ILogger logger, string scheme, SignInRefusal reason, string detail);
    }
}
