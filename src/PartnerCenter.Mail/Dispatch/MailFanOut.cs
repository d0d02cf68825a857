using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Domain.Mail;

namespace PartnerCenter.Mail.Dispatch;

/// <summary>
/// Turns a published communication into mails: walks the members it is addressed to, one batch at a time. The cursor is saved with the
/// rows, so a process that dies goes on where it stopped.
/// </summary>
public sealed class MailFanOut(PartnerCenterDb db, MailWalk walk, TimeProvider time)
{
    public const int BatchSize = MailWalk.BatchSize;

    /// <summary>Does the next batch of the oldest communication that is not fanned out yet.</summary>
    /// <returns>False when there is nothing left to do.</returns>
    public async Task<bool> RunOnceAsync(CancellationToken cancellation = default)
    {
        var communication = await db.Communications
            .Include(communication => communication.Targets)
            .Where(communication => communication.FannedOutAt == null)
            .OrderBy(communication => communication.Id)
            .FirstOrDefaultAsync(cancellation);
        if (communication is null)
            return false;

        var now = time.GetUtcNow().UtcDateTime;
        var last = await walk.StepAsync(
            communication, MailOccasion.Published, db.AddressedBy(communication), communication.FanOutCursor, now, cancellation);
        if (last is { } member)
            communication.AdvanceFanOut(member);
        else
            communication.CompleteFanOut(now);

        await db.SaveChangesAsync(cancellation);
        return true;
    }
}
