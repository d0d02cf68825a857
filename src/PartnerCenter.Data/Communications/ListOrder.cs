using PartnerCenter.Domain.Communications;

namespace PartnerCenter.Data.Communications;

/// <summary>
/// The order of a list of open items, as the indexes can give it: within one addressee and kind it is always by due date or by id, and
/// pages of all of them are merged. It also says where each range goes on from a place in the list, in either direction.
/// </summary>
internal sealed class ListOrder
{
    private readonly DateTime _now;
    private readonly CommunicationSort _sort;
    private readonly bool _descending;
    private readonly bool _backward;

    /// <param name="listing">What is listed.</param>
    /// <param name="backward">Walks from the end to the beginning.</param>
    /// <param name="now">The time in UTC.</param>
    public ListOrder(Listing listing, bool backward, DateTime now)
    {
        // News do not press: the newest is what matters.
        var isNews = listing is { Place: CommunicationPlace.Notifications or CommunicationPlace.Announcements, Sort: CommunicationSort.Urgency };
        _sort = isNews ? CommunicationSort.Published : listing.Sort;
        _descending = listing.IsDescending;
        (_backward, _now) = (backward, now);
    }

    /// <summary>Whether ranges are walked by due date; by id otherwise.</summary>
    public bool IsByDue => _sort != CommunicationSort.Published;

    /// <summary>Whether each range is walked from its end.</summary>
    public bool IsDescending => (_descending && _sort != CommunicationSort.Kind) != _backward;

    /// <summary>Merges what the ranges gave.</summary>
    public IEnumerable<long> Merge(IEnumerable<ListPosition> hits)
    {
        var distinct = hits.DistinctBy(hit => hit.Id);
        return (_backward ? distinct.OrderDescending(Comparer<ListPosition>.Create(Compare)) : distinct.Order(Comparer<ListPosition>.Create(Compare)))
            .Select(hit => hit.Id);
    }

    /// <summary>What is left of a kind after a place in the list: nothing, one range, or two where the index has them the other way round.</summary>
    public IReadOnlyList<ListRange> RangesOf(CommunicationKind kind, ListPosition? after)
    {
        if (_sort == CommunicationSort.Due && _descending)
            return [.. DueThenNot(after)];
        if (after is not { } place)
            return [new ListRange()];
        var (number, other) = ((int)kind, place.Kind);
        var isSame = number == other;
        return _sort switch
        {
            CommunicationSort.Urgency when isSame => [new ListRange { After = place }],
            CommunicationSort.Urgency => AcrossUrgency(place, isLaterKind: number > other) is { } rest ? [rest] : [],
            CommunicationSort.Kind when isSame => [new ListRange { After = place }],
            CommunicationSort.Kind => (number > other) != (_descending != _backward) ? [new ListRange()] : [],
            _ => [new ListRange { After = place }],
        };
    }

    // What has no due date stands behind all dates in the index, so that it would come first from its end.
    private IEnumerable<ListRange> DueThenNot(ListPosition? after)
    {
        var isDue = after?.DueAt < CommunicationTarget.NoDueDate;
        if (after is null || isDue || _backward)
            yield return new ListRange { DueBefore = CommunicationTarget.NoDueDate, After = isDue ? after : null };
        if (after is null || !isDue || !_backward)
            yield return new ListRange { DueFrom = CommunicationTarget.NoDueDate, After = isDue ? null : after };
    }

    // Overdue items of all kinds come first, then those of each kind that are not due yet.
    private ListRange? AcrossUrgency(ListPosition place, bool isLaterKind)
    {
        var isOverdue = place.DueAt < _now;
        return (_backward, isOverdue, isLaterKind) switch
        {
            (false, true, true) or (true, false, false) => new ListRange(),
            (false, true, false) or (false, false, true) => new ListRange { DueFrom = _now },
            (true, true, false) or (true, false, true) => new ListRange { DueBefore = _now },
            _ => null,
        };
    }

    private int Compare(ListPosition one, ListPosition other) => _sort switch
    {
        CommunicationSort.Urgency => First(
            (one.DueAt < _now ? 0 : 1).CompareTo(other.DueAt < _now ? 0 : 1), one.Kind.CompareTo(other.Kind), ByDue(one, other)),
        CommunicationSort.Kind => First(Turned(one.Kind.CompareTo(other.Kind)), ByDue(one, other), 0),
        CommunicationSort.Due => First(IsUndated(one).CompareTo(IsUndated(other)), Turned(ByDue(one, other)), 0),
        _ => Turned(one.Id.CompareTo(other.Id)),
    };

    private static bool IsUndated(ListPosition item) => item.DueAt == CommunicationTarget.NoDueDate;

    private int Turned(int comparison) => _descending ? -comparison : comparison;

    private static int ByDue(ListPosition one, ListPosition other) => First(one.DueAt.CompareTo(other.DueAt), one.Id.CompareTo(other.Id), 0);

    private static int First(int one, int two, int three) => one != 0 ? one : two != 0 ? two : three;
}

/// <summary>Where an open item stands in a list.</summary>
/// <param name="Id">The communication.</param>
/// <param name="Kind">A <see cref="CommunicationKind"/> as its number.</param>
/// <param name="DueAt">Its due date as <see cref="CommunicationTarget"/> has it.</param>
internal readonly record struct ListPosition(long Id, int Kind, DateTime DueAt);

/// <summary>A part of the items of one addressee and kind.</summary>
internal sealed record ListRange
{
    /// <summary>Only what comes after it, in the direction of the walk.</summary>
    public ListPosition? After { get; init; }

    public DateTime? DueFrom { get; init; }

    public DateTime? DueBefore { get; init; }
}
