using PartnerCenter.Data;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Mail.Dispatch;

/// <summary>Finds the members whom a communication is addressed to. Whether it still reaches each of them, the mail policy says.</summary>
internal static class AddressedMembers
{
    /// <param name="db">The database.</param>
    /// <param name="communication">With its targets.</param>
    public static IQueryable<Membership> AddressedBy(this PartnerCenterDb db, Communication communication)
    {
        var first = db.AddressedBy(communication.AddressedFirst());
        var escalations = communication.Targets.Where(target => target.IsEscalation).ToList();
        if (escalations.Count == 0)
            return first;

        // Some who have such a role in another of these organizations are among them; the policy sorts them out.
        var ids = first.Select(membership => membership.Id);
        var organizations = escalations.Select(target => target.OrganizationId!.Value).Distinct().ToList();
        var roles = escalations.Select(target => target.Role!).Distinct().ToList();
        return db.Memberships.Where(membership => ids.Contains(membership.Id)
            || (organizations.Contains(membership.OrganizationId) && membership.Roles.Any(grant => roles.Contains(grant.Role))));
    }

    /// <summary>The targets that it was published with.</summary>
    public static IReadOnlyList<CommunicationTarget> AddressedFirst(this Communication communication) =>
        [.. communication.Targets.Where(target => !target.IsEscalation)];

    // A draft names every role in every one of its organizations, so the targets are the product of the two lists.
    private static IQueryable<Membership> AddressedBy(this PartnerCenterDb db, IReadOnlyList<CommunicationTarget> targets)
    {
        var members = targets.Where(target => target.MembershipId is not null).Select(target => target.MembershipId!.Value).ToList();
        if (members.Count > 0)
            return db.Memberships.Where(membership => members.Contains(membership.Id));

        var all = db.Memberships.AsQueryable();
        if (targets.All(target => target.OrganizationId is not null))
        {
            var organizations = targets.Select(target => target.OrganizationId!.Value).Distinct().ToList();
            all = all.Where(membership => organizations.Contains(membership.OrganizationId));
        }

        var roles = targets.Select(target => target.Role!).Distinct().ToList();
        return roles.Contains(RoleCatalogue.DefaultUser.Key)
            ? all
            : all.Where(membership => membership.Roles.Any(assignment => roles.Contains(assignment.Role)));
    }
}
