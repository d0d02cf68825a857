using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Mail;

namespace PartnerCenter.Data.Communications;

/// <summary>How far a communication has come.</summary>
/// <param name="IsFannedOut">Whether every addressed member has been considered for a mail.</param>
/// <param name="Mails">How many mails are in each state.</param>
/// <param name="Groups">How many mails are in each group; one that has none is not there.</param>
/// <param name="Suppressed">Why mails were not sent, and how many for each reason.</param>
/// <param name="Readers">How many members opened it.</param>
/// <param name="Completions">How often it was completed.</param>
public sealed record DeliveryCounts(
    bool IsFannedOut,
    IReadOnlyDictionary<MailState, int> Mails,
    IReadOnlyDictionary<MailGroup, int> Groups,
    IReadOnlyDictionary<SuppressionReason, int> Suppressed,
    int Readers,
    int Completions);

/// <summary>Counts deliveries.</summary>
public static class Delivery
{
    public static async Task<DeliveryCounts> CountDeliveryAsync(this PartnerCenterDb db, long communicationId, CancellationToken cancellation)
    {
        var mails = await db.OutboxMails.AsNoTracking()
            .Where(mail => mail.CommunicationId == communicationId)
            .GroupBy(mail => new { mail.State, mail.SuppressedBecause, IsAnswered = mail.LastAnswer != null, IsInDoubt = mail.InDoubt > 0 })
            .Select(group => new { group.Key.State, group.Key.SuppressedBecause, group.Key.IsAnswered, group.Key.IsInDoubt, Count = group.Count() })
            .ToListAsync(cancellation);
        var groups =
            from row in mails
            from standing in Enum.GetValues<MailGroup>()
            where MailGroupTable.Holds(standing, row.State, row.IsAnswered, row.IsInDoubt)
            group row.Count by standing;
        return new DeliveryCounts(
            await db.Communications.AnyAsync(communication => communication.Id == communicationId && communication.FannedOutAt != null, cancellation),
            mails.GroupBy(row => row.State).ToDictionary(group => group.Key, group => group.Sum(row => row.Count)),
            groups.ToDictionary(group => group.Key, group => group.Sum()),
            mails.Where(row => row.SuppressedBecause is not null)
                .GroupBy(row => row.SuppressedBecause!.Value)
                .ToDictionary(group => group.Key, group => group.Sum(row => row.Count)),
            await db.MemberStates.CountAsync(state => state.CommunicationId == communicationId && state.ReadAt != null, cancellation),
            await db.Completions.CountAsync(completion => completion.CommunicationId == communicationId, cancellation));
    }
}
