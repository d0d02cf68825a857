using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Data.Access;

/// <summary>
/// Ends sessions from elsewhere. What somebody ended is in the activity log of every organization where the person works; who was ended
/// there is out with the next request, on every instance.
/// </summary>
public sealed class SessionEndings(OrganizationChanges changes, PartnerCenterDb db, TimeProvider time)
{
    /// <summary>Ends one of a person's own sessions, or all but one.</summary>
    /// <param name="person">Whose they are.</param>
    /// <param name="which">Which of them.</param>
    /// <param name="from">The network address that the wish comes from.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>How many ended.</returns>
    public Task<int> EndOwnAsync(Person person, Expression<Func<SignInSession, bool>> which, string? from, CancellationToken cancellation = default) =>
        EndAsync(person.Id, which, member => new Actor(person.Name, member.Id, from), cancellation);

    /// <summary>Ends all sessions of a person, as those who run the program may.</summary>
    /// <param name="personId">Whose they are.</param>
    /// <param name="by">Who runs the program.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>How many ended.</returns>
    public Task<int> EndAllAsync(int personId, Actor by, CancellationToken cancellation = default) =>
        EndAsync(personId, session => true, _ => by, cancellation);

    private async Task<int> EndAsync(
        int personId, Expression<Func<SignInSession, bool>> which, Func<Membership, Actor> actorIn, CancellationToken cancellation)
    {
        // What has to end ends, whatever becomes of the logs.
        var ended = await db.Sessions.Where(session => session.PersonId == personId).Where(which).ToListAsync(cancellation);
        db.RemoveRange(ended);
        await db.SaveChangesAsync(cancellation);
        if (ended.Count == 0)
            return 0;

        var memberships = await db.Memberships.AsNoTracking()
            .ActiveAt(time.GetUtcNow().UtcDateTime)
            .Where(membership => membership.PersonId == personId)
            .ToListAsync(cancellation);
        foreach (var membership in memberships)
        {
            await changes.RunAsync(
                membership.OrganizationId,
                actorIn(membership),
                async change => change.Record(AuditAction.SessionsEnded, await change.FindMemberAsync(membership.Id, cancellation)),
                cancellation);
        }

        return ended.Count;
    }
}

/// <summary>What changes of access do with sessions.</summary>
internal static class EndedSessions
{
    /// <summary>Removes all sessions of a person with the change that is being made.</summary>
    public static async Task RemoveSessionsAsync(this PartnerCenterDb db, int personId, CancellationToken cancellation) =>
        db.RemoveRange(await db.Sessions.Where(session => session.PersonId == personId).ToListAsync(cancellation));
}
