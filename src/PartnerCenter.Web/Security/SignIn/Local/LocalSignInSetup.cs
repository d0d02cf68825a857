namespace PartnerCenter.Web.Security.SignIn.Local;

/// <summary>Registers sign-in at the portal itself.</summary>
public static class LocalSignInSetup
{
    public static void AddLocalSignIn(this IServiceCollection services, LocalSignInSettings local)
    {
        services.AddSingleton(local);
        services.AddSingleton<Passwords>();
        services.AddSingleton<AuthenticatorApps>();
        services.AddSingleton<SecondStepTickets>();
        services.AddScoped<LocalEntrance>();
        services.AddScoped<PasswordChanges>();
        services.AddScoped<TwoStepChanges>();
    }
}
