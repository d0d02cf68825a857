using PartnerCenter.Domain.Communications;

namespace PartnerCenter.Data.Communications;

/// <summary>Which announcements are wanted. Nothing set means everything.</summary>
public sealed record AnnouncementFilter
{
    /// <summary>The numbers of the kinds that are announcements.</summary>
    internal static readonly List<int> Kinds = [.. CommunicationPolicy.Published.Where(CommunicationPolicy.IsPromotional).Select(kind => (int)kind)];

    public string? Workspace { get; init; }

    /// <summary>The first day of the month of publication.</summary>
    public DateOnly? Month { get; init; }

    /// <summary>Only what was published before this communication: where the next page goes on.</summary>
    public long? Before { get; init; }

    internal IQueryable<CommunicationTarget> On(IQueryable<CommunicationTarget> targets)
    {
        if (Workspace is { } workspace)
            targets = targets.Where(target => target.Workspace == workspace);
        if (Before is { } before)
            targets = targets.Where(target => target.CommunicationId < before);
        if (Month is { } month)
        {
            var start = month.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
            var end = start.AddMonths(1);
            targets = targets.Where(target => target.Communication.PublishedAt >= start && target.Communication.PublishedAt < end);
        }

        return targets;
    }
}
