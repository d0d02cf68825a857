using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using PartnerCenter.Web.Security.SignIn;
using PartnerCenter.Web.Security.SignIn.Local;

namespace PartnerCenter.Web.Security;

/// <summary>Registers who may do what.</summary>
public static class SecuritySetup
{
    public static void AddPortalSecurity(this IServiceCollection services, SignInProviders providers, LocalSignInSettings local)
    {
        services.AddHttpContextAccessor();
        services.AddScoped<CurrentUser>();
        services.AddScoped<Sessions>();
        services.AddScoped<ProofOfIdentity>();
        services.AddScoped<IAuthorizationHandler, PermissionHandler>();
        services.AddScoped<IAuthorizationHandler, OperatorHandler>();
        services.AddAuthentication(SessionAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, SessionAuthentication>(SessionAuthentication.SchemeName, configureOptions: null)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, configureOptions: null)
            .AddSignInProviders(providers);
        services.AddLocalSignIn(local);
        services.AddAuthorization();
    }
}
