namespace PartnerCenter.Domain.Workspaces;

/// <summary>The workspaces that a member wants at the front of the dashboard, in the member's order; all others follow in that of the catalogue.</summary>
public sealed class TilePins
{
    /// <summary>How many can be pinned: more is no front.</summary>
    public const int Most = 8;

    private const char Between = ',';

    private readonly List<string> _keys;

    private TilePins(IEnumerable<string> keys) => _keys = [.. keys.Distinct().Take(Most)];

    /// <summary>The keys of the pinned workspaces, the first one first. One that is gone may be among them.</summary>
    public IReadOnlyList<string> Keys => _keys;

    /// <summary>Reads what <see cref="Write"/> wrote; null for a member who pinned nothing.</summary>
    public static TilePins Read(string? pins) => new((pins ?? "").Split(Between, StringSplitOptions.RemoveEmptyEntries));

    public string? Write() => _keys.Count == 0 ? null : string.Join(Between, _keys);

    /// <summary>What can be done with the tile of a workspace.</summary>
    public IEnumerable<TileMove> MovesOf(string workspace)
    {
        var place = _keys.IndexOf(workspace);
        if (place < 0)
            return _keys.Count < Most ? [TileMove.Pin] : [];

        return new[] { TileMove.Unpin, TileMove.Earlier, TileMove.Later }
            .Where(move => move != TileMove.Earlier || place > 0)
            .Where(move => move != TileMove.Later || place < _keys.Count - 1);
    }

    /// <summary>The pins after a move. What cannot be done changes nothing: somebody may have done it in another window.</summary>
    public TilePins After(TileMove move, string workspace)
    {
        if (!MovesOf(workspace).Contains(move))
            return this;

        var place = _keys.IndexOf(workspace);
        var keys = _keys.Where(key => key != workspace).ToList();
        if (move == TileMove.Pin)
            keys.Add(workspace);
        else if (move != TileMove.Unpin)
            keys.Insert(move == TileMove.Earlier ? place - 1 : place + 1, workspace);
        return new(keys);
    }

    /// <summary>Workspaces in the order in which the member wants to see them.</summary>
    public IEnumerable<Workspace> Order(IEnumerable<Workspace> workspaces) =>
        workspaces.OrderBy(workspace => _keys.IndexOf(workspace.Key) is var place and >= 0 ? place : _keys.Count);
}

/// <summary>What a member can do with a tile.</summary>
public enum TileMove
{
    /// <summary>Behind those that are pinned already.</summary>
    Pin,
    Unpin,
    Earlier,
    Later,
}
