using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PartnerCenter.Data;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Mail.Transport;

namespace PartnerCenter.Mail.Dispatch;

/// <summary>
/// What a mail passes right before it is sent: the policy once more, on facts of this moment; then whether this is the time of day for
/// it, and whether it goes alone; then it is written.
/// </summary>
public sealed partial class MailGate(
    PartnerCenterDb db,
    WorkspaceCatalogue workspaces,
    MailWriter writer,
    IOptions<MailOptions> options,
    TimeProvider time,
    ILogger<MailGate> logger)
{
    // More than that would be no digest; the others are in the one of the next turn.
    private const int MostInDigest = 50;

    // Of a communication to many organizations, only what concerns this one is read for each of its mails.
    private static readonly Func<PartnerCenterDb, long, int, Task<Communication>> OfOrganization =
        EF.CompileAsyncQuery((PartnerCenterDb db, long id, int organization) => db.Communications.AsNoTracking()
            .Include(communication => communication.Targets.Where(target => target.OrganizationId == null || target.OrganizationId == organization))
            .Include(communication => communication.Contents)
            .AsSplitQuery()
            .Single(communication => communication.Id == id));

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Lets a claimed mail through, and makes it ready to go.</summary>
    /// <returns>Null when the mail is not sent now; the mail says why, and is not saved yet.</returns>
    internal async Task<Parcel?> PassAsync(OutboxMail mail, string owner)
    {
        var mailCase = await FindCaseAsync(mail);
        var verification = mail.ContactVerificationId is { } id
            ? await db.ContactVerifications.AsNoTracking().SingleAsync(verification => verification.Id == id)
            : null;
        var reset = mail.PasswordResetId is { } forgotten
            ? await db.PasswordResets.AsNoTracking().SingleAsync(reset => reset.Id == forgotten)
            : null;
        var decision = MailPolicy.Decide(mailCase.FactsOf(mail, verification, reset), Now);
        if (decision.Suppressed is { } because)
        {
            mail.Suppress(because);
            return null;
        }

        if (await WaitAsync(mail, mailCase) is { } wait)
        {
            mail.Postpone(wait);
            return null;
        }

        var others = IsForDigest(mail) ? await OthersAsync(mail, owner) : [];
        WrittenMail written;
        try
        {
            written = others.Count > 0
                ? await writer.WriteDigestAsync([mailCase, .. others.Select(other => other.Case)], mail)
                : await writer.WriteAsync(mailCase, mail);
        }
        catch (Exception fault) when (fault is FormatException or InvalidOperationException or ArgumentException)
        {
            LogUnwritable(fault, mail.Id);
            mail.RecordUnsendable("The text could not be composed.");
            foreach (var (other, _) in others)
                other.GiveBack();
            return null;
        }

        var to = decision.To!;
        return new Parcel(writer.Address(written, mail, to.Address), to.Source, [mail, .. others.Select(other => other.Mail)], mailCase.Communication.DueAt);
    }

    private static bool IsForDigest(OutboxMail mail) => mail.PostponedBecause == PostponementReason.DailyLimit;

    private async Task<MailCase> FindCaseAsync(OutboxMail mail)
    {
        var communication = await OfOrganization(db, mail.CommunicationId, mail.OrganizationId);
        return await MailCase.LoadAsync(db, workspaces, communication, mail.MembershipId, Now);
    }

    private async Task<Postponement?> WaitAsync(OutboxMail mail, MailCase mailCase)
    {
        var (kind, agreed) = (mail.Kind, mailCase.Communication.RequiredByAgreement);
        if (!MailPacing.IsPaced(kind, agreed))
            return null;

        var zone = mailCase.Zone;
        var countToday = MailPacing.IsCounted(kind) ? await CountTodayAsync(mail, mailCase.Membership, MailPacing.DayOf(Now, zone)) : 0;
        return options.Value.Pacing.Decide(kind, agreed, IsForDigest(mail), countToday, zone, Now);
    }

    // What is about to go and is older comes before this one, so that of several that are sent at the same instant each counts the same.
    private Task<int> CountTodayAsync(OutboxMail mail, Membership membership, DateTime day)
    {
        var onTheirWay = MailGroupTable.StatesOf(MailGroup.Waiting);
        var memberships = db.Memberships.Where(other => other.PersonId == membership.PersonId).Select(other => other.Id);
        return db.OutboxMails
            .Where(other => memberships.Contains(other.MembershipId) && other.Kind == mail.Kind && other.Id != mail.Id)
            .Where(other => other.PostponedBecause != PostponementReason.DailyLimit)
            .CountAsync(other => (other.State == MailState.Sent && other.SentAt >= day)
                || (other.Id < mail.Id && onTheirWay.Contains(other.State)));
    }

    // Those that wait for the same digest. The policy is asked for each of them, too.
    private async Task<List<(OutboxMail Mail, MailCase Case)>> OthersAsync(OutboxMail carrier, string owner)
    {
        var now = Now;
        var waiting = await db.OutboxMails
            .Where(mail => mail.MembershipId == carrier.MembershipId && mail.Kind == carrier.Kind && mail.Id > carrier.Id)
            .Where(mail => mail.State == MailState.Queued && mail.PostponedBecause == PostponementReason.DailyLimit && mail.NextAttemptAt <= now)
            .OrderBy(mail => mail.Id)
            .Take(MostInDigest - 1)
            .ToListAsync();
        List<(OutboxMail, MailCase)> going = [];
        foreach (var mail in waiting)
        {
            var mailCase = await FindCaseAsync(mail);
            if (MailPolicy.Decide(mailCase.FactsOf(mail, verification: null, reset: null), now).Suppressed is { } because)
            {
                mail.Suppress(because);
                continue;
            }

            mail.Claim(owner);
            if (mail.State == MailState.Claimed)
                going.Add((mail, mailCase));
        }

        return going;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Mail {MailId} could not be composed")]
    private partial void LogUnwritable(Exception fault, long mailId);
}

/// <summary>What is handed to the relay at once.</summary>
/// <param name="Outgoing">The mail as it travels.</param>
/// <param name="Source">Whose address it goes to.</param>
/// <param name="Mails">The rows whose fate it is: one, or for a digest, the one that carries it and all others in it.</param>
/// <param name="DueAt">When what it is about is due, in UTC; null when it never is.</param>
internal sealed record Parcel(OutgoingMail Outgoing, AddressSource Source, IReadOnlyList<OutboxMail> Mails, DateTime? DueAt)
{
    /// <summary>The row that keeps its words.</summary>
    public OutboxMail Carrier => Mails[0];

    /// <summary>From here on nobody can tell whether it has gone, until the outcome is recorded or it is called off.</summary>
    public void StartSending()
    {
        Carrier.StartSending(new(Outgoing.To, Source), Outgoing.Subject, Outgoing.Text, Outgoing.Html);
        foreach (var other in Mails.Skip(1))
            other.StartSendingIn(Carrier);
    }

    /// <summary>It does not go now.</summary>
    public void GiveBack()
    {
        foreach (var mail in Mails)
            mail.GiveBack();
    }

    /// <summary>It was to go, and surely did not.</summary>
    public void CallOff(DateTime nextAttemptAt)
    {
        foreach (var mail in Mails)
            mail.CallOff(nextAttemptAt);
    }
}
