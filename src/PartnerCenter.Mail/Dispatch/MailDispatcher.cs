using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PartnerCenter.Data;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Mail.Transport;

namespace PartnerCenter.Mail.Dispatch;

/// <summary>
/// Sends what is due: claims a batch, asks the policy again for each mail, sends it and writes down what became of it. Every step is
/// a guarded update, so that of two dispatchers one wins; a mail that fails delays no other.
/// </summary>
public sealed partial class MailDispatcher(
    IServiceScopeFactory scopes,
    IMailTransport transport,
    InstanceName me,
    WorkspaceCatalogue workspaces,
    IOptions<MailOptions> options,
    TimeProvider time,
    ILogger<MailDispatcher> logger)
{
    private const int BatchSize = 50;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly Lock _pausing = new();

    private TimeSpan _pause = FirstPause;
    private DateTime _pausedUntil = DateTime.MinValue;

    // Mails that could not be put back because the database was away: nobody else takes them over while this instance lives.
    private volatile bool _leftBehind;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Sends one batch of what is due.</summary>
    /// <param name="cancellation">Stops claiming and puts back what was claimed; a mail that is on its way is finished.</param>
    /// <returns>How many mails were taken up; 0 when nothing is due or the relay is away.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellation = default)
    {
        if (Now < _pausedUntil)
            return 0;

        if (_leftBehind)
            await TakeBackAsync(cancellation);
        _leftBehind = true;
        var claimed = await ClaimAsync(cancellation);
        _leftBehind = false;
        await Parallel.ForEachAsync(
            claimed,
            new ParallelOptions { MaxDegreeOfParallelism = options.Value.Parallel },
            async (id, _) => await SendOneAsync(id, cancellation));
        return claimed.Count;
    }

    private async Task TakeBackAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<InstanceRegistry>().PutBackAsync(me.Value, cancellation);
    }

    private async Task<List<long>> ClaimAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();
        var now = Now;
        var due = await db.OutboxMails
            .Where(mail => mail.State == MailState.Queued && mail.NextAttemptAt <= now)
            .OrderBy(mail => mail.NextAttemptAt)
            .ThenBy(mail => mail.Id)
            .Take(BatchSize)
            .ToListAsync(cancellation);
        foreach (var mail in due)
            mail.Claim(me.Value);

        while (due.Count > 0)
        {
            try
            {
                await db.SaveChangesAsync(cancellation);
                break;
            }
            catch (DbUpdateConcurrencyException taken)
            {
                // Another dispatcher was first with these; the others are still to be had.
                foreach (var entry in taken.Entries)
                {
                    due.Remove((OutboxMail)entry.Entity);
                    entry.State = EntityState.Detached;
                }
            }
        }

        return [.. due.Where(mail => mail.State == MailState.Claimed).Select(mail => mail.Id)];
    }

    private async Task SendOneAsync(long id, CancellationToken stopping)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();
            var mail = await db.OutboxMails.SingleAsync(mail => mail.Id == id, CancellationToken.None);
            if (mail.Owner != me.Value)
                return;

            if (stopping.IsCancellationRequested || Now < _pausedUntil)
                mail.GiveBack();
            else if (await PrepareAsync(db, scope.ServiceProvider.GetRequiredService<MailWriter>(), mail) is { } outgoing)
                await HandOverAsync(db, mail, outgoing, stopping);

            await db.SaveChangesAsync(CancellationToken.None);
        }
        catch (DbUpdateConcurrencyException)
        {
            LogFenced(id);
        }
        catch (Exception fault)
        {
            LogFault(fault, id);
            await PutBackAsync(id, fault);
        }
    }

    // A mail that meets the same fault again and again is set aside by its count of claims.
    private async Task PutBackAsync(long id, Exception because)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();
            var mail = await db.OutboxMails.SingleAsync(mail => mail.Id == id);
            if (mail.Owner != me.Value)
                return;

            if (mail.State == MailState.Sending)
                mail.RecordDeferred($"A fault ({because.GetType().Name}).", Now + DelayAfter(mail, inDoubt: true), inDoubt: true);
            else
                mail.Release();
            await db.SaveChangesAsync();
        }
        catch (DbUpdateConcurrencyException)
        {
            LogFenced(id);
        }
        catch (Exception fault)
        {
            LogFault(fault, id);
            _leftBehind = true;
        }
    }

    // Null when the mail is not sent; the mail says why.
    private async Task<OutgoingMail?> PrepareAsync(PartnerCenterDb db, MailWriter writer, OutboxMail mail)
    {
        // Of a communication to many organizations, only what concerns this one is read for each of its mails.
        var communication = await db.Communications.AsNoTracking()
            .Include(communication => communication.Targets.Where(target => target.OrganizationId == null || target.OrganizationId == mail.OrganizationId))
            .Include(communication => communication.Contents)
            .AsSplitQuery()
            .SingleAsync(communication => communication.Id == mail.CommunicationId);
        var member = db.Memberships.Where(membership => membership.Id == mail.MembershipId);
        var mailCase = (await MailCase.LoadAsync(db, workspaces, communication, member, Now, CancellationToken.None)).Single();

        var verification = mail.ContactVerificationId is { } id
            ? await db.ContactVerifications.AsNoTracking().SingleAsync(verification => verification.Id == id)
            : null;
        var decision = MailPolicy.Decide(mailCase.FactsOf(mail, verification), Now);
        if (decision.Suppressed is { } because)
        {
            mail.Suppress(because);
            return null;
        }

        WrittenMail written;
        try
        {
            written = await writer.WriteAsync(mailCase, mail);
        }
        catch (Exception fault) when (fault is FormatException or InvalidOperationException or ArgumentException)
        {
            LogFault(fault, mail.Id);
            mail.RecordUnsendable("The text could not be composed.");
            return null;
        }

        mail.StartSending(decision.To!, written.Words.Subject, written.Words.Text, written.Words.Html);
        await db.SaveChangesAsync();
        return writer.Address(written, mail);
    }

    private async Task HandOverAsync(PartnerCenterDb db, OutboxMail mail, OutgoingMail outgoing, CancellationToken stopping)
    {
        var answer = await transport.SendAsync(outgoing, stopping);
        switch (answer.Outcome)
        {
            case TransportOutcome.Accepted:
                mail.RecordSent(answer.Text, Now);
                _pause = FirstPause;
                break;
            case TransportOutcome.AddressRefused when mail.AddressSource == AddressSource.Contact:
                await NoteBounceAsync(mail);
                mail.RecordDeferred(answer.Text, Now, inDoubt: false);
                break;
            case TransportOutcome.AddressRefused:
                mail.RecordRefused(answer.Text, addressIsWrong: true);
                break;
            case TransportOutcome.Refused:
                mail.RecordRefused(answer.Text, addressIsWrong: false);
                break;
            case TransportOutcome.RelayUnavailable:
                Pause();
                mail.RecordRelayAway(answer.Text, _pausedUntil);
                LogRelayAway(answer.Text);
                break;
            case TransportOutcome.Deferred:
            case TransportOutcome.Unknown:
                var inDoubt = answer.Outcome == TransportOutcome.Unknown;
                mail.RecordDeferred(answer.Text, Now + DelayAfter(mail, inDoubt), inDoubt);
                break;
            default:
                throw new InvalidOperationException($"The transport answered {answer.Outcome}.");
        }

        await db.SaveChangesAsync(CancellationToken.None);
    }

    // The mail waits no longer than for its next turn, in which the policy knows a better address: one that is required gets through. A
    // scope of its own, because other mails to this member find out the same at the same instant.
    private async Task NoteBounceAsync(OutboxMail mail)
    {
        for (var isNoted = false; !isNoted;)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();
            var membership = await db.Memberships.SingleAsync(membership => membership.Id == mail.MembershipId);
            membership.ContactBounced(mail.Address!);
            try
            {
                await db.SaveChangesAsync();
                isNoted = true;
            }
            catch (DbUpdateConcurrencyException)
            {
                // Another mail was first, or the member gives another address: what is true by then decides.
            }
        }
    }

    private static TimeSpan DelayAfter(OutboxMail mail, bool inDoubt) =>
        RetryPolicy.DelayAfter(mail.Attempts, inDoubt, Random.Shared.NextDouble());

    // The relay's trouble is no mail's fault: everybody waits, a little longer each time.
    private void Pause()
    {
        lock (_pausing)
        {
            if (Now < _pausedUntil)
                return;
            _pausedUntil = Now + _pause;
            _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail {MailId} was taken over by another instance; its outcome here does not count")]
    private partial void LogFenced(long mailId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Mail {MailId} met a fault")]
    private partial void LogFault(Exception fault, long mailId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The mail relay is away: {Answer}")]
    private partial void LogRelayAway(string answer);
}
