using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Preferences;

namespace PartnerCenter.Web.Features.Operator;

/// <summary>Reads the operator's pages.</summary>
public sealed class OperatorQuery(PartnerCenterDb db)
{
    private const int MostRows = 100;

    public async Task<OperatorPage> ListAsync(CancellationToken cancellation) => new(await (
            from communication in db.Communications.AsNoTracking()
            join content in db.CommunicationContents.Where(content => content.Language == Languages.Default)
                on communication.Id equals content.CommunicationId
            where CommunicationPolicy.Published.Contains(communication.Kind)
            orderby communication.Id descending
            select new PublishedRow(
                communication.Id, content.Title, communication.Kind, communication.Workspace, communication.PublishedAt, communication.PublishedBy))
        .Take(MostRows)
        .ToListAsync(cancellation));

    public async Task<NewCommunicationPage> NewAsync(PublishForm form, CancellationToken cancellation) => new(
        form,
        await db.Organizations.AsNoTracking()
            .OrderBy(organization => organization.Name)
            .Select(organization => new OrganizationRow(organization.Key, organization.Name))
            .ToListAsync(cancellation));

    public async Task<PublishedPage?> FindAsync(long id, CancellationToken cancellation)
    {
        var communication = await db.Communications.AsNoTracking()
            .Include(communication => communication.Contents)
            .Include(communication => communication.Targets)
            .AsSplitQuery()
            .SingleOrDefaultAsync(communication => communication.Id == id, cancellation);
        return communication is null || !CommunicationPolicy.IsShownInPortal(communication.Kind)
            ? null
            : new PublishedPage(
                communication,
                communication.Contents.Single(content => content.Language == Languages.Default),
                await db.CountDeliveryAsync(id, cancellation));
    }
}
