using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Data.Access;

/// <summary>What an organization decides about its tenants: who of their people may come, and whether everybody must come from there.</summary>
/// <param name="Guests">The tenants whose guests may come.</param>
/// <param name="Strangers">The tenants whose people become members without being invited.</param>
/// <param name="OnlyOwnAccounts">Whether members work only while one of the tenants vouches for them.</param>
public sealed record TenantDecision(IReadOnlyCollection<string> Guests, IReadOnlyCollection<string> Strangers, bool OnlyOwnAccounts);

/// <summary>What became of the wish to take the word of a tenant.</summary>
public enum TrustOutcome
{
    Trusted,

    /// <summary>It is the tenant of somebody else, which has to be ended first.</summary>
    IsOfSomebodyElse,
}

/// <summary>What became of the wish to take the word of a tenant no longer.</summary>
public enum TrustEndOutcome
{
    Ended,

    /// <summary>There is nothing to end.</summary>
    WasNotTrusted,

    /// <summary>Members must come from there and from nowhere else, so that nobody could work any more.</summary>
    IsTheOnlyWayIn,
}

/// <summary>
/// Whose word is taken about the people of an organization. Which tenants it has is for the operator to say, with a command on the machine;
/// who comes from there, for both.
/// </summary>
public sealed class TenantChanges(OrganizationChanges changes, PartnerCenterDb db, TimeProvider time)
{
    /// <summary>Takes the word of a tenant, or changes for whom it is taken.</summary>
    /// <param name="tenant">The id of the tenant.</param>
    /// <param name="organizationId">Whose tenant it is; null for that of the company that runs the program.</param>
    /// <param name="guests">Whether its guests may come; null leaves it as it is, and no guests in a new one.</param>
    /// <param name="strangers">Whether its people become members without being invited; null leaves it as it is, and a new one asks for invitations.</param>
    public Task<TrustOutcome> TrustAsync(Guid tenant, int? organizationId, bool? guests, bool? strangers)
    {
        return organizationId is { } id
            ? changes.RunAsync(id, Actor.Host, change => InAsync(change.Organization, change, change.Now))
            : db.InTransactionAsync(() => InAsync(owner: null, change: null, time.GetUtcNow().UtcDateTime));

        async Task<TrustOutcome> InAsync(Organization? owner, OrganizationChange? change, DateTime now)
        {
            var trusted = await FindAsync(tenant);
            if (trusted is not null && trusted.OrganizationId != organizationId)
                return TrustOutcome.IsOfSomebodyElse;

            if (trusted is null)
            {
                db.Add(trusted = new TrustedTenant(tenant, owner, now));
                change?.Record(AuditAction.TenantTrusted, topic: trusted.Tenant);
            }

            Admit(change, trusted, guests ?? trusted.AdmitsGuests, strangers ?? trusted.AdmitsStrangers);
            await db.SaveChangesAsync();
            return TrustOutcome.Trusted;
        }
    }

    /// <summary>Takes the word of a tenant no longer, and ends the sessions that began there: nobody else vouches for them.</summary>
    /// <param name="tenant">The id of the tenant.</param>
    /// <param name="withOnlyWayIn">Whether members may work with any account again, where this is the only tenant that they can come from.</param>
    public async Task<TrustEndOutcome> EndAsync(Guid tenant, bool withOnlyWayIn)
    {
        return await FindAsync(tenant) switch
        {
            null => TrustEndOutcome.WasNotTrusted,
            { OrganizationId: { } id } => await changes.RunAsync(id, Actor.Host, InAsync),
            _ => await db.InTransactionAsync(() => InAsync(change: null)),
        };

        async Task<TrustEndOutcome> InAsync(OrganizationChange? change)
        {
            if (await FindAsync(tenant) is not { } trusted)
                return TrustEndOutcome.WasNotTrusted;

            if (change?.Organization is { TakesOnlyOwnAccounts: true } only && await db.TenantsOf(only.Id).CountAsync() == 1)
            {
                if (!withOnlyWayIn)
                    return TrustEndOutcome.IsTheOnlyWayIn;
                RequireOwnAccounts(change, isRequired: false);
            }

            db.Remove(trusted);
            change?.Record(AuditAction.TenantTrustedNoMore, topic: trusted.Tenant);
            db.RemoveRange(await db.Sessions.Where(session => session.Tenant == trusted.Tenant).ToListAsync());
            await db.SaveChangesAsync();
            return TrustEndOutcome.Ended;
        }
    }

    /// <summary>Decides for an organization who comes from its own tenants.</summary>
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
                    Admit(change, tenant, decision.Guests.Contains(tenant.Tenant), decision.Strangers.Contains(tenant.Tenant));
                RequireOwnAccounts(change, decision.OnlyOwnAccounts);
            },
            cancellation);

    private static void Admit(OrganizationChange? change, TrustedTenant tenant, bool guests, bool strangers)
    {
        if (tenant.AdmitsGuests != guests)
            change?.Record(guests ? AuditAction.TenantGuestsAdmitted : AuditAction.TenantGuestsRefused, topic: tenant.Tenant);
        if (tenant.AdmitsStrangers != strangers)
            change?.Record(strangers ? AuditAction.TenantStrangersAdmitted : AuditAction.TenantStrangersRefused, topic: tenant.Tenant);
        tenant.Admit(strangers, guests);
    }

    private static void RequireOwnAccounts(OrganizationChange change, bool isRequired)
    {
        if (change.Organization.TakesOnlyOwnAccounts == isRequired)
            return;
        change.Organization.TakeOnlyOwnAccounts(isRequired);
        change.Record(isRequired ? AuditAction.OwnAccountsRequired : AuditAction.OwnAccountsRequiredNoMore);
    }

    private Task<TrustedTenant?> FindAsync(Guid tenant)
    {
        var id = TrustedTenant.IdOf(tenant);
        return db.TrustedTenants.SingleOrDefaultAsync(known => known.Tenant == id);
    }
}
