using Microsoft.EntityFrameworkCore;

namespace PartnerCenter.Data.Communications;

/// <summary>
/// Forgets what members archived long ago. Only of what is over: while a communication lives, forgetting that somebody archived it
/// would bring it back to them.
/// </summary>
public sealed class ArchiveRetention(PartnerCenterDb db)
{
    /// <summary>How many archived items one step forgets.</summary>
    public const int BatchSize = 500;

    /// <param name="before">Forgets what was archived before this time.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>False when there is nothing left to do.</returns>
    public async Task<bool> RunOnceAsync(DateTime before, CancellationToken cancellation = default)
    {
        var old = await db.MemberStates
            .Where(state => state.ArchivedAt < before)
            .Where(state => !db.CommunicationTargets.Any(target => target.CommunicationId == state.CommunicationId && target.Live == 1))
            .OrderBy(state => state.CommunicationId)
            .ThenBy(state => state.MembershipId)
            .Take(BatchSize)
            .ToListAsync(cancellation);
        db.RemoveRange(old);
        await db.SaveChangesAsync(cancellation);
        return old.Count > 0;
    }
}
