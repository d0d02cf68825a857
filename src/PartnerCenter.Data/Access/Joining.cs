using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Data.Access;

/// <summary>Finds who a link was made for by which somebody connects their account.</summary>
public static class Joining
{
    /// <summary>The people who have never signed in by an identity provider: an account can be connected to them.</summary>
    public static IQueryable<Person> WithoutIdentity(this PartnerCenterDb db) =>
        db.People.Where(person => !db.ExternalIdentities.Any(identity => identity.PersonId == person.Id));

    /// <returns>The person that the link was made for, to be changed; null if it has ended, was used, or its invitation was taken back.</returns>
    public static async Task<Person?> FindJoiningAsync(this PartnerCenterDb db, JoinLink link, DateTime now, CancellationToken cancellation = default)
    {
        if (now >= link.Until)
            return null;

        var people = db.WithoutIdentity().Where(person => person.Id == link.PersonId && !person.IsDisabled);
        if (link.MembershipId is { } invited)
        {
            people = people.Where(person => db.Memberships.Unanswered().Any(membership =>
                membership.Id == invited && membership.PersonId == person.Id && membership.InvitationExpiresAt == link.Until));
        }

        return await people.SingleOrDefaultAsync(cancellation);
    }
}
