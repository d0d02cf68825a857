using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Communications;

namespace PartnerCenter.Web.Features.Delivery;

/// <summary>
/// Reads what became of the mails of one communication. The list goes through one state after the other, so that each page is a range
/// of an index, however many mails there are.
/// </summary>
public sealed class DeliveryQuery(PartnerCenterDb db, MailWords words, IStringLocalizer<PortalTexts> texts)
{
    private const int PageSize = 50;

    public IReadOnlyList<string> Header =>
    [
        texts["Delivery.Member"], texts["Delivery.Organization"], texts["Delivery.Address"], texts["Delivery.Occasion"], texts["Delivery.State"],
        texts["Delivery.Rule"], texts["Delivery.QueuedUtc"], texts["Delivery.SentUtc"], texts["Delivery.NextUtc"], texts["Delivery.Attempts"],
        texts["Delivery.InDoubt"], texts["Delivery.Answer"],
    ];

    /// <returns>Null if operators have published no such communication.</returns>
    public async Task<DeliveryPage?> ReadAsync(long id, DeliveryFilterForm form, CancellationToken cancellation)
    {
        form.KeepWhatCounts();
        if (await TitleOfAsync(id, cancellation) is not { } title)
            return null;

        var mails = await PageAsync(id, form, cancellation);
        var shown = mails.Take(PageSize).ToList();
        return new DeliveryPage(
            id,
            title,
            form,
            await db.CountDeliveryAsync(id, cancellation),
            await db.Organizations.AsNoTracking()
                .OrderBy(organization => organization.Name)
                .Select(organization => new DeliveryOrganizationRow(organization.Key, organization.Name))
                .ToListAsync(cancellation),
            await db.Matching(Of(id), form.ToFilter()).CountAsync(cancellation),
            shown.ConvertAll(mail => mail.Shown()),
            mails.Count > PageSize ? new DeliveryCursorRow(shown[^1].State, shown[^1].Id) : null);
    }

    /// <returns>Null if operators have published no such communication.</returns>
    public async Task<CsvFile?> ExportAsync(long id, DeliveryFilterForm form, CancellationToken cancellation)
    {
        form.KeepWhatCounts();
        return await TitleOfAsync(id, cancellation) is null
            ? null
            : new CsvFile(string.Create(CultureInfo.InvariantCulture, $"communication-{id}-delivery"), Header, RowsAsync(id, form));
    }

    private Task<string?> TitleOfAsync(long id, CancellationToken cancellation) => db.CommunicationContents
        .Where(content => content.CommunicationId == id && content.Language == Languages.Default)
        .Where(content => db.Communications.Any(communication => communication.Id == id && CommunicationPolicy.Published.Contains(communication.Kind)))
        .Select(content => content.Title)
        .SingleOrDefaultAsync(cancellation)!;

    private IQueryable<OutboxMail> Of(long id) => db.OutboxMails.AsNoTracking().Where(mail => mail.CommunicationId == id);

    // One more than a page shows.
    private async Task<List<LoggedMail>> PageAsync(long id, DeliveryFilterForm form, CancellationToken cancellation)
    {
        var (mails, isStarted) = (new List<LoggedMail>(), form.AfterState is null);
        foreach (var state in MailGroupTable.StatesOf(form.State).Where(_ => mails.Count <= PageSize))
        {
            var after = state == form.AfterState ? form.After ?? 0 : 0;
            isStarted |= state == form.AfterState;
            if (isStarted)
                mails.AddRange(await LoggedAsync(InState(id, form, state).Where(mail => mail.Id > after).Take(PageSize + 1 - mails.Count), cancellation));
        }

        return mails;
    }

    private async IAsyncEnumerable<IReadOnlyList<string?>> RowsAsync(long id, DeliveryFilterForm form)
    {
        foreach (var state in MailGroupTable.StatesOf(form.State))
        {
            await foreach (var mail in db.Logged(InState(id, form, state)).OrderBy(mail => mail.Id).AsAsyncEnumerable())
                yield return RowFrom(mail.Shown());
        }
    }

    private IQueryable<OutboxMail> InState(long id, DeliveryFilterForm form, MailState state) =>
        db.Matching(Of(id).Where(mail => mail.State == state), form.ToFilter()).OrderBy(mail => mail.Id);

    private Task<List<LoggedMail>> LoggedAsync(IQueryable<OutboxMail> page, CancellationToken cancellation) =>
        db.Logged(page).OrderBy(mail => mail.Id).ToListAsync(cancellation);

    private IReadOnlyList<string?> RowFrom(LoggedMail mail) =>
    [
        mail.Recipient,
        mail.Organization,
        mail.Address,
        words.Occasion(mail.Occasion),
        words.State(mail.State),
        mail.SuppressedBecause is { } because ? words.Rule(because) : null,
        CsvFile.Moment(mail.QueuedAt),
        CsvFile.Moment(mail.SentAt),
        mail.State == MailState.Queued ? CsvFile.Moment(mail.NextAttemptAt) : null,
        mail.Attempts.ToString(CultureInfo.InvariantCulture),
        mail.InDoubt.ToString(CultureInfo.InvariantCulture),
        mail.LastAnswer,
    ];
}
