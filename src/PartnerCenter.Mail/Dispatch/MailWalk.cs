using System.Runtime.CompilerServices;
using PartnerCenter.Data;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Mail.Dispatch;

/// <summary>
/// Asks the mail policy for members in the order of their ids, a batch at a time, and adds a row for each mail that waits or is
/// suppressed. Whoever walks saves the rows together with how far it has come, so that a process that dies loses and doubles nothing.
/// </summary>
public sealed class MailWalk(PartnerCenterDb db, WorkspaceCatalogue workspaces)
{
    /// <summary>How many members one step considers.</summary>
    public const int BatchSize = 500;

    /// <summary>Considers the next batch.</summary>
    /// <param name="communication">What the mails are about, with its targets.</param>
    /// <param name="occasion">What gives rise to them.</param>
    /// <param name="members">Whom to consider in the whole walk.</param>
    /// <param name="cursor">The last member of the step before; 0 at the start.</param>
    /// <param name="now">The time in UTC.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The last member of this batch; null when nobody is left after it.</returns>
    internal async Task<int?> StepAsync(
        Communication communication, string occasion, IQueryable<Membership> members, int cursor, DateTime now, CancellationToken cancellation)
    {
        var (cases, last) = await NextAsync(communication, members, cursor, now, cancellation);
        foreach (var mailCase in cases)
            Write(mailCase, occasion, now);
        return last;
    }

    /// <summary>Goes the whole way without writing anything down: the rows that a walk would add now.</summary>
    /// <inheritdoc cref="StepAsync"/>
    internal async IAsyncEnumerable<(MailCase Case, OutboxMail Mail)> LookAheadAsync(
        Communication communication, string occasion, IQueryable<Membership> members, DateTime now, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (int? cursor = 0; cursor is { } after;)
        {
            (var cases, cursor) = await NextAsync(communication, members, after, now, cancellation);
            foreach (var mailCase in cases)
            {
                if (MailOf(mailCase, occasion, now) is { } mail)
                    yield return (mailCase, mail);
            }
        }
    }

    /// <summary>Adds the row for one member, as the policy decides.</summary>
    internal void Write(MailCase mailCase, string occasion, DateTime now)
    {
        if (MailOf(mailCase, occasion, now) is { } mail)
            db.Add(mail);
    }

    private static OutboxMail? MailOf(MailCase mailCase, string occasion, DateTime now)
    {
        var decision = MailPolicy.Decide(mailCase.Facts(occasion), now);
        if (ReminderPolicy.IsReminder(occasion) && ReminderPolicy.IsMoot(decision.Suppressed))
            return null;

        var membership = mailCase.Membership;
        return OutboxMail.From(
            decision, mailCase.Communication, membership.Id, membership.OrganizationId, occasion, membership.EmailLanguage, now);
    }

    private async Task<(List<MailCase> Cases, int? Last)> NextAsync(
        Communication communication, IQueryable<Membership> members, int cursor, DateTime now, CancellationToken cancellation)
    {
        var batch = members
            .Where(membership => membership.Id > cursor)
            .OrderBy(membership => membership.Id)
            .Take(BatchSize);
        var cases = await MailCase.LoadAsync(db, workspaces, communication, batch, now, cancellation);
        return (cases, cases.Count < BatchSize ? null : cases.Max(mailCase => mailCase.Membership.Id));
    }
}
