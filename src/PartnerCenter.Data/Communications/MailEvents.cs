using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Preferences;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Data.Communications;

/// <summary>What a mail system tells of one mail.</summary>
/// <param name="MessageId">The Message-ID or the envelope sender of the mail.</param>
/// <param name="Kind">What happened.</param>
/// <param name="At">When, in UTC.</param>
/// <param name="Recipient">The address that it happened at; null for the one that the mail went to last.</param>
/// <param name="Detail">What the receiver said.</param>
public sealed record ToldMailEvent(string MessageId, MailEventKind Kind, DateTime At, string? Recipient, string? Detail);

/// <summary>What became of an event that was told.</summary>
public enum MailEventOutcome
{
    Recorded,

    /// <summary>The same was told before.</summary>
    Repeated,

    /// <summary>The portal has sent no such mail.</summary>
    Unknown,
}

/// <summary>
/// Takes in what mail systems tell after they took a mail over. Each event counts by itself and once, so that a list can be sent again
/// after any fault.
/// </summary>
public sealed class MailEvents(PartnerCenterDb db, TimeProvider time)
{
    private const int MostAttempts = 5;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<MailEventOutcome> TakeAsync(ToldMailEvent told, CancellationToken cancellation = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            db.ChangeTracker.Clear();
            try
            {
                var outcome = await ApplyAsync(told, cancellation);
                await db.SaveChangesAsync(cancellation);
                return outcome;
            }
            catch (DbUpdateException) when (attempt < MostAttempts)
            {
                // Somebody told the same, or changed the member, at the same instant: what is true by now decides.
            }
        }
    }

    private async Task<MailEventOutcome> ApplyAsync(ToldMailEvent told, CancellationToken cancellation)
    {
        if (MessageIds.KeyIn(told.MessageId) is not { } key
            || await db.OutboxMails.SingleOrDefaultAsync(mail => mail.MessageKey == key, cancellation) is not { } mail)
        {
            return MailEventOutcome.Unknown;
        }

        if (await db.MailEvents.AnyAsync(known => known.OutboxMailId == mail.Id && known.Kind == told.Kind && known.At == told.At, cancellation))
            return MailEventOutcome.Repeated;

        var isElsewhere = told.Recipient is { } recipient && !MailAddressRule.IsSame(recipient, mail.Address);
        db.Add(new MailEvent(mail, isElsewhere ? told.Recipient! : mail.Address ?? "", told.Kind, told.At, told.Detail, Now));
        if (told.Kind == MailEventKind.Complained)
            (await MemberOfAsync(mail, cancellation)).Complain(told.At < Now ? told.At : Now);
        else if (!isElsewhere)
            await BounceAsync(mail, told, cancellation);
        return MailEventOutcome.Recorded;
    }

    private async Task BounceAsync(OutboxMail mail, ToldMailEvent told, CancellationToken cancellation)
    {
        var softBounces = told.Kind == MailEventKind.SoftBounced ? 1 + await CountSoftBouncesAsync(mail, told.At, cancellation) : 0;
        if (!MailEventPolicy.MeansBounced(told.Kind, told.At, mail.SentAt, softBounces))
            return;

        if (mail.State == MailState.Sent)
            mail.RecordReturned(told.Detail ?? "", Now);
        await db.NoteBounceAsync(mail, Now, cancellation);
    }

    private Task<int> CountSoftBouncesAsync(OutboxMail mail, DateTime at, CancellationToken cancellation)
    {
        var since = at - MailEventPolicy.SoftBouncesCountFor;
        return db.MailEvents.CountAsync(
            known => known.Kind == MailEventKind.SoftBounced
                && known.At > since
                && known.At <= at
                && known.Address == mail.Address
                && db.OutboxMails.Any(other => other.Id == known.OutboxMailId && other.MembershipId == mail.MembershipId),
            cancellation);
    }

    private Task<Membership> MemberOfAsync(OutboxMail mail, CancellationToken cancellation) => db.Memberships
        .Include(membership => membership.OptOuts)
        .SingleAsync(membership => membership.Id == mail.MembershipId, cancellation);
}
