using Microsoft.EntityFrameworkCore;

namespace PartnerCenter.Data.Communications;

/// <summary>
/// Ends what has expired, so that lists and counts pass it over without looking at the clock. Mail does not depend on it: its policy
/// knows the moment itself.
/// </summary>
public sealed class Expiry(PartnerCenterDb db, TimeProvider time)
{
    private const int BatchSize = 20;

    /// <summary>Ends some of what has expired; the same on two instances at once ends it once.</summary>
    /// <returns>False when there is nothing left to do.</returns>
    public async Task<bool> RunOnceAsync(CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var over = await db.Communications
            .Include(communication => communication.Targets)
            .Where(communication => communication.ExpiresAt <= now && communication.Targets.Any(target => target.Live == 1))
            .OrderBy(communication => communication.Id)
            .Take(BatchSize)
            .AsSplitQuery()
            .ToListAsync(cancellation);
        foreach (var communication in over)
            communication.Expire();
        await db.SaveChangesAsync(cancellation);
        return over.Count > 0;
    }
}
