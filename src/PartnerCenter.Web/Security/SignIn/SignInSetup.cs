using Microsoft.AspNetCore.Authentication;

namespace PartnerCenter.Web.Security.SignIn;

/// <summary>
/// Registers one scheme per configured identity provider. This is the one place to change where Microsoft.Identity.Web can be had: its
/// schemes take the place of ours, and its event <c>OnTokenValidated</c> calls <see cref="AccountBinding"/> and <see cref="Sessions"/>.
/// </summary>
public static class SignInSetup
{
    // Discovery documents, lists of keys and tokens are a few KB.
    private const int LongestAnswer = 256 * 1024;

    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    public static void AddSignInProviders(this AuthenticationBuilder authentication, SignInProviders providers)
    {
        authentication.Services.AddSingleton(providers);
        authentication.Services.AddScoped<AccountBinding>();
        authentication.Services.AddScoped<ProviderSignOut>();
        foreach (var provider in providers.All)
        {
            authentication.AddOAuth<OpenIdOptions, OpenIdHandler>(provider.Scheme, provider.Name, _ => { });
            authentication.Services.AddOptions<OpenIdOptions>(provider.Scheme).Configure<TimeProvider>((options, time) => Set(options, provider, providers, time));
        }
    }

    private static void Set(OpenIdOptions options, SignInProvider provider, SignInProviders providers, TimeProvider time)
    {
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = ConnectionLifetime })
        {
            Timeout = providers.Timeout,
            MaxResponseContentBufferSize = LongestAnswer,
        };
        options.Provider = provider;
        options.Backchannel = http;
        options.Documents = new ProviderDocuments(provider, http, time, providers.IsDevelopment);
        options.NeedsHttps = !providers.IsDevelopment;
        options.ClientId = provider.ClientId;
        options.CallbackPath = provider.CallbackPath;
        options.Events = OpenIdHandler.EndOfRound;

        // The provider's answer is a navigation from elsewhere, which Lax lets the cookie take part in. Plain http, which only Development
        // has, cannot have the name with which a browser insists on https and this host.
        options.CorrelationCookie.Name = providers.IsDevelopment ? "pc-round." : "__Host-pc-round.";
        options.CorrelationCookie.SecurePolicy = providers.IsDevelopment ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        options.CorrelationCookie.SameSite = SameSiteMode.Lax;
        options.CorrelationCookie.Path = "/";
    }
}
