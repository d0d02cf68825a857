using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Access;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Data.Organizations;

/// <summary>
/// Gives an organization that nobody can administer any more a new Global admin. No page can do it, because nobody there may; whoever
/// runs the machine does it after having checked by other means who the person is.
/// </summary>
public sealed class OrganizationRecovery(OrganizationChanges changes, PartnerCenterDb db)
{
    /// <param name="organizationId">Which organization.</param>
    /// <param name="name">The name of the new Global admin, if nobody knows the person yet.</param>
    /// <param name="address">The sign-in address.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<RecoveryOutcome> RecoverAsync(int organizationId, string name, string address, CancellationToken cancellation = default) =>
        changes.RunAsync(organizationId, Actor.Host, change => RecoverAsync(change, name, address, cancellation), cancellation);

    private async Task<RecoveryOutcome> RecoverAsync(OrganizationChange change, string name, string address, CancellationToken cancellation)
    {
        if (change.HasLastingGlobalAdmin)
            return RecoveryOutcome.HasGlobalAdmin;

        var normalized = Person.Normalize(address);
        var person = await db.People.SingleOrDefaultAsync(person => person.NormalizedSignInAddress == normalized, cancellation)
            ?? db.Add(new Person(name, address)).Entity;
        if (person.IsDisabled)
            return RecoveryOutcome.PersonIsDisabled;

        var member = person.Id == 0 ? null : await change.FindMemberOfAsync(person.Id, cancellation);
        var before = member?.Status.ToString();
        if (member is null)
            db.Add(member = new Membership(change.Organization, person, change.Now));
        else
            member.Recover(change.Now);
        await change.SaveAsync(cancellation);

        change.Record(AuditAction.OrganizationRecovered, member, RoleCatalogue.GlobalAdmin.Key, before, member.Status.ToString());
        var replaced = member.Roles.Where(grant => grant.Role == RoleCatalogue.GlobalAdmin.Key).ToList();
        if (!replaced.Exists(grant => grant.EndsAt is null))
            RoleChanges.Apply(change, member, new RoleDifference([new WantedRole(RoleCatalogue.GlobalAdmin)], replaced));
        return RecoveryOutcome.Recovered;
    }
}

/// <summary>What became of a recovery.</summary>
public enum RecoveryOutcome
{
    Recovered,

    /// <summary>Somebody can administer the organization: that person is asked, and not the machine.</summary>
    HasGlobalAdmin,

    /// <summary>The person may not sign in at all.</summary>
    PersonIsDisabled,
}
