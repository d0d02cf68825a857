using Microsoft.EntityFrameworkCore;

namespace PartnerCenter.Data.Organizations;

/// <summary>Checks that nobody altered an organization's activity log.</summary>
public sealed class ActivityLog(PartnerCenterDb db)
{
    /// <summary>Walks the chain from the first entry to the last.</summary>
    public async Task<ActivityLogState> VerifyAsync(int organizationId, CancellationToken cancellation = default)
    {
        var (number, hash) = (0, (string?)null);
        while (true)
        {
            await foreach (var entry in db.AuditEntries.AsNoTracking()
                .Where(entry => entry.OrganizationId == organizationId && entry.Number > number)
                .OrderBy(entry => entry.Number)
                .AsAsyncEnumerable()
                .WithCancellation(cancellation))
            {
                if (entry.Number != number + 1 || entry.Hash != entry.HashAfter(hash))
                    return new ActivityLogState(number, hash, number + 1);
                (number, hash) = (entry.Number, entry.Hash);
            }

            var head = await db.Organizations.AsNoTracking()
                .Where(organization => organization.Id == organizationId)
                .Select(organization => new { organization.AuditCount, organization.AuditHead })
                .SingleAsync(cancellation);
            if (number == head.AuditCount && hash == head.AuditHead)
                return new ActivityLogState(number, hash, FirstAltered: null);
            // While this was reading, the portal may have written on; what is not there by now is missing.
            if (number >= head.AuditCount || !await HasAsync(organizationId, number + 1, cancellation))
                return new ActivityLogState(number, hash, Math.Min(number, head.AuditCount) + 1);
        }
    }

    private Task<bool> HasAsync(int organizationId, int number, CancellationToken cancellation) =>
        db.AuditEntries.AnyAsync(entry => entry.OrganizationId == organizationId && entry.Number == number, cancellation);
}

/// <summary>How an activity log stands.</summary>
/// <param name="Entries">How many entries, from the first, are as they were written.</param>
/// <param name="Head">The hash of the last of them; null if there is none. Somebody who notes it elsewhere can compare it later.</param>
/// <param name="FirstAltered">The number of the first entry that is not as it was written, or that is missing; null if all are as they were.</param>
public sealed record ActivityLogState(int Entries, string? Head, int? FirstAltered);
