using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Preferences;

namespace PartnerCenter.Web.Features.WhereMailGoes;

/// <summary>Asks the mail policy what becomes of each kind of mail about each workspace.</summary>
public sealed class WhereMailGoesQuery(PartnerCenterDb db, TimeProvider time)
{
    public async Task<WhereMailGoesPage> ReadAsync(Member member, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var membership = await db.Memberships.AsNoTracking()
            .Include(membership => membership.Person)
            .Include(membership => membership.Organization)
            .Include(membership => membership.OptOuts)
            .SingleAsync(membership => membership.Id == member.Membership.Id, cancellation);
        return new WhereMailGoesPage(
            ContactStanding.Of(membership, now),
            Decide(CommunicationKind.AccountMail, WorkspaceCatalogue.AccountSettings),
            [.. member.OpenWorkspaces.Select(workspace => new WorkspaceMailRow(
                workspace, CommunicationPolicy.Published.ToDictionary(kind => kind, kind => Decide(kind, workspace.Key))))],
            await LatestTestAsync(membership, cancellation));

        MailDecision Decide(CommunicationKind kind, string workspace) => MailPolicy.Decide(MailFacts.Of(membership, kind, workspace, now), now);
    }

    private Task<TestMailRow?> LatestTestAsync(Membership membership, CancellationToken cancellation)
    {
        var topic = PortalNotices.TopicOfTest(membership.Id);
        return (from test in db.Communications
                where test.Topic == topic
                orderby test.Id descending
                from mail in db.OutboxMails.Where(mail => mail.CommunicationId == test.Id).DefaultIfEmpty()
                select new TestMailRow(test.PublishedAt, mail!.Address, (MailState?)mail.State, mail.SuppressedBecause))
            .FirstOrDefaultAsync(cancellation);
    }
}
