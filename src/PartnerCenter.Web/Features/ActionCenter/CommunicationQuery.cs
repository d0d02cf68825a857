using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Mail.Dispatch;
using PartnerCenter.Web.Security;

namespace PartnerCenter.Web.Features.ActionCenter;

/// <summary>Reads the page of one communication.</summary>
public sealed class CommunicationQuery(Visibility visibility, PartnerCenterDb db, PortalAddress portal, TimeProvider time)
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
            await db.Communications.Where(row => row.Id == id).Select(row => row.PublishedBy).SingleAsync(cancellation),
            await MailsAsync(member, id, cancellation),
            await StepsAsync(member, id, cancellation),
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

    private async Task<IReadOnlyList<MailRow>> MailsAsync(Member member, long id, CancellationToken cancellation) =>
        await db.OutboxMails.AsNoTracking()
            .Where(mail => mail.CommunicationId == id && mail.MembershipId == member.Membership.Id)
            .OrderBy(mail => mail.Id)
            .Select(mail => new MailRow(mail.State, mail.SentAt ?? mail.QueuedAt, mail.Address, mail.SuppressedBecause))
            .ToListAsync(cancellation);

    private async Task<IReadOnlyList<CommunicationStep>> StepsAsync(Member member, long id, CancellationToken cancellation) =>
        await db.CommunicationSteps.AsNoTracking()
            .Where(step => step.CommunicationId == id && step.OrganizationId == member.Organization.Id)
            .Where(step => step.OnlyForMembershipId == null || step.OnlyForMembershipId == member.Membership.Id)
            .OrderBy(step => step.Id)
            .ToListAsync(cancellation);

    private async Task<IReadOnlyList<Colleague>> ColleaguesAsync(Member member, VisibleCommunication communication, CancellationToken cancellation) =>
        communication.May(CommunicationVerb.HandOver, Now).IsAllowed
            ? await db.ColleaguesOfAsync(member.Reader, communication.Id, Now, cancellation)
            : [];
}
