using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Communications;

namespace PartnerCenter.Web.Features.SentMail;

/// <summary>Reads the mails of one organization, the latest first.</summary>
public sealed class SentMailQuery(PartnerCenterDb db, MailWords words, IStringLocalizer<PortalTexts> texts)
{
    private const int PageSize = 50;

    public IReadOnlyList<string> Header =>
    [
        texts["Delivery.QueuedUtc"], texts["Delivery.Member"], texts["Delivery.Address"], texts["Delivery.Subject"], texts["Delivery.State"],
        texts["Delivery.Rule"], texts["Delivery.SentUtc"], texts["Delivery.Answer"],
    ];

    public async Task<SentMailPage> ReadAsync(Member member, SentMailFilterForm form, CancellationToken cancellation)
    {
        form.KeepWhatCounts();
        var mails = await LatestFirst(Matching(member, form).Skip((form.Page - 1) * PageSize).Take(PageSize + 1)).ToListAsync(cancellation);
        return new SentMailPage(form, [.. mails.Take(PageSize).Select(mail => mail.Shown())], mails.Count > PageSize);
    }

    public async IAsyncEnumerable<IReadOnlyList<string?>> ExportAsync(Member member, SentMailFilterForm form)
    {
        form.KeepWhatCounts();
        await foreach (var mail in LatestFirst(Matching(member, form)).AsAsyncEnumerable())
            yield return RowFrom(mail.Shown());
    }

    private IQueryable<OutboxMail> Matching(Member member, SentMailFilterForm form)
    {
        var mails = db.OutboxMails.AsNoTracking().Where(mail => mail.OrganizationId == member.Organization.Id);
        return db.Matching(mails, form.ToFilter()).OrderByDescending(mail => mail.Id);
    }

    private IQueryable<LoggedMail> LatestFirst(IQueryable<OutboxMail> mails) => db.Logged(mails).OrderByDescending(mail => mail.Id);

    private IReadOnlyList<string?> RowFrom(LoggedMail mail) =>
    [
        CsvFile.Moment(mail.QueuedAt),
        mail.Recipient,
        mail.Address,
        mail.Title,
        words.State(mail.State),
        mail.SuppressedBecause is { } because ? words.Rule(because) : null,
        CsvFile.Moment(mail.SentAt),
        mail.LastAnswer,
    ];
}
