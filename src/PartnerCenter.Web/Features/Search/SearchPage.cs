using PartnerCenter.Web.Shell.Communications;

namespace PartnerCenter.Web.Features.Search;

/// <param name="Words">What was searched for.</param>
public sealed record SearchPage(string Words)
{
    /// <summary>Pages and workspaces that the member may open.</summary>
    public IReadOnlyList<SearchRow> Destinations { get; init; } = [];

    /// <summary>Workspaces that no role of the member opens, each with the way to ask for one.</summary>
    public IReadOnlyList<SearchRow> Closed { get; init; } = [];

    public IReadOnlyList<SearchRow> Articles { get; init; } = [];

    /// <summary>Communications that the member may see.</summary>
    public IReadOnlyList<CommunicationRow> Communications { get; init; } = [];

    /// <summary>People of the organization, for those who may see everybody's roles.</summary>
    public IReadOnlyList<SearchRow> People { get; init; } = [];

    /// <summary>How many there are in all.</summary>
    public int Count => Destinations.Count + Closed.Count + Articles.Count + Communications.Count + People.Count;
}

/// <param name="Title">What it is called.</param>
/// <param name="Text">More about it.</param>
/// <param name="Icon">The name of its icon.</param>
/// <param name="Address">Where it leads.</param>
public sealed record SearchRow(string Title, string Text, string Icon, string Address)
{
    /// <summary>The language of the title, where it may be another than that of the page.</summary>
    public string? Language { get; init; }
}
