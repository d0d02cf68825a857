using System.ComponentModel.DataAnnotations;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Shell.Communications;

namespace PartnerCenter.Web.Features.ActionCenter;

/// <summary>The lists of the Action Center.</summary>
public enum ActionCenterView
{
    Actions,
    Notifications,
    Completed,
    Archived,
}

/// <summary>What the address asks for: it is the state of the page, so that it can be kept and sent on.</summary>
public sealed class ActionCenterFilterForm
{
    public ActionCenterView View { get; set; }

    public string? Workspace { get; set; }

    public string? Kind { get; set; }

    [Range(1, 1000)]
    public int Page { get; set; } = 1;
}

/// <summary>What a member says when completing an action.</summary>
public sealed class CompleteForm
{
    [StringLength(1000, ErrorMessage = "Form.TooLong")]
    public string? Note { get; set; }
}

/// <param name="Filter">What is shown.</param>
/// <param name="Counts">What waits in all.</param>
/// <param name="Rows">The rows of this page.</param>
/// <param name="HasMore">Whether a next page follows.</param>
/// <param name="Workspaces">The workspaces to filter by.</param>
public sealed record ActionCenterPage(
    ActionCenterFilterForm Filter,
    CommunicationCounts Counts,
    IReadOnlyList<CommunicationRow> Rows,
    bool HasMore,
    IReadOnlyList<Workspace> Workspaces)
{
    public bool IsFiltered => Filter.Workspace is not null || Filter.Kind is not null;

    /// <summary>The address of this list with something changed.</summary>
    public string QueryFor(ActionCenterView view, int page = 1)
    {
        var parts = new List<string> { $"view={view.ToString().ToLowerInvariant()}" };
        if (Filter.Workspace is { } workspace)
            parts.Add($"workspace={Uri.EscapeDataString(workspace)}");
        if (Filter.Kind is { } kind && view == Filter.View)
            parts.Add($"kind={Uri.EscapeDataString(kind)}");
        if (page > 1)
            parts.Add($"page={page}");
        return "?" + string.Join('&', parts);
    }
}

/// <param name="Communication">The communication.</param>
/// <param name="Form">What was typed.</param>
public sealed record CommunicationPage(VisibleCommunication Communication, CompleteForm Form);
