using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Mail.Dispatch;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Communications;

namespace PartnerCenter.Web.Features.ActionCenter;

/// <summary>Reads the page of one communication.</summary>
public sealed class CommunicationQuery(
    Visibility visibility,
    PartnerCenterDb db,
    PortalAddress portal,
    CommunicationWords words,
    MailWords mailWords,
    IStringLocalizer<PortalTexts> texts,
    TimeProvider time)
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <returns>The page, or null if the member may not see the communication, or there is none.</returns>
    public async Task<CommunicationPage?> FindAsync(Member member, long id, ActionCenterFilterForm filter, CancellationToken cancellation)
    {
        if (await visibility.FindAsync(member.Reader, id, cancellation) is not { } communication)
            return null;

        filter.KeepWhatCounts(member, otherwise: communication.Place);
        return new CommunicationPage(
            communication,
            filter,
            await visibility.NeighborsAsync(member.Reader, filter.ToListing(), communication, cancellation),
            await AudienceAsync(member, id, cancellation),
            await HistoryAsync(member, communication, cancellation),
            await ColleaguesAsync(member, communication, cancellation),
            portal.Communication(member.Organization.Key, id),
            Now);
    }

    private async Task<IReadOnlyList<AudienceRow>> AudienceAsync(Member member, long id, CancellationToken cancellation) =>
        await db.CommunicationTargets.AsNoTracking()
            .Where(target => target.CommunicationId == id)
            .Where(target => target.OrganizationId == null || target.OrganizationId == member.Organization.Id)
            .OrderBy(target => target.Role)
            .Select(target => new AudienceRow(target.Role, target.OrganizationId == null, target.IsEscalation))
            .ToListAsync(cancellation);

    private async Task<IReadOnlyList<HistoryRow>> HistoryAsync(Member member, VisibleCommunication communication, CancellationToken cancellation)
    {
        var (id, membership, organization) = (communication.Id, member.Membership.Id, member.Organization.Id);
        var publisher = await db.Communications.Where(row => row.Id == id).Select(row => row.PublishedBy).SingleAsync(cancellation);
        var mails = await db.Logged(db.OutboxMails.AsNoTracking().Where(mail => mail.CommunicationId == id && mail.MembershipId == membership))
            .OrderBy(mail => mail.Id)
            .ToListAsync(cancellation);
        var steps = await db.CommunicationSteps.AsNoTracking()
            .Where(step => step.CommunicationId == id && step.OrganizationId == organization)
            .Where(step => step.OnlyForMembershipId == null || step.OnlyForMembershipId == membership)
            .OrderBy(step => step.Id)
            .ToListAsync(cancellation);
        List<HistoryRow> rows =
        [
            new(communication.PublishedAt, texts["History.Published", publisher]),
            .. mails.Select(mail => new HistoryRow(mail.SentAt ?? mail.QueuedAt, mailWords.ToReader(mail))),
        ];
        if (communication.ReadAt is { } read)
            rows.Add(new HistoryRow(read, texts["History.Read"]));
        rows.AddRange(steps.Select(step => new HistoryRow(step.At, words.Step(step), step.Note)));
        return [.. rows.OrderBy(row => row.At)];
    }

    private async Task<IReadOnlyList<Colleague>> ColleaguesAsync(Member member, VisibleCommunication communication, CancellationToken cancellation) =>
        communication.May(CommunicationVerb.HandOver, Now).IsAllowed
            ? await db.ColleaguesOfAsync(member.Reader, communication.Id, Now, cancellation)
            : [];
}
