using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Mail.Dispatch;
using PartnerCenter.Web.Security;

namespace PartnerCenter.Web.Features.Feeds;

/// <summary>Reads which private addresses a member has.</summary>
public sealed class FeedsQuery(FeedLinks links, PortalAddress portal)
{
    /// <param name="member">Whose addresses.</param>
    /// <param name="secretOf">The secret of one that was just made.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<FeedsPage> ReadAsync(Member member, Func<FeedKind, string?> secretOf, CancellationToken cancellation)
    {
        var mine = await links.OfMemberAsync(member.Membership.Id, cancellation);
        return new FeedsPage([.. Enum.GetValues<FeedKind>().Select(kind => new FeedRow(
            kind,
            mine.FirstOrDefault(link => link.Kind == kind),
            secretOf(kind) is { } secret ? portal.At(PathOf(kind, secret)) : null))]);
    }

    private static string PathOf(FeedKind kind, string secret) => kind switch
    {
        FeedKind.Calendar => $"/calendar/{secret}.ics",
        FeedKind.Notifications => $"/feeds/{secret}.atom",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };
}
