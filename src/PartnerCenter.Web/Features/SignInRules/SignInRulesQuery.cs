using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Web.Security.SignIn;

namespace PartnerCenter.Web.Features.SignInRules;

/// <summary>Reads who of an organization's tenants may come.</summary>
public sealed class SignInRulesQuery(PartnerCenterDb db, SignInProviders providers)
{
    /// <param name="organization">Which organization.</param>
    /// <param name="form">What was chosen; null to show what is decided.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<SignInRulesPage> ReadAsync(Organization organization, SignInRulesForm? form, CancellationToken cancellation)
    {
        var tenants = await db.TenantsOf(organization.Id).AsNoTracking().ToListAsync(cancellation);
        return new SignInRulesPage(tenants, providers.Entra is not null, form ?? new SignInRulesForm
        {
            Guests = [.. tenants.Where(tenant => tenant.AdmitsGuests).Select(tenant => tenant.Tenant)],
            Strangers = [.. tenants.Where(tenant => tenant.AdmitsStrangers).Select(tenant => tenant.Tenant)],
            OnlyOwnAccounts = organization.TakesOnlyOwnAccounts,
        });
    }
}
