using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Mail;

namespace PartnerCenter.Data.Privacy;

/// <summary>How long something is kept.</summary>
/// <param name="What">What is forgotten.</param>
/// <param name="Setting">The setting that says for how many days; null for what is forgotten as soon as it is of no use.</param>
/// <param name="Because">Why it is kept that long, and no longer.</param>
/// <param name="BeforeAsync">Forgets a portion of what is from before a time in UTC, and says how much; it is saved afterwards.</param>
public sealed record RetentionRow(
    string What, string? Setting, string Because, Func<PartnerCenterDb, DateTime, CancellationToken, Task<int>> BeforeAsync);

/// <summary>
/// The table of how long the portal keeps what is not needed for ever (GDPR 5(1)(e)). What is not in it stays until the person is erased;
/// activity logs and reviews stay for good, because they prove what happened. docs/privacy.md shows it.
/// </summary>
public static class RetentionTable
{
    /// <summary>How many rows one step forgets.</summary>
    public const int BatchSize = 500;

    /// <summary>The name of each setting, in the order of the rows.</summary>
    public const string MailWordsDays = "Retention:MailWordsDays";
    public const string MailDays = "Retention:MailDays";
    public const string VerificationDays = "Retention:VerificationDays";
    public const string UnusedFeedDays = "Retention:UnusedFeedDays";
    public const string ApiRequestDays = "Retention:ApiRequestDays";

    public static IReadOnlyList<RetentionRow> Rows { get; } =
    [
        new("Sessions, with where they began, once nobody can use them.", null, "Until then they say who is signed in.", SessionsAsync),
        new("That a round to an identity provider was made.", null, "Whoever holds a copy of it must not sign in with it; after half an hour it is refused for its age.", SpentNoncesAsync),
        new("Names that were tried at sign-in, once the tries do not count any more.", null, "Until then they slow down whoever guesses.", SignInAttemptsAsync),
        new("The words of mails that are over.", MailWordsDays, "Whoever looks after the program can see for a while what somebody was written.", MailWordsAsync),
        new("The addresses and subjects of mails that are over, and what relays said of them; the mails still count.", MailDays, "It must be possible to show what was sent to whom.", MailsAsync),
        new("Bounces and complaints.", MailDays, "They belong to the mails.", MailEventsAsync),
        new("Mails that asked whether an address is somebody's.", VerificationDays, "They limit how often somebody can ask.", VerificationsAsync),
        new("That somebody asked for another password.", VerificationDays, "It limits how often somebody can ask.", PasswordResetsAsync),
        new("Private addresses of calendars and feeds that nothing has read.", UnusedFeedDays, "An address that nobody uses can only be misused.", FeedsAsync),
        new("That a request of a publishing system was answered.", ApiRequestDays, "A system that sends it again must not publish twice.", ApiRequestsAsync),
    ];

    private static async Task<int> SessionsAsync(PartnerCenterDb db, DateTime before, CancellationToken cancellation)
    {
        var (lastSeen, begun) = (before - SignInSession.LongestIdle, before - SignInSession.Longest);
        return Forget(db, await db.Sessions
            .Where(session => session.LastSeenAt <= lastSeen || session.CreatedAt <= begun)
            .OrderBy(session => session.IdHash)
            .Take(BatchSize)
            .ToListAsync(cancellation));
    }

    private static async Task<int> SpentNoncesAsync(PartnerCenterDb db, DateTime before, CancellationToken cancellation)
    {
        // Twice as long as needed: clocks of instances differ.
        var spent = before - (2 * SpentNonce.LongestRound);
        return Forget(db, await db.SpentNonces.Where(nonce => nonce.SpentAt < spent).OrderBy(nonce => nonce.SpentAt).Take(BatchSize).ToListAsync(cancellation));
    }

    private static async Task<int> SignInAttemptsAsync(PartnerCenterDb db, DateTime before, CancellationToken cancellation)
    {
        var last = before - SignInDelay.Forgotten;
        return Forget(db, await db.SignInAttempts.Where(attempts => attempts.LastAt <= last).OrderBy(attempts => attempts.LastAt).Take(BatchSize).ToListAsync(cancellation));
    }

    private static async Task<int> MailWordsAsync(PartnerCenterDb db, DateTime before, CancellationToken cancellation)
    {
        var old = await Over(db, before).Where(mail => mail.TextBody != null || mail.HtmlBody != null).OrderBy(mail => mail.Id).Take(BatchSize).ToListAsync(cancellation);
        old.ForEach(mail => mail.ForgetWords());
        return old.Count;
    }

    private static async Task<int> MailsAsync(PartnerCenterDb db, DateTime before, CancellationToken cancellation)
    {
        var old = await Over(db, before).Where(mail => mail.Address != null || mail.Subject != null || mail.LastAnswer != null).OrderBy(mail => mail.Id).Take(BatchSize).ToListAsync(cancellation);
        old.ForEach(mail => mail.Forget());
        return old.Count;
    }

    private static async Task<int> MailEventsAsync(PartnerCenterDb db, DateTime before, CancellationToken cancellation) =>
        Forget(db, await db.MailEvents.Where(known => known.ReceivedAt < before).OrderBy(known => known.Id).Take(BatchSize).ToListAsync(cancellation));

    private static async Task<int> VerificationsAsync(PartnerCenterDb db, DateTime before, CancellationToken cancellation)
    {
        var old = await db.ContactVerifications.Where(asked => asked.ExpiresAt < before).OrderBy(asked => asked.Id).Take(BatchSize).ToListAsync(cancellation);
        var ids = old.Select(asked => asked.Id).ToList();
        foreach (var mail in await db.OutboxMails.Where(mail => ids.Contains(mail.ContactVerificationId!.Value)).ToListAsync(cancellation))
            mail.Forget();
        return Forget(db, old);
    }

    private static async Task<int> PasswordResetsAsync(PartnerCenterDb db, DateTime before, CancellationToken cancellation)
    {
        var old = await db.PasswordResets.Where(asked => asked.ExpiresAt < before).OrderBy(asked => asked.Id).Take(BatchSize).ToListAsync(cancellation);
        var ids = old.Select(asked => asked.Id).ToList();
        foreach (var mail in await db.OutboxMails.Where(mail => ids.Contains(mail.PasswordResetId!.Value)).ToListAsync(cancellation))
            mail.Forget();
        return Forget(db, old);
    }

    private static async Task<int> FeedsAsync(PartnerCenterDb db, DateTime before, CancellationToken cancellation) =>
        Forget(db, await db.FeedLinks
            .Where(link => (link.LastUsedAt ?? link.CreatedAt) < before)
            .OrderBy(link => link.MembershipId)
            .Take(BatchSize)
            .ToListAsync(cancellation));

    private static async Task<int> ApiRequestsAsync(PartnerCenterDb db, DateTime before, CancellationToken cancellation) =>
        Forget(db, await db.IdempotentRequests.Where(request => request.CreatedAt < before).OrderBy(request => request.CreatedAt).Take(BatchSize).ToListAsync(cancellation));

    // Nothing becomes of it any more.
    private static IQueryable<OutboxMail> Over(PartnerCenterDb db, DateTime before) => db.OutboxMails.Where(mail =>
        mail.QueuedAt < before && mail.State != MailState.Queued && mail.State != MailState.Claimed && mail.State != MailState.Sending);

    private static int Forget<T>(PartnerCenterDb db, List<T> rows)
        where T : class
    {
        db.RemoveRange(rows);
        return rows.Count;
    }
}
