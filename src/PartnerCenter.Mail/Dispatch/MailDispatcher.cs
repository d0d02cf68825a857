using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PartnerCenter.Data;
using PartnerCenter.Data.Engines;
using PartnerCenter.Data.Preferences;
using PartnerCenter.Domain.Mail;
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
    MailMeters meters,
    IOptions<MailOptions> options,
    TimeProvider time,
    ILogger<MailDispatcher> logger)
{
    private const int BatchSize = 50;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(15);

    private readonly Lock _pausing = new();

    private TimeSpan _pause = FirstPause;
    private DateTime _pausedUntil = DateTime.MinValue;

    private bool _isLate;

    // What the round met; the next one waits for its time.
    private volatile bool _databaseIsAway;

    // Mails that could not be put back because the database was away: nobody else takes them over while this instance lives.
    private volatile bool _leftBehind;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Sends one batch of what is due.</summary>
    /// <param name="cancellation">Stops claiming and puts back what was claimed; a mail that is on its way is finished.</param>
    /// <returns>How many mails were taken up; 0 when nothing is due, or when the relay or the database is away.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellation = default)
    {
        if (Now < _pausedUntil)
            return 0;

        if (_leftBehind)
            await TakeBackAsync(cancellation);
        _leftBehind = true;
        var claimed = await ClaimAsync(cancellation);
        _leftBehind = false;
        _databaseIsAway = false;
        await Parallel.ForEachAsync(
            claimed,
            new ParallelOptions { MaxDegreeOfParallelism = options.Value.Parallel },
            async (id, _) => await SendOneAsync(id, cancellation));
        return _databaseIsAway ? 0 : claimed.Count;
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
        var onTheirWay = MailGroupTable.StatesOf(MailGroup.Waiting);
        var due = await db.OutboxMails
            .Where(mail => mail.State == MailState.Queued && mail.NextAttemptAt <= now)
            // Of those that wait for a digest, the first takes the others with it.
            .Where(mail => mail.PostponedBecause != PostponementReason.DailyLimit || !db.OutboxMails.Any(first =>
                first.MembershipId == mail.MembershipId && first.Kind == mail.Kind && first.Id < mail.Id
                && first.PostponedBecause == PostponementReason.DailyLimit && onTheirWay.Contains(first.State)))
            .OrderBy(mail => mail.Urgency)
            .ThenBy(mail => mail.NextAttemptAt)
            .ThenBy(mail => mail.Id)
            .Take(BatchSize)
            .ToListAsync(cancellation);
        ShowLateness(due.Count > 0 ? now - due.Min(mail => mail.NextAttemptAt) : TimeSpan.Zero);
        if (due.Find(mail => mail.MayBeDeadly) is { } suspect)
            due = [suspect];
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

    private void ShowLateness(TimeSpan late)
    {
        meters.ShowLateness(late);
        if (late > LateAfter && !_isLate)
            LogLate(late);
        _isLate = late > LateAfter;
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
            else if (await scope.ServiceProvider.GetRequiredService<MailGate>().PassAsync(mail, me.Value) is { } parcel)
                await HandOverAsync(db, parcel, stopping);

            await db.SaveChangesAsync(CancellationToken.None);
            meters.CountSuppressed(mail);
        }
        catch (DbUpdateConcurrencyException)
        {
            LogFenced(id);
            // Of a digest, it may be another of its mails that somebody changed: the rest is still held.
            _leftBehind = true;
        }
        catch (Exception fault)
        {
            LogFault(fault, id);
            if (fault.IsDatabaseAway())
                _databaseIsAway = true;
            await PutBackAsync(id, fault);
        }
    }

    // A mail that meets the same fault again and again is set aside by its count of claims. A database that is away is no mail's fault.
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
            else if (because.IsDatabaseAway())
                mail.GiveBack();
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

    private async Task HandOverAsync(PartnerCenterDb db, Parcel parcel, CancellationToken stopping)
    {
        var carrier = parcel.Mails[0];
        var answer = await transport.SendAsync(parcel.Outgoing, stopping);
        if (answer.Outcome == TransportOutcome.Accepted)
            _pause = FirstPause;
        else if (answer.Outcome == TransportOutcome.RelayUnavailable)
            Pause(answer);
        else if (answer.Outcome == TransportOutcome.AddressRefused)
            await NoteBounceAsync(carrier);

        // All that went together stay together.
        var nextAttemptAt = Now + DelayAfter(carrier, answer.Outcome == TransportOutcome.Unknown);
        foreach (var mail in parcel.Mails)
            Record(mail, answer, nextAttemptAt, parcel.DueAt);
        await db.SaveChangesAsync(CancellationToken.None);
        foreach (var mail in parcel.Mails)
            meters.Count(mail, answer.Outcome);
    }

    private void Record(OutboxMail mail, TransportAnswer answer, DateTime nextAttemptAt, DateTime? dueAt)
    {
        switch (answer.Outcome)
        {
            case TransportOutcome.Accepted:
                mail.RecordSent(answer.Text, Now);
                break;
            case TransportOutcome.AddressRefused when mail.AddressSource == AddressSource.Contact:
                mail.RecordDeferred(answer.Text, Now, inDoubt: false);
                break;
            case TransportOutcome.AddressRefused:
                mail.RecordRefused(answer.Text, addressIsWrong: true);
                break;
            case TransportOutcome.Refused:
                mail.RecordRefused(answer.Text, addressIsWrong: false);
                break;
            case TransportOutcome.RelayUnavailable:
                mail.RecordRelayAway(answer.Text, _pausedUntil);
                break;
            case TransportOutcome.Deferred:
            case TransportOutcome.Unknown:
                var inDoubt = answer.Outcome == TransportOutcome.Unknown;
                if (RetryPolicy.IsExhausted(mail.Kind, dueAt, mail.Attempts, doubts: inDoubt ? mail.InDoubt + 1 : 0, Now))
                    mail.RecordExhausted(answer.Text, inDoubt);
                else
                    mail.RecordDeferred(answer.Text, nextAttemptAt, inDoubt);
                break;
            default:
                throw new InvalidOperationException($"The transport answered {answer.Outcome}.");
        }
    }

    // The mail waits no longer than for its next turn, in which the policy knows a better address: one that is required gets through. A
    // scope of its own, because other mails to this member find out the same at the same instant.
    private async Task NoteBounceAsync(OutboxMail mail)
    {
        for (var isNoted = false; !isNoted;)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();
            await db.NoteBounceAsync(mail, Now);
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
    private void Pause(TransportAnswer answer)
    {
        LogRelayAway(answer.Text);
        lock (_pausing)
        {
            if (Now < _pausedUntil)
                return;
            meters.CountPause();
            _pausedUntil = Now + _pause;
            _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail {MailId} was taken over by another instance; its outcome here does not count")]
    private partial void LogFenced(long mailId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Mail {MailId} met a fault")]
    private partial void LogFault(Exception fault, long mailId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail is late: what is sent now has been due for {Late}")]
    private partial void LogLate(TimeSpan late);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The mail relay is away: {Answer}")]
    private partial void LogRelayAway(string answer);
}
