using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Web.Shell.Preferences;

/// <summary>What the parts of a page show that ask for decisions about mail.</summary>
/// <param name="Form">What is decided, or what was typed.</param>
/// <param name="Workspaces">The rows of the table.</param>
public sealed record MailChoices(MailChoicesForm Form, IReadOnlyList<Workspace> Workspaces)
{
    /// <summary>What the decisions of a cell come to: a row of all workspaces that is off counts for each of them.</summary>
    /// <param name="kind">The column.</param>
    /// <param name="workspace">The key of the row; null for that of all workspaces.</param>
    /// <returns>Null for a row of all workspaces in which they differ.</returns>
    public bool? IsSent(CommunicationKind kind, string? workspace)
    {
        if (!Form.Wants(kind, workspace: null))
            return false;
        if (workspace is not null)
            return Form.Wants(kind, workspace);
        return Workspaces.All(row => Form.Wants(kind, row.Key)) ? true : null;
    }
}
