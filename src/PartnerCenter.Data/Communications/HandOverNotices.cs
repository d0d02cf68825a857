using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Data.Communications;

/// <summary>Tells one of two colleagues what became of the action that is between them.</summary>
internal static class HandOverNotices
{
    /// <summary>
    /// Says what is true now and takes back what was said before, which is out of date. Whoever cannot work in the organization any more
    /// is told nothing.
    /// </summary>
    /// <param name="db">The database.</param>
    /// <param name="organizationId">In which organization.</param>
    /// <param name="id">Which action.</param>
    /// <param name="membershipId">Whom to tell.</param>
    /// <param name="notice">What to tell: from the member, and the title of the action by language.</param>
    /// <param name="now">The time in UTC.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public static async Task TellOfHandOverAsync(
        this PartnerCenterDb db,
        int organizationId,
        long id,
        int membershipId,
        Func<Membership, IReadOnlyDictionary<string, string>, Communication> notice,
        DateTime now,
        CancellationToken cancellation)
    {
        await db.WithdrawTopicAsync(PortalNotices.TopicOfHandOver(organizationId, id), now, cancellation);
        var titles = await db.CommunicationContents
            .Where(content => content.CommunicationId == id)
            .ToDictionaryAsync(content => content.Language, content => content.Title, cancellation);
        var member = await db.Memberships.ActiveAt(now)
            .Include(membership => membership.Organization)
            .SingleOrDefaultAsync(membership => membership.Id == membershipId, cancellation);
        if (member is not null)
            db.Add(notice(member, titles));
    }
}
