using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Shell.Communications;

namespace PartnerCenter.Web.Features.ActionCenter;

/// <param name="Filter">What is shown.</param>
/// <param name="Chips">The filters that are set, in words.</param>
/// <param name="Counts">What waits in all.</param>
/// <param name="Rows">The rows of this page.</param>
/// <param name="HasMore">Whether a next page follows.</param>
/// <param name="Workspaces">The workspaces to filter by.</param>
/// <param name="Roles">The keys of the roles to filter by.</param>
public sealed record ActionCenterPage(
    ActionCenterFilterForm Filter,
    IReadOnlyList<ChipRow> Chips,
    CommunicationCounts Counts,
    IReadOnlyList<CommunicationRow> Rows,
    bool HasMore,
    IReadOnlyList<Workspace> Workspaces,
    IReadOnlyList<string> Roles)
{
    /// <summary>What can be done here with several items at once.</summary>
    public IReadOnlyList<CommunicationVerb> Verbs => Filter.Place switch
    {
        CommunicationPlace.Archived => [CommunicationVerb.Restore],
        CommunicationPlace.Snoozed => [CommunicationVerb.Wake],
        CommunicationPlace.Completed => [CommunicationVerb.Read, CommunicationVerb.MarkUnread],
        _ => [CommunicationVerb.Archive, CommunicationVerb.Read, CommunicationVerb.MarkUnread],
    };
}

/// <summary>A filter that is set.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="Value">What is wanted of it.</param>
/// <param name="Without">The query of the same list without it.</param>
public sealed record ChipRow(string Name, string Value, string Without);

/// <summary>What a member wants to do with several items.</summary>
public sealed class BatchForm
{
    /// <summary>Null for a word that is no verb, too.</summary>
    public CommunicationVerb? Verb { get; set; }

    public List<long> Ids { get; set; } = [];

    /// <summary>The query of the list to go back to.</summary>
    public string? Back { get; set; }
}
