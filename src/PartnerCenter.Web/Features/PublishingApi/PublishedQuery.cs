using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Communications;

namespace PartnerCenter.Web.Features.PublishingApi;

/// <summary>Reads what a publisher has published; what another one did is not there.</summary>
public sealed class PublishedQuery(PartnerCenterDb db)
{
    public async Task<CommunicationAnswer?> FindAsync(string apiKeyId, long id, CancellationToken cancellation)
    {
        var communication = await db.IdempotentRequests.AsNoTracking()
            .Where(request => request.ApiKeyId == apiKeyId && request.CommunicationId == id)
            .Select(request => request.Communication)
            .FirstOrDefaultAsync(cancellation);
        return communication is null ? null : CommunicationAnswer.From(communication, await db.CountDeliveryAsync(id, cancellation));
    }
}
