using Microsoft.EntityFrameworkCore;

namespace PartnerCenter.Data.Access;

/// <summary>Forgets rounds to identity providers that are too old to count anyway.</summary>
public sealed class SpentNonces(PartnerCenterDb db)
{
    /// <summary>How many one step forgets.</summary>
    public const int BatchSize = 500;

    /// <param name="before">Forgets what was spent before this time.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>False when there is nothing left to do.</returns>
    public async Task<bool> ForgetAsync(DateTime before, CancellationToken cancellation = default)
    {
        var old = await db.SpentNonces.Where(nonce => nonce.SpentAt < before).OrderBy(nonce => nonce.SpentAt).Take(BatchSize).ToListAsync(cancellation);
        db.RemoveRange(old);
        await db.SaveChangesAsync(cancellation);
        return old.Count > 0;
    }
}
