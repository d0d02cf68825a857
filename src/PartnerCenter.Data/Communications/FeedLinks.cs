using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;

namespace PartnerCenter.Data.Communications;

/// <summary>The private addresses under which programs read what a member may see: makes, revokes and opens them.</summary>
public sealed class FeedLinks(PartnerCenterDb db, Directories directories, TimeProvider time)
{
    private const int LongestSecret = 100;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>The links that a member has, at most one of each kind.</summary>
    public async Task<IReadOnlyList<FeedLink>> OfMemberAsync(int membershipId, CancellationToken cancellation = default) =>
        await db.FeedLinks.AsNoTracking().Where(link => link.MembershipId == membershipId).ToListAsync(cancellation);

    /// <summary>Makes the link of a member, or gives it another address.</summary>
    /// <returns>The secret of its address, which nobody can tell a second time.</returns>
    public async Task<string> RenewAsync(int membershipId, FeedKind kind, CancellationToken cancellation = default)
    {
        try
        {
            return await RenewOnceAsync(membershipId, kind, cancellation);
        }
        catch (DbUpdateException)
        {
            // Another tab did the same at the same instant: the later one counts, and this one shows it.
            db.ChangeTracker.Clear();
            return await RenewOnceAsync(membershipId, kind, cancellation);
        }
    }

    /// <returns>False if there was none.</returns>
    public async Task<bool> RevokeAsync(int membershipId, FeedKind kind, CancellationToken cancellation = default)
    {
        if (await db.FeedLinks.FindAsync([membershipId, kind], cancellation) is not { } link)
            return false;

        db.Remove(link);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            // A program noted its reading, or another tab revoked it: what is there now goes.
            db.ChangeTracker.Clear();
            db.RemoveRange(await db.FeedLinks.Where(other => other.MembershipId == membershipId && other.Kind == kind).ToListAsync(cancellation));
            await db.SaveChangesAsync(cancellation);
        }

        return true;
    }

    /// <summary>What an address opens now, noting the day.</summary>
    /// <returns>Null for whatever is no link, or whose member cannot work there any more.</returns>
    public async Task<ReaderDirectory?> OpenAsync(FeedKind kind, string? secret, CancellationToken cancellation = default)
    {
        if (secret is null or { Length: > LongestSecret })
            return null;

        var hash = Secret.Hash(secret);
        if (await db.FeedLinks.SingleOrDefaultAsync(link => link.SecretHash == hash && link.Kind == kind, cancellation) is not { } link
            || await directories.OfMembershipAsync(link.MembershipId, cancellation) is not { } directory)
            return null;

        if (link.Use(Now))
            await NoteAsync(link, cancellation);
        return directory;
    }

    private async Task<string> RenewOnceAsync(int membershipId, FeedKind kind, CancellationToken cancellation)
    {
        string secret;
        if (await db.FeedLinks.FindAsync([membershipId, kind], cancellation) is { } link)
        {
            secret = link.Renew(Now);
        }
        else
        {
            (link, secret) = FeedLink.Create(membershipId, kind, Now);
            db.Add(link);
        }

        await db.SaveChangesAsync(cancellation);
        return secret;
    }

    private async Task NoteAsync(FeedLink link, CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Another reading noted the same day, or the link was renewed meanwhile: neither is worth an error.
            db.Entry(link).State = EntityState.Detached;
        }
    }
}
