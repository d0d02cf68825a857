using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Domain.Communications;

namespace PartnerCenter.Mail.Dispatch;

/// <summary>
/// Reminds members of actions whose due date comes near or has passed. Each communication has one round per stage; the round is the
/// cursor of a walk over its members and, with the rows of the outbox, what keeps anybody from being reminded twice.
/// </summary>
public sealed class Reminders(PartnerCenterDb db, MailWalk walk, TimeProvider time)
{
    private const int MostNewRounds = 500;

    /// <summary>Does the next batch of the oldest round that is not finished, or begins the rounds that are due.</summary>
    /// <returns>False when there is nothing left to do.</returns>
    public async Task<bool> RunOnceAsync(CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var round = await db.ReminderRounds
            .Where(round => round.CompletedAt == null && ReminderPolicy.Stages.Contains(round.Stage))
            .OrderBy(round => round.StartedAt)
            .ThenBy(round => round.CommunicationId)
            .FirstOrDefaultAsync(cancellation);
        var didSomething = round is null ? await BeginAsync(now, cancellation) : await StepAsync(round, now, cancellation);
        await db.SaveChangesAsync(cancellation);
        return didSomething;
    }

    private async Task<bool> BeginAsync(DateTime now, CancellationToken cancellation)
    {
        var (from, before) = ReminderPolicy.DueDatesAt(now);
        // The mail about the publication goes first.
        var actions = db.Communications.AsNoTracking()
            .Where(communication => ReminderPolicy.Kinds.Contains(communication.Kind))
            .Where(communication => communication.DueAt >= from && communication.DueAt < before)
            .Where(communication => communication.WithdrawnAt == null && communication.FannedOutAt != null);
        var candidates = await actions
            .Select(action => new { action.Id, action.Kind, action.PublishedAt, action.DueAt })
            .ToListAsync(cancellation);
        var begun = (await db.ReminderRounds.AsNoTracking()
                .Where(round => actions.Any(action => action.Id == round.CommunicationId))
                .Select(round => new { round.CommunicationId, round.Stage })
                .ToListAsync(cancellation))
            .ToHashSet();

        var due = (
            from action in candidates
            let stage = ReminderPolicy.StageAt(action.Kind, action.PublishedAt, action.DueAt, now)
            where stage is not null && !begun.Contains(new { CommunicationId = action.Id, Stage = stage.Key })
            orderby action.Id
            select new ReminderRound(action.Id, stage.Key, now))
            .Take(MostNewRounds)
            .ToList();
        db.AddRange(due);
        return due.Count > 0;
    }

    private async Task<bool> StepAsync(ReminderRound round, DateTime now, CancellationToken cancellation)
    {
        var action = await db.Communications.AsNoTracking()
            .Include(communication => communication.Targets)
            .SingleAsync(communication => communication.Id == round.CommunicationId, cancellation);

        // A round that began so long ago that the next stage has come is not finished: that one tells the same and is not outdated.
        var isOver = action.WithdrawnAt is not null
            || ReminderPolicy.StageAt(action.Kind, action.PublishedAt, action.DueAt, now)?.Key != round.Stage;
        var today = now.Date;
        // Whoever was told about it today in another mail (its publication came late, or it was escalated to them) is not told twice.
        var members = db.AddressedBy(action).Where(membership => !db.OutboxMails.Any(mail =>
            mail.CommunicationId == action.Id && mail.MembershipId == membership.Id && mail.QueuedAt >= today));
        var last = isOver ? null : await walk.StepAsync(action, round.Stage, members, round.Cursor, now, cancellation);
        if (last is { } member)
            round.Advance(member);
        else
            round.Complete(now);
        return true;
    }
}
