using PartnerCenter.Domain.Communications;

namespace PartnerCenter.Data.Communications;

/// <summary>The lists in which a reader finds communications.</summary>
public enum CommunicationPlace
{
    /// <summary>Actions that are open and neither archived nor put off.</summary>
    Actions,

    /// <summary>Notifications that are not archived.</summary>
    Notifications,

    Completed,

    Archived,

    /// <summary>Actions that were put off, until their day comes.</summary>
    Snoozed,

    /// <summary>Promotional notifications, the archived ones too.</summary>
    Announcements,
}

/// <summary>What a list is sorted by.</summary>
public enum CommunicationSort
{
    /// <summary>
    /// As it presses: overdue, then mandatory by due date, then recommended by due date. Notifications: the newest first. Completed and
    /// archived items: the latest first; put-off ones: the first to come back first.
    /// </summary>
    Urgency,

    Title,

    Kind,

    Published,

    /// <summary>By due date; what has none comes last, either way.</summary>
    Due,
}

/// <summary>How a due date has to stand.</summary>
public enum DueFilter
{
    Overdue,

    /// <summary>Due within seven days, and not overdue.</summary>
    Soon,

    /// <summary>Without a due date.</summary>
    None,
}

/// <summary>Narrows a list. Nothing set means everything.</summary>
public sealed record CommunicationFilter
{
    public static readonly TimeSpan Soon = TimeSpan.FromDays(7);

    public string? Workspace { get; init; }

    public CommunicationKind? Kind { get; init; }

    public DueFilter? Due { get; init; }

    /// <summary>Only what the reader has not read.</summary>
    public bool Unread { get; init; }

    /// <summary>The first day of publication.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day of publication, included.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The key of the role that must have brought it.</summary>
    public string? Role { get; init; }

    /// <summary>Words that must stand in the title or the text.</summary>
    public string? Text { get; init; }
}

/// <summary>What a list shows, and in which order.</summary>
/// <param name="Place">Which list.</param>
/// <param name="Filter">What of it.</param>
/// <param name="Sort">In which order: one of <see cref="SortsOf"/>.</param>
/// <param name="Descending">The other way round; how much something presses has only one.</param>
public sealed record Listing(
    CommunicationPlace Place, CommunicationFilter Filter, CommunicationSort Sort = CommunicationSort.Urgency, bool Descending = false)
{
    private static readonly IReadOnlyList<CommunicationKind> Promotional = [.. CommunicationPolicy.Published.Where(CommunicationPolicy.IsPromotional)];

    /// <summary>Whether the list is of the past, or of later: sorted by the moment that puts an item there.</summary>
    internal bool IsDated => Place is CommunicationPlace.Completed or CommunicationPlace.Archived or CommunicationPlace.Snoozed;

    /// <summary>Whether the greatest comes first: the latest day, the last letter.</summary>
    public bool IsDescending => Sort == CommunicationSort.Urgency
        ? (Place is not (CommunicationPlace.Actions or CommunicationPlace.Snoozed)) != (Descending && IsDated)
        : Descending;

    /// <summary>The orders that a list can have.</summary>
    public static IReadOnlyList<CommunicationSort> SortsOf(CommunicationPlace place) => place switch
    {
        CommunicationPlace.Actions => Enum.GetValues<CommunicationSort>(),
        CommunicationPlace.Notifications => [CommunicationSort.Urgency, CommunicationSort.Title, CommunicationSort.Kind, CommunicationSort.Published],
        CommunicationPlace.Announcements => [CommunicationSort.Urgency],
        _ => [CommunicationSort.Urgency, CommunicationSort.Title, CommunicationSort.Published],
    };

    /// <summary>The kinds that a list can have.</summary>
    public static IReadOnlyList<CommunicationKind> KindsOf(CommunicationPlace place) => place switch
    {
        CommunicationPlace.Notifications => CommunicationPolicy.Notifications,
        CommunicationPlace.Announcements => Promotional,
        CommunicationPlace.Archived => CommunicationPolicy.Published,
        _ => CommunicationPolicy.Actions,
    };
}

/// <summary>The first items of a list, where a page shows a little of it.</summary>
/// <param name="Place">Actions or notifications.</param>
/// <param name="Most">How many items there may be.</param>
public sealed record Glance(CommunicationPlace Place, int Most)
{
    /// <summary>Only what is critical.</summary>
    public bool IsCritical { get; init; }

    /// <summary>Only what belongs to this workspace.</summary>
    public string? Workspace { get; init; }

    /// <summary>The critical actions that press most.</summary>
    public static Glance Critical(int most) => new(CommunicationPlace.Actions, most) { IsCritical = true };
}

/// <summary>One page of a list.</summary>
/// <param name="Rows">The rows of this page.</param>
/// <param name="HasMore">Whether a next page follows.</param>
public sealed record CommunicationList(IReadOnlyList<VisibleCommunication> Rows, bool HasMore);

/// <summary>What stands before and after an item in a list.</summary>
public sealed record Neighbors(long? Previous, long? Next);
