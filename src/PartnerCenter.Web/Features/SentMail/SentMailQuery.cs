using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Web.Security;

namespace PartnerCenter.Web.Features.SentMail;

/// <summary>Reads the mails of one organization, the latest first.</summary>
public sealed class SentMailQuery(PartnerCenterDb db)
{
    private const int PageSize = 50;

    public async Task<SentMailPage> ReadAsync(Member member, int page, CancellationToken cancellation)
    {
        var rows = await (
            from mail in db.OutboxMails.AsNoTracking()
            where mail.OrganizationId == member.Organization.Id
            orderby mail.Id descending
            join recipient in db.Memberships.Shown() on mail.MembershipId equals recipient.MembershipId
            join content in db.CommunicationContents.Where(content => content.Language == Languages.Default)
                on mail.CommunicationId equals content.CommunicationId
            select new SentMailRow(
                mail.QueuedAt,
                recipient.Name,
                mail.Address,
                mail.Subject ?? content.Title,
                mail.State,
                mail.SuppressedBecause,
                mail.LastAnswer,
                mail.ContactVerificationId == null ? mail.TextBody : null,
                mail.ContactVerificationId != null))
            .Skip((page - 1) * PageSize)
            .Take(PageSize + 1)
            .ToListAsync(cancellation);
        return new SentMailPage([.. rows.Take(PageSize).Select(Shown)], page, rows.Count > PageSize);
    }

    // Relays like to repeat the address that they refuse.
    private static SentMailRow Shown(SentMailRow row) => row is { IsPrivate: true, Address: { } address }
        ? row with
        {
            Address = MailAddressRule.Mask(address),
            LastAnswer = row.LastAnswer?.Replace(address, MailAddressRule.Mask(address), StringComparison.OrdinalIgnoreCase),
        }
        : row;
}
