using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;

namespace PartnerCenter.Data.Access;

/// <summary>What an organization decides about its tenants: who of their people may come, and whether everybody must come from there.</summary>
/// <param name="Guests">The tenants whose guests may come.</param>
/// <param name="Strangers">The tenants whose people become members without being invited.</param>
/// <param name="OnlyOwnAccounts">Whether members work only while one of the tenants vouches for them.</param>
public sealed record TenantDecision(IReadOnlyCollection<string> Guests, IReadOnlyCollection<string> Strangers, bool OnlyOwnAccounts);

/// <summary>Decides who comes to an organization from its own tenants. Which tenants those are is for the operator to say.</summary>
public sealed class TenantChanges(OrganizationChanges changes, PartnerCenterDb db)
{
    /// <param name="organizationId">Which organization.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="vouching">The tenant that vouches for the actor; null if none does.</param>
    /// <param name="decision">What they decide; tenants of others are left out of it.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="RuleViolationException">
    /// The actor may not, has to sign in again, or would be shut out by their own decision.
    /// </exception>
    public Task DecideAsync(int organizationId, Actor actor, string? vouching, TenantDecision decision, CancellationToken cancellation = default) =>
        changes.RunAsync(
            organizationId,
            actor,
            async change =>
            {
                change.Require(Permission.ManageOrganizationProfile);
                FreshSignInTable.May(SensitiveStep.DecideWhoComes, actor.HasFreshSignIn).Enforce();
                if (decision.OnlyOwnAccounts && !await db.IsOwnTenantAsync(organizationId, vouching, cancellation))
                    throw new RuleViolationException(Reasons.OwnAccountFirst);

                foreach (var tenant in await db.TenantsOf(organizationId).ToListAsync(cancellation))
                    Decide(change, tenant, decision);
                if (change.Organization.TakesOnlyOwnAccounts != decision.OnlyOwnAccounts)
                {
                    change.Organization.TakeOnlyOwnAccounts(decision.OnlyOwnAccounts);
                    change.Record(decision.OnlyOwnAccounts ? AuditAction.OwnAccountsRequired : AuditAction.OwnAccountsRequiredNoMore);
                }
            },
            cancellation);

    private static void Decide(OrganizationChange change, TrustedTenant tenant, TenantDecision decision)
    {
        var (guests, strangers) = (decision.Guests.Contains(tenant.Tenant), decision.Strangers.Contains(tenant.Tenant));
        if (tenant.AdmitsGuests != guests)
            change.Record(guests ? AuditAction.TenantGuestsAdmitted : AuditAction.TenantGuestsRefused, topic: tenant.Tenant);
        if (tenant.AdmitsStrangers != strangers)
            change.Record(strangers ? AuditAction.TenantStrangersAdmitted : AuditAction.TenantStrangersRefused, topic: tenant.Tenant);
        tenant.Admit(strangers, guests);
    }
}
