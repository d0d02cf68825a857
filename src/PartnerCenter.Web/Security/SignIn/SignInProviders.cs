using System.Text.RegularExpressions;
using PartnerCenter.Web.Hosting;
using PartnerCenter.Web.Security.SignIn.Local;

namespace PartnerCenter.Web.Security.SignIn;

/// <summary>An identity provider, as the configuration describes it.</summary>
public sealed record SignInProvider
{
    /// <summary>Part of addresses: <c>/sign-in/{key}</c> leads to the provider, and <see cref="CallbackPath"/> back.</summary>
    public required string Key { get; init; }

    /// <summary>What people know it by.</summary>
    public required string Name { get; init; }

    /// <summary>Entra ID: many tenants behind one address, each an issuer of its own.</summary>
    public required bool IsEntra { get; init; }

    /// <summary>Where it describes itself (OpenID Connect Discovery 1.0, section 4), without a slash at its end.</summary>
    public required string Authority { get; init; }

    public required string ClientId { get; init; }

    /// <summary>Null for a client that proves itself by PKCE alone.</summary>
    public string? ClientSecret { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    public string Scheme => $"SignIn:{Key}";

    /// <summary>Where the provider sends people back to. Each has one of its own, so that no answer is taken for that of another.</summary>
    public string CallbackPath => IsEntra ? "/signin-oidc" : $"/signin-oidc/{Key}";

    /// <summary>The origin that forms may lead to when somebody signs out.</summary>
    public string Origin => new Uri(Authority).GetLeftPart(UriPartial.Authority);

    /// <summary>The issuer that a tenant at Entra ID is.</summary>
    public string IssuerOf(string tenant) => $"{Origin}/{tenant}/v2.0";
}

/// <summary>The identity providers of this portal: <c>SignIn:Providers</c>. Without any, people sign in by accounts of the portal itself, or to the demo.</summary>
public sealed partial class SignInProviders
{
    private const string DefaultEntraAuthority = "https://login.microsoftonline.com/organizations/v2.0";
    private const string NeededScope = "openid";

    // Of the clouds that Microsoft runs. Another host cannot claim to be Entra ID.
    private static readonly string[] EntraHosts = ["login.microsoftonline.com", "login.microsoftonline.us", "login.partner.microsoftonline.cn"];

    private SignInProviders(IReadOnlyList<SignInProvider> all, IReadOnlyList<FirstAdministrator> firstAdministrators, TimeSpan timeout, bool isDevelopment) =>
        (All, FirstAdministrators, Timeout, IsDevelopment) = (all, firstAdministrators, timeout, isDevelopment);

    public IReadOnlyList<SignInProvider> All { get; }

    /// <summary>The one provider that is Entra ID; null if none is.</summary>
    public SignInProvider? Entra => All.FirstOrDefault(provider => provider.IsEntra);

    /// <summary>Who may enter an organization as its administrator while no other administrator can sign in.</summary>
    public IReadOnlyList<FirstAdministrator> FirstAdministrators { get; }

    /// <summary>How long a provider may take for one answer.</summary>
    public TimeSpan Timeout { get; }

    public bool IsDevelopment { get; }

    /// <exception cref="StartupException">A provider cannot work as it is configured.</exception>
    public static SignInProviders Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var section = configuration.GetSection("SignIn");
        var seconds = section.GetValue("TimeoutSeconds", 10);
        if (seconds is < 1 or > 60)
            throw new StartupException($"SignIn:TimeoutSeconds is {seconds}; it must be from 1 to 60.");
        var isDevelopment = environment.IsDevelopment();
        var all = section.GetSection("Providers").GetChildren().Select(provider => Read(provider, isDevelopment)).ToList();
        if (all.Count(provider => provider.IsEntra) > 1)
            throw new StartupException("SignIn:Providers has more than one of the kind Entra; one of them serves all tenants.");
        var first = section.GetSection("FirstAdministrators").GetChildren().Select(named => FirstAdministrator.Read(named, all)).ToList();
        return new SignInProviders(all, first, TimeSpan.FromSeconds(seconds), isDevelopment);
    }

    public SignInProvider? Find(string key) => All.FirstOrDefault(provider => provider.Key == key);

    /// <summary>Whether something secret may go to this address: https, or in Development this very machine.</summary>
    public static bool IsSafe(Uri address, bool isDevelopment) =>
        address.UserInfo.Length == 0 && address.Fragment.Length == 0
        && (address.Scheme == Uri.UriSchemeHttps || (isDevelopment && address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    private static SignInProvider Read(IConfigurationSection section, bool isDevelopment)
    {
        var key = section.Key;
        if (!Keys().IsMatch(key))
            throw new StartupException($"SignIn:Providers has the key '{key}'; a key has up to 32 lower-case letters, digits and hyphens.");

        if (key == LocalSignInSettings.Key)
            throw new StartupException($"SignIn:Providers has the key '{key}', which stands for accounts of the portal itself; give it another one.");

        var isEntra = section["Kind"] switch
        {
            "Entra" => true,
            null or "" or "OpenIdConnect" => false,
            var other => throw new StartupException($"{section.Path}:Kind is '{other}'; it must be Entra or OpenIdConnect."),
        };
        var provider = new SignInProvider
        {
            Key = key,
            Name = section["Name"] is { Length: > 0 } name ? name : key,
            IsEntra = isEntra,
            Authority = (section["Authority"] ?? (isEntra ? DefaultEntraAuthority : "")).TrimEnd('/'),
            ClientId = section["ClientId"] ?? "",
            ClientSecret = section["ClientSecret"] is { Length: > 0 } secret ? secret : null,
            Scopes = (section["Scopes"] ?? "openid profile email").Split(' ', StringSplitOptions.RemoveEmptyEntries),
        };
        if (Fault(provider, isDevelopment) is { } fault)
            throw new StartupException($"{section.Path}:{fault}");
        return provider;
    }

    private static string? Fault(SignInProvider provider, bool isDevelopment)
    {
        if (!Uri.TryCreate(provider.Authority, UriKind.Absolute, out var authority) || !IsSafe(authority, isDevelopment) || authority.Query.Length > 0)
            return "Authority must be the https address of the provider.";
        if (provider.ClientId.Length == 0)
            return "ClientId is missing; the provider gives it out when you register the portal there.";
        if (!provider.Scopes.Contains(NeededScope))
            return $"Scopes must contain {NeededScope}.";
        if (provider.IsEntra && !EntraHosts.Contains(authority.Host, StringComparer.OrdinalIgnoreCase) && !(isDevelopment && authority.IsLoopback))
            return $"Authority must be on one of the hosts of Entra ID: {string.Join(", ", EntraHosts)}.";
        return null;
    }

    [GeneratedRegex("^[a-z0-9-]{1,32}$", RegexOptions.NonBacktracking)]
    private static partial Regex Keys();
}
