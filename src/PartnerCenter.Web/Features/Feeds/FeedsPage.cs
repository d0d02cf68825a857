using PartnerCenter.Domain.Communications;

namespace PartnerCenter.Web.Features.Feeds;

/// <param name="Rows">A row for each kind of feed.</param>
public sealed record FeedsPage(IReadOnlyList<FeedRow> Rows);

/// <param name="Kind">What it tells.</param>
/// <param name="Link">The link that the member has; null for none.</param>
/// <param name="Address">Its whole address, right after it was made and never again.</param>
public sealed record FeedRow(FeedKind Kind, FeedLink? Link, Uri? Address);
