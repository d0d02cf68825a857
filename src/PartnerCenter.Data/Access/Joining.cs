using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Data.Access;

/// <summary>Finds who a link was made for by which somebody connects their account.</summary>
public static class Joining
{
    /// <summary>The people who have no way to sign in yet, neither by an identity provider nor by a password: one can be given to them.</summary>
    public static IQueryable<Person> WithoutAccount(this PartnerCenterDb db) => db.People
        .Where(person => !db.ExternalIdentities.Any(identity => identity.PersonId == person.Id))
        .Where(person => !db.LocalAccounts.Any(account => account.PersonId == person.Id));

    /// <returns>The person that the link was made for, to be changed; null if it has ended, was used, or its invitation was taken back.</returns>
    public static async Task<Person?> FindJoiningAsync(this PartnerCenterDb db, JoinLink link, DateTime now, CancellationToken cancellation = default)
    {
        if (now >= link.Until)
            return null;

        var people = db.WithoutAccount().Where(person => person.Id == link.PersonId && !person.IsDisabled);
        if (link.MembershipId is { } invited)
        {
            people = people.Where(person => db.Memberships.Unanswered().Any(membership =>
                membership.Id == invited && membership.PersonId == person.Id && membership.InvitationExpiresAt == link.Until));
        }

        return await people.SingleOrDefaultAsync(cancellation);
    }
}
