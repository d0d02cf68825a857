using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Data.Access;

/// <summary>
/// What somebody did to their own way of signing in: it stands in the activity log of every organization where they work, and they are
/// told by one mail, in case it was not them.
/// </summary>
public sealed class AccountEvents(OrganizationChanges changes, PartnerCenterDb db, TimeProvider time)
{
    /// <summary>Writes down what has happened already, so whatever becomes of the logs, it has.</summary>
    /// <param name="personId">Whose account it is.</param>
    /// <param name="action">What was done.</param>
    /// <param name="from">The network address that it came from.</param>
    /// <param name="told">What they are told by mail; null for nothing.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task RecordAsync(int personId, AuditAction action, string? from, SignInChange? told = null, CancellationToken cancellation = default)
    {
        var mailed = await FindForMailAsync(personId, cancellation);
        var memberships = await db.Memberships.AsNoTracking()
            .Include(membership => membership.Person)
            .ActiveAt(time.GetUtcNow().UtcDateTime)
            .Where(membership => membership.PersonId == personId)
            .ToListAsync(cancellation);
        foreach (var membership in memberships)
        {
            await changes.RunAsync(
                membership.OrganizationId,
                new Actor(membership.Person.Name, membership.Id, from),
                async change =>
                {
                    var member = (await change.FindMemberAsync(membership.Id, cancellation))!;
                    change.Record(action, member);
                    if (told is { } what && member.Id == mailed?.Id)
                        change.Tell(PortalNotices.SignInChanged(member, what, change.Now));
                },
                cancellation);
        }
    }

    /// <returns>The membership as which somebody gets mail about their account, with person and organization; null if no organization writes to them.</returns>
    public Task<Membership?> FindForMailAsync(int personId, CancellationToken cancellation = default) => db.Memberships
        .Include(membership => membership.Person)
        .Include(membership => membership.Organization)
        .Where(membership => membership.PersonId == personId && !membership.Person.IsDisabled && !membership.Organization.IsSuspended)
        .Where(membership => membership.Status == MembershipStatus.Active || membership.Status == MembershipStatus.Invited)
        .OrderBy(membership => membership.Status == MembershipStatus.Active ? 0 : 1)
        .ThenBy(membership => membership.OrganizationId == membership.Person.DefaultOrganizationId ? 0 : 1)
        .ThenBy(membership => membership.Id)
        .FirstOrDefaultAsync(cancellation);
}
