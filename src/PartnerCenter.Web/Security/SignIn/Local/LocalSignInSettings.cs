using PartnerCenter.Web.Hosting;

namespace PartnerCenter.Web.Security.SignIn.Local;

/// <summary>Whether people can sign in at the portal itself, by address and password: <c>SignIn:LocalAccounts</c>.</summary>
/// <param name="IsOn">Whether they can.</param>
/// <param name="NeedsHttps">Whether a password goes over https only.</param>
public sealed record LocalSignInSettings(bool IsOn, bool NeedsHttps)
{
    public const string Setting = "SignIn:LocalAccounts";

    /// <summary>What a session says of how its person came. No identity provider can have this key.</summary>
    public const string Key = "local";

    /// <summary>
    /// What is configured, or else what fits: on where nobody could sign in otherwise. Where an identity provider is configured, it knows
    /// its people better; in the demo one chooses whom to be.
    /// </summary>
    public static LocalSignInSettings Read(IConfiguration configuration, IHostEnvironment environment) => new(
        IsWanted(configuration), NeedsHttps: !environment.IsDevelopment());

    /// <inheritdoc cref="Read"/>
    public static bool IsWanted(IConfiguration configuration) => configuration.GetValue<bool?>(Setting)
        ?? !(DemoMode.IsOn(configuration) || configuration.GetSection("SignIn:Providers").GetChildren().Any());
}
