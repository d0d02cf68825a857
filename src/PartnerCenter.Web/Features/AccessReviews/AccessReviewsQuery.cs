using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;

namespace PartnerCenter.Web.Features.AccessReviews;

/// <summary>Reads access reviews.</summary>
public sealed class AccessReviewsQuery(PartnerCenterDb db, TimeProvider time, IStringLocalizer<PortalTexts> texts, IStringLocalizer<Vocabulary> words)
{
    private const int PageSize = 50;
    private const int MostReviews = 100;

    public IReadOnlyList<string> Header =>
    [
        texts["AccessReviews.StartedBy"], texts["AccessReviews.StartedAtUtc"], texts["AccessReviews.ClosedBy"], texts["AccessReviews.ClosedAtUtc"],
        texts["AccessReviews.Member"], texts["AccessReviews.Address"], texts["AccessReviews.RoleKey"], texts["MyAccess.Role"], texts["MyAccess.Scope"],
        texts["MyAccess.GrantedBy"], texts["AccessReviews.GrantedAtUtc"], texts["AccessReviews.UntilUtc"],
        texts["AccessReviews.Decision"], texts["AccessReviews.DecidedBy"], texts["AccessReviews.DecidedAtUtc"],
    ];

    public async Task<AccessReviewsPage> ListAsync(Member member, StartReviewForm form, CancellationToken cancellation)
    {
        var rows = await Reviews(member).OrderByDescending(row => row.Review.Id).Take(MostReviews).ToListAsync(cancellation);
        var workspaces = member.ExistingWorkspaces.Where(workspace => AccessTable.RolesThatOpen(workspace).Count > 0);
        return new AccessReviewsPage([.. rows.Select(row => new AccessReviewRow(row.Review, row.Decided, row.Of))], [.. workspaces], form);
    }

    public async Task<AccessReviewPage?> FindAsync(Member member, int id, int page, CancellationToken cancellation)
    {
        if (await Reviews(member).SingleOrDefaultAsync(row => row.Review.Id == id, cancellation) is not { } row)
            return null;

        var pages = Math.Max((row.Of + PageSize - 1) / PageSize, 1);
        page = Math.Clamp(page, 1, pages);
        var items = await Items(id).Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(cancellation);
        var ids = items.Select(item => item.MembershipId).Distinct().ToList();
        var holders = await db.Memberships.AsNoTracking()
            .Include(membership => membership.Roles)
            .Where(membership => membership.OrganizationId == member.Organization.Id && ids.Contains(membership.Id))
            .ToDictionaryAsync(membership => membership.Id, cancellation);
        return new AccessReviewPage(
            new AccessReviewRow(row.Review, row.Decided, row.Of),
            [.. items.Select(item => RowFrom(item, holders.GetValueOrDefault(item.MembershipId), member.Membership))],
            page,
            pages);
    }

    /// <returns>The rows of the evidence; null if there is no such review.</returns>
    public async Task<IAsyncEnumerable<IReadOnlyList<string?>>?> EvidenceAsync(Member member, int id, CancellationToken cancellation) =>
        await Reviews(member).SingleOrDefaultAsync(row => row.Review.Id == id, cancellation) is { } row ? EvidenceOf(row.Review) : null;

    private async IAsyncEnumerable<IReadOnlyList<string?>> EvidenceOf(AccessReview review)
    {
        await foreach (var item in Items(review.Id).AsAsyncEnumerable())
        {
            yield return
            [
                review.StartedBy, CsvFile.Moment(review.StartedAt), review.ClosedBy, CsvFile.Moment(review.ClosedAt),
                item.MemberName, item.MemberAddress, item.Role, words[$"Role.{item.Role}"], item.Location ?? texts["MyAccess.EntireOrganization"],
                item.GrantedBy, CsvFile.Moment(item.GrantedAt), CsvFile.Moment(item.EndsAt),
                item.Decision is { } decision ? words[$"ReviewDecision.{decision}"] : texts["AccessReviews.Undecided"],
                item.DecidedBy, CsvFile.Moment(item.DecidedAt),
            ];
        }
    }

    private ReviewedGrantRow RowFrom(AccessReviewItem item, Membership? holder, Membership reader)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (holder?.Roles.Find(grant => grant.Id == item.RoleAssignmentId) is not { } grant || !Data.Access.AccessReviews.CanBeReviewed(holder, grant, now))
            return new ReviewedGrantRow(item, IsGone: item.Decision is null, MayNotKeep: null, MayNotRemove: null);

        var role = RoleCatalogue.Find(grant.Role)!;
        return new ReviewedGrantRow(
            item,
            IsGone: false,
            GrantPolicy.MayReview(reader, ReviewDecision.Keep, role, holder, now).RefusedBecause,
            GrantPolicy.MayReview(reader, ReviewDecision.Remove, role, holder, now).RefusedBecause);
    }

    private IQueryable<CountedReview> Reviews(Member member) => db.AccessReviews.AsNoTracking()
        .Where(review => review.OrganizationId == member.Organization.Id)
        .Select(review => new CountedReview
        {
            Review = review,
            Decided = review.Items.Count(item => item.Decision != null),
            Of = review.Items.Count,
        });

    private IQueryable<AccessReviewItem> Items(int reviewId) => db.Set<AccessReviewItem>().AsNoTracking()
        .Where(item => item.AccessReviewId == reviewId)
        .OrderBy(item => item.Id);

    // The database can filter and sort by what an object initializer names.
    private sealed class CountedReview
    {
        public required AccessReview Review { get; init; }

        public int Decided { get; init; }

        public int Of { get; init; }
    }
}
