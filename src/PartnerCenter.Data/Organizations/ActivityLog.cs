using Microsoft.EntityFrameworkCore;

namespace PartnerCenter.Data.Organizations;

/// <summary>Checks that nobody altered an organization's activity log.</summary>
public sealed class ActivityLog(PartnerCenterDb db)
{
    /// <summary>Walks the chain from the first entry to the last.</summary>
    /// <returns>The number of the first entry that is not as it was written, or that is missing; null if all are as they were.</returns>
    public async Task<int?> FindAlteredAsync(int organizationId, CancellationToken cancellation = default)
    {
        var head = await db.Organizations.AsNoTracking()
            .Where(organization => organization.Id == organizationId)
            .Select(organization => new { organization.AuditCount, organization.AuditHead })
            .SingleAsync(cancellation);
        var (number, hash) = (0, (string?)null);
        await foreach (var entry in db.AuditEntries.AsNoTracking()
            .Where(entry => entry.OrganizationId == organizationId)
            .OrderBy(entry => entry.Number)
            .AsAsyncEnumerable()
            .WithCancellation(cancellation))
        {
            number++;
            if (entry.Number != number || entry.Hash != entry.HashAfter(hash))
                return number;
            hash = entry.Hash;
        }

        return number == head.AuditCount && hash == head.AuditHead ? null : Math.Min(number, head.AuditCount) + 1;
    }
}
