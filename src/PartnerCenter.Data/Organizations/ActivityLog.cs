using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Audit;

namespace PartnerCenter.Data.Organizations;

/// <summary>Checks that nobody altered an organization's activity log.</summary>
public sealed class ActivityLog(PartnerCenterDb db)
{
    /// <summary>What may change in an entry when somebody is taken out of it, and nothing else.</summary>
    internal static readonly IReadOnlySet<string> Erasable = new HashSet<string>(StringComparer.Ordinal)
    {
        nameof(AuditEntry.Actor), nameof(AuditEntry.From), nameof(AuditEntry.Subject), nameof(AuditEntry.Topic), nameof(AuditEntry.Before),
        nameof(AuditEntry.After), nameof(AuditEntry.Note), nameof(AuditEntry.IsErased),
    };

    /// <summary>
    /// What the latest entry about an erasure must carry: a hash over all entries that people were taken out of, as they are now. Their own
    /// hashes are those of what was written first, so the chain holds; this one holds what took its place.
    /// </summary>
    /// <param name="erased">The entries of one organization, in their order.</param>
    internal static string ProofOf(IEnumerable<AuditEntry> erased)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var entry in erased)
            hash.AppendData(Encoding.ASCII.GetBytes(entry.HashAfter(previousHash: null)));
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>Walks the chain from the first entry to the last.</summary>
    public async Task<ActivityLogState> VerifyAsync(int organizationId, CancellationToken cancellation = default)
    {
        var (number, hash) = (0, (string?)null);
        var erased = new List<AuditEntry>();
        AuditEntry? proof = null;
        while (true)
        {
            await foreach (var entry in db.AuditEntries.AsNoTracking()
                .Where(entry => entry.OrganizationId == organizationId && entry.Number > number)
                .OrderBy(entry => entry.Number)
                .AsAsyncEnumerable()
                .WithCancellation(cancellation))
            {
                if (entry.Number != number + 1 || (!entry.IsErased && entry.Hash != entry.HashAfter(hash)))
                    return new ActivityLogState(number, hash, number + 1);
                if (entry.IsErased)
                    erased.Add(entry);
                else if (entry.Action == AuditAction.PersonErased)
                    proof = entry;
                (number, hash) = (entry.Number, entry.Hash);
            }

            var head = await db.Organizations.AsNoTracking()
                .Where(organization => organization.Id == organizationId)
                .Select(organization => new { organization.AuditCount, organization.AuditHead })
                .SingleAsync(cancellation);
            if (number == head.AuditCount && hash == head.AuditHead)
                return erased.Count > 0 && (proof is null || proof.Number < erased[^1].Number || proof.After != ProofOf(erased))
                    ? new ActivityLogState(erased[0].Number - 1, hash, erased[0].Number)
                    : new ActivityLogState(number, hash, FirstAltered: null);
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
