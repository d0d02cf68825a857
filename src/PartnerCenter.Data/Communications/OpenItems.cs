using PartnerCenter.Domain.Communications;

namespace PartnerCenter.Data.Communications;

/// <summary>
/// What is open for a reader now, without its texts: what is counted exactly has to be read anyway, so what a page shows a little of
/// is chosen from it.
/// </summary>
internal sealed class OpenItems
{
    private readonly ILookup<long, OpenRow> _ways;
    private readonly IReadOnlyList<Item> _items;
    private readonly DateTime _now;

    /// <param name="reader">Whose items they are.</param>
    /// <param name="rows">What is open, once for each way by which it came.</param>
    /// <param name="now">The time in UTC.</param>
    public OpenItems(Reader reader, IEnumerable<OpenRow> rows, DateTime now)
    {
        _now = now;
        _ways = rows.ToLookup(row => row.Id);
        _items = [.. _ways.Select(ways => Item.From(reader, ways.First(), ways))];
        var actions = _items.Where(item => CommunicationPolicy.IsAction(item.Kind)).ToList();
        Counts = new CommunicationCounts(
            OpenMandatory: _items.Count(item => CommunicationPolicy.IsCritical(item.Kind)),
            OpenActions: actions.Count,
            Notifications: _items.Count - actions.Count,
            Badge: _items.Count(item => CommunicationPolicy.IsCritical(item.Kind) || !item.IsRead),
            OpenActionsByWorkspace: actions.GroupBy(item => item.Workspace).ToDictionary(group => group.Key, group => group.Count()));
    }

    public CommunicationCounts Counts { get; }

    /// <summary>What somebody who gained access later is mailed, too.</summary>
    public IReadOnlyList<long> ForLatecomers => [.. _items.Where(item => CommunicationPolicy.IsMailedToLatecomers(item.Kind)).Select(item => item.Id)];

    /// <summary>The first ids of a list of open items.</summary>
    public IEnumerable<long> FirstOf(Glance glance)
    {
        var kinds = Listing.KindsOf(glance.Place).Where(kind => !glance.IsCritical || CommunicationPolicy.IsCritical(kind)).ToList();
        var order = new ListOrder(new Listing(glance.Place, new()), backward: false, _now);
        return order
            .Merge(_items
                .Where(item => kinds.Contains(item.Kind) && (glance.Workspace is null || glance.Workspace == item.Workspace))
                .Select(item => new ListPosition(item.Id, (int)item.Kind, item.DueAt)))
            .Take(glance.Most);
    }

    /// <summary>What the reader has left on open items: they are neither archived nor put off nor done.</summary>
    public IReadOnlyDictionary<long, ItemMarks> MarksOf(IEnumerable<long> ids) => ids.ToDictionary(id => id, id => new ItemMarks
    {
        Arrivals = [.. _ways[id].Select(way => way.Arrival)],
        ReadAt = _ways[id].First().ReadAt,
        IsMarkedUnread = _ways[id].First().IsMarkedUnread == true,
        IsHandedOver = _ways[id].First().IsHandedOver,
    });

    private readonly record struct Item(long Id, CommunicationKind Kind, string Workspace, DateTime DueAt, bool IsRead)
    {
        public static Item From(Reader reader, OpenRow row, IEnumerable<OpenRow> ways) => new(
            row.Id,
            (CommunicationKind)row.Kind,
            row.Workspace,
            row.DueAt,
            reader.HasRead(row.Id, row.ReadAt, row.IsMarkedUnread == true, ways.Select(way => way.Arrival)));
    }
}

/// <summary>An open item as one way brought it.</summary>
internal sealed class OpenRow
{
    public required long Id { get; init; }

    public required string Addressee { get; init; }

    public required bool IsEscalation { get; init; }

    /// <summary>A <see cref="CommunicationKind"/> as its number.</summary>
    public required int Kind { get; init; }

    public required string Workspace { get; init; }

    public required DateTime DueAt { get; init; }

    public DateTime? ReadAt { get; init; }

    public bool? IsMarkedUnread { get; init; }

    public required bool IsHandedOver { get; init; }

    public Arrival Arrival => new(Addressee, IsEscalation);
}
