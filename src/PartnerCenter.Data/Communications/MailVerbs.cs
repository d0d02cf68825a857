using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Mail;

namespace PartnerCenter.Data.Communications;

/// <summary>What became of a verb that was used on many mails.</summary>
/// <param name="Done">On how many it was used.</param>
/// <param name="Left">How many stayed as they were: a dispatcher was faster, or their own state refuses it.</param>
public sealed record MailVerbOutcome(int Done, int Left);

/// <summary>Does what operators want done with mails. Of an operator and a dispatcher who take the same mail at one instant, one loses.</summary>
public sealed class MailVerbs(PartnerCenterDb db, TimeProvider time)
{
    private const int BatchSize = 500;

    /// <summary>Uses a verb on one mail.</summary>
    /// <param name="id">Which mail.</param>
    /// <param name="verb">What to do.</param>
    /// <param name="by">The name of who wants it.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The communication that it is about; null if there is no such mail.</returns>
    /// <exception cref="RuleViolationException">Its state refuses it.</exception>
    /// <exception cref="DbUpdateConcurrencyException">A dispatcher was faster.</exception>
    public async Task<long?> UseAsync(long id, MailVerb verb, string by, CancellationToken cancellation = default)
    {
        if (await db.OutboxMails.SingleOrDefaultAsync(mail => mail.Id == id, cancellation) is not { } mail)
            return null;

        Use(mail, verb, by);
        await db.SaveChangesAsync(cancellation);
        return mail.CommunicationId;
    }

    /// <summary>Uses a verb on all mails of a communication that match.</summary>
    /// <exception cref="RuleViolationException">The verb is not used on all mails of this group.</exception>
    public async Task<MailVerbOutcome> UseOnAllAsync(
        long communicationId, MailFilter filter, MailVerb verb, string by, CancellationToken cancellation = default)
    {
        if (!MailVerbPolicy.MayOnAll(verb, filter.Group))
            throw new RuleViolationException(Reasons.NotOnAllMails);

        var states = MailVerbPolicy.StatesTaking(verb);
        var matching = db.Matching(db.OutboxMails.Where(mail => mail.CommunicationId == communicationId && states.Contains(mail.State)), filter);
        var (done, left) = (0, 0);
        for (var last = 0L; ;)
        {
            var batch = await matching.Where(mail => mail.Id > last).OrderBy(mail => mail.Id).Take(BatchSize).ToListAsync(cancellation);
            if (batch.Count == 0)
                return new MailVerbOutcome(done, left);

            last = batch[^1].Id;
            var taken = batch.Where(mail => MayUse(mail, verb)).ToList();
            foreach (var mail in taken)
                Use(mail, verb, by);
            var saved = await SaveAsync(taken, cancellation);
            (done, left) = (done + saved, left + batch.Count - saved);
            db.ChangeTracker.Clear();
        }
    }

    private static bool MayUse(OutboxMail mail, MailVerb verb) => mail.May(verb).IsAllowed;

    private void Use(OutboxMail mail, MailVerb verb, string by)
    {
        if (verb == MailVerb.Retry)
            mail.Retry(time.GetUtcNow().UtcDateTime);
        else
            mail.GiveUp(by);
    }

    private async Task<int> SaveAsync(List<OutboxMail> mails, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await db.SaveChangesAsync(cancellation);
                return mails.Count;
            }
            catch (DbUpdateConcurrencyException taken)
            {
                foreach (var entry in taken.Entries)
                {
                    mails.Remove((OutboxMail)entry.Entity);
                    entry.State = EntityState.Detached;
                }
            }
        }
    }
}
