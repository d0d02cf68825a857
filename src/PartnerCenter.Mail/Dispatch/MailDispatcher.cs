using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
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
/// a guarded update, so that of two dispatchers one wins; a mail that fails delays no other. While as many mails are on their way as there
/// are connections, the next ones are made ready, so that no connection waits for the database.
/// </summary>
[SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "As for the line to the relay.")]
public sealed partial class MailDispatcher(
    IServiceScopeFactory scopes,
    RelayLine relay,
    InstanceName me,
    MailMeters meters,
    IOptions<MailOptions> options,
    TimeProvider time,
    ILogger<MailDispatcher> logger)
{
    private const int BatchSize = 50;

    // For each connection, one mail is on its way and another is being made ready or written down.
    private const int AtWorkPerConnection = 2;

    private static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(15);

    // What a kill leaves in doubt: a few more than there are connections, so that the next mail is there when one is free.
    private readonly SemaphoreSlim _sending = new(options.Value.Parallel + options.Value.Ahead);

    private bool _isLate;

    // What the round met; the next one waits for its time.
    private volatile bool _databaseIsAway;

    // Mails that could not be put back because the database was away: nobody else takes them over while this instance lives.
    private volatile bool _leftBehind;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Sends what is due.</summary>
    /// <param name="cancellation">Stops claiming and puts back what was claimed; a mail that is on its way is finished.</param>
    /// <returns>How many mails were taken up; 0 when nothing is due, or when the relay or the database is away.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellation = default)
    {
        if (relay.IsPaused)
            return 0;

        if (_leftBehind)
            await TakeBackAsync(cancellation);
        (_leftBehind, _databaseIsAway) = (false, false);
        var taken = 0;
        await Parallel.ForEachAsync(
            DueAsync(cancellation),
            new ParallelOptions { MaxDegreeOfParallelism = options.Value.Parallel * AtWorkPerConnection },
            async (mail, _) =>
            {
                Interlocked.Increment(ref taken);
                await SendOneAsync(mail, cancellation);
            });
        return _databaseIsAway ? 0 : taken;
    }

    // A batch that is not full was the last one, or a suspect that goes alone.
    private async IAsyncEnumerable<OutboxMail> DueAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var (isFirst, isFull) = (true, true); isFull; isFirst = false)
        {
            var claimed = await ClaimAsync(isFirst, cancellation);
            isFull = claimed.Count == BatchSize;
            foreach (var mail in claimed)
                yield return mail;
            if (cancellation.IsCancellationRequested || relay.IsPaused || _databaseIsAway)
                yield break;
        }
    }

    private async Task TakeBackAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<InstanceRegistry>().PutBackAsync(me.Value, cancellation);
    }

    private async Task<List<OutboxMail>> ClaimAsync(bool isFirst, CancellationToken cancellation)
    {
        try
        {
            return await ClaimBatchAsync(isFirst, cancellation);
        }
        catch
        {
            // Whether it was saved is not known.
            _leftBehind = true;
            throw;
        }
    }

    private async Task<List<OutboxMail>> ClaimBatchAsync(bool isFirst, CancellationToken cancellation)
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
            due = isFirst ? [suspect] : [];
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

        return due.FindAll(mail => mail.State == MailState.Claimed);
    }

    private void ShowLateness(TimeSpan late)
    {
        meters.ShowLateness(late);
        if (late > LateAfter && !_isLate)
            LogLate(late);
        _isLate = late > LateAfter;
    }

    private async Task SendOneAsync(OutboxMail mail, CancellationToken stopping)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();
            db.Attach(mail);
            if (MustWait(stopping))
                mail.GiveBack();
            else if (await scope.ServiceProvider.GetRequiredService<MailGate>().PassAsync(mail, me.Value) is { } parcel)
                await HandOverAsync(db, parcel, stopping);

            // Who saves waits for those who write, for nothing too.
            if (db.ChangeTracker.HasChanges())
                await db.SaveChangesAsync(CancellationToken.None);
            meters.CountSuppressed(mail);
        }
        catch (DbUpdateConcurrencyException)
        {
            LogFenced(mail.Id);
            // Of a digest, it may be another of its mails that somebody changed: the rest is still held.
            _leftBehind = true;
        }
        catch (Exception fault)
        {
            LogFault(fault, mail.Id);
            if (fault.IsDatabaseAway())
                _databaseIsAway = true;
            await PutBackAsync(mail.Id, fault);
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
        if (await SendAsync(db, parcel, stopping) is not { } answer)
            return;

        var carrier = parcel.Carrier;
        if (answer.Outcome == TransportOutcome.AddressRefused)
            await NoteBounceAsync(carrier);

        // All that went together stay together.
        var nextAttemptAt = Now + DelayAfter(carrier, answer.Outcome == TransportOutcome.Unknown);
        foreach (var mail in parcel.Mails)
            Record(mail, answer, nextAttemptAt, parcel.DueAt);
        await db.SaveChangesAsync(CancellationToken.None);
        foreach (var mail in parcel.Mails)
            meters.Count(mail, answer.Outcome);
    }

    /// <returns>Null if it surely did not go and goes on waiting; that is not saved yet.</returns>
    private async Task<TransportAnswer?> SendAsync(PartnerCenterDb db, Parcel parcel, CancellationToken stopping)
    {
        await _sending.WaitAsync(CancellationToken.None);
        try
        {
            if (MustWait(stopping))
            {
                parcel.GiveBack();
                return null;
            }

            var since = time.GetTimestamp();
            parcel.StartSending();
            await db.SaveChangesAsync(CancellationToken.None);
            var answer = await relay.SendAsync(
                parcel.Outgoing, () => !stopping.IsCancellationRequested && !MayBeTakenOver(since), stopping);
            if (answer is null)
                parcel.CallOff(relay.IsPaused ? relay.PausedUntil : Now);
            return answer;
        }
        finally
        {
            _sending.Release();
        }
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
                mail.RecordRelayAway(answer.Text, relay.PausedUntil);
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

    private bool MustWait(CancellationToken stopping) => stopping.IsCancellationRequested || relay.IsPaused;

    // Who was frozen meanwhile does not send what others have sent.
    private bool MayBeTakenOver(long since) => time.GetElapsedTime(since) > TimeSpan.FromSeconds(options.Value.SilenceSeconds) / 2;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail {MailId} was taken over by another instance; its outcome here does not count")]
    private partial void LogFenced(long mailId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Mail {MailId} met a fault")]
    private partial void LogFault(Exception fault, long mailId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail is late: what is sent now has been due for {Late}")]
    private partial void LogLate(TimeSpan late);
}
