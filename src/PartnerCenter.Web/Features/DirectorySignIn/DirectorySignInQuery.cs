using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Access;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Access;
using PartnerCenter.Web.Security.SignIn;

namespace PartnerCenter.Web.Features.DirectorySignIn;

/// <summary>Finds the tenants by whose accounts somebody can sign in to one of their directories.</summary>
public sealed class DirectorySignInQuery(PartnerCenterDb db, SignInProviders providers, TimeProvider time)
{
    /// <returns>Null if the organization is no directory of this person.</returns>
    public async Task<DirectorySignInPage?> FindAsync(SignInSession session, string key, CancellationToken cancellation)
    {
        var organization = await db.Memberships.ActiveAt(time.GetUtcNow().UtcDateTime).AsNoTracking()
            .Where(membership => membership.PersonId == session.PersonId && membership.Organization.Key == key)
            .Select(membership => membership.Organization)
            .SingleOrDefaultAsync(cancellation);
        if (organization is null)
            return null;

        var tenants = await db.TenantsOf(organization.Id).Select(tenant => tenant.Tenant).ToListAsync(cancellation);
        var issuers = await db.ExternalIdentities.Where(mine => mine.PersonId == session.PersonId).Select(mine => mine.Issuer).ToListAsync(cancellation);
        return new DirectorySignInPage(
            organization,
            providers.Entra is null ? [] : tenants,
            IsNew: !tenants.Exists(tenant => issuers.Exists(issuer => providers.Entra?.IssuerOf(tenant) == issuer)),
            IsThere: session.Tenant is { } here && tenants.Contains(here));
    }
}
