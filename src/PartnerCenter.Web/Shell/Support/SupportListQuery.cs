using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Support;
using PartnerCenter.Domain.Support;

namespace PartnerCenter.Web.Shell.Support;

/// <summary>Reads lists of support requests, for partners and for the program alike.</summary>
public sealed class SupportListQuery(TimeProvider time)
{
    private const int PageSize = 25;

    /// <param name="requests">The requests that the reader may see.</param>
    /// <param name="side">For whom.</param>
    /// <param name="address">Where the list is.</param>
    /// <param name="filter">Which of them are asked for.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<SupportList> ReadAsync(
        IQueryable<SupportRequest> requests, SupportSide side, string address, SupportFilterForm filter, CancellationToken cancellation)
    {
        filter.KeepWhatCounts();
        var rows = await ReadAsync(Filtered(requests, filter), side, (filter.Page - 1) * PageSize, PageSize + 1, cancellation);
        return new SupportList(side, address, filter, [.. rows.Take(PageSize)], rows.Count > PageSize);
    }

    /// <summary>The first requests of a list: those whose turn is with the reader's side, and of these what was last written to.</summary>
    public Task<IReadOnlyList<SupportListRow>> FirstAsync(
        IQueryable<SupportRequest> requests, SupportSide side, int most, CancellationToken cancellation) =>
        ReadAsync(requests, side, skip: 0, most, cancellation);

    private async Task<IReadOnlyList<SupportListRow>> ReadAsync(
        IQueryable<SupportRequest> requests, SupportSide side, int skip, int most, CancellationToken cancellation)
    {
        var first = SupportRequestPolicy.TurnOf(side);
        var rows = await requests.AsNoTracking()
            .OrderBy(request => request.State == first ? 0 : 1)
            .ThenByDescending(request => request.ChangedAt)
            .ThenByDescending(request => request.Id)
            .Skip(skip)
            .Take(most)
            .Select(request => new { Request = request, request.Requester.Person.Name, Organization = request.Requester.Organization.Name })
            .ToListAsync(cancellation);
        var now = time.GetUtcNow().UtcDateTime;
        return [.. rows.Select(row => RowOf(row.Request, row.Name, row.Organization, now))];
    }

    private static SupportListRow RowOf(SupportRequest request, string requester, string organization, DateTime now) => new(
        request.Id, request.Summary, request.Workspace, request.StateAt(now), requester, organization, request.CreatedAt, request.ChangedAt);

    private IQueryable<SupportRequest> Filtered(IQueryable<SupportRequest> requests, SupportFilterForm filter)
    {
        if (filter.State is { } state)
            requests = requests.In(state, time.GetUtcNow().UtcDateTime);
        if (filter.Words is not { } words)
            return requests;
        if (int.TryParse(words.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return requests.Where(request => request.Id == number);
        var pattern = LikePattern.Containing(words);
        return requests.Where(request => EF.Functions.Like(request.Summary, pattern, LikePattern.Escape));
    }
}
