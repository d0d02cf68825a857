using PartnerCenter.Domain.Access;

namespace PartnerCenter.Web.Features.SignInRules;

/// <param name="Tenants">The organization's tenants at Entra ID, with what it has decided about each.</param>
/// <param name="HasEntra">Whether the portal is connected to Entra ID at all.</param>
/// <param name="Form">What it has decided, or what was chosen.</param>
public sealed record SignInRulesPage(IReadOnlyList<TrustedTenant> Tenants, bool HasEntra, SignInRulesForm Form);

/// <summary>Who of the organization's tenants may come.</summary>
public sealed class SignInRulesForm
{
    /// <summary>The tenants whose guests may come.</summary>
    public string[] Guests { get; set; } = [];

    /// <summary>The tenants whose people become members without being invited.</summary>
    public string[] Strangers { get; set; } = [];

    public bool OnlyOwnAccounts { get; set; }
}
