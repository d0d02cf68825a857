using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Support;
using PartnerCenter.Domain.Support;
using PartnerCenter.Web.Shell.Support;

namespace PartnerCenter.Web.Features.SupportDesk;

/// <summary>Reads the support requests of all organizations, for operators.</summary>
public sealed class SupportDeskQuery(PartnerCenterDb db, SupportListQuery list, TimeProvider time)
{
    private const string Address = "/operator/support-requests";

    public Task<SupportList> ListAsync(SupportFilterForm filter, CancellationToken cancellation) =>
        list.ReadAsync(db.SupportRequests, SupportSide.Program, Address, filter, cancellation);

    public async Task<SupportConversation?> FindAsync(int id, CancellationToken cancellation) =>
        await db.SupportRequests.WithConversation().SingleOrDefaultAsync(request => request.Id == id, cancellation) is { } request
            ? SupportConversation.From(request, SupportSide.Program, $"{Address}/{id}", time.GetUtcNow().UtcDateTime)
            : null;
}
