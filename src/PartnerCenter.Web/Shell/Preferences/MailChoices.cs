using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Web.Shell.Preferences;

/// <summary>What the parts of a page show that ask for decisions about mail.</summary>
/// <param name="Form">What is decided, or what was typed.</param>
/// <param name="Workspaces">The rows of the table.</param>
public sealed record MailChoices(MailChoicesForm Form, IReadOnlyList<Workspace> Workspaces)
{
    /// <summary>What the decisions of a cell come to.</summary>
    /// <param name="kind">The column.</param>
    /// <param name="workspace">The key of the row; null for that of all workspaces.</param>
    /// <returns>Null for a row of all workspaces in which they differ.</returns>
    public bool? IsSent(CommunicationKind kind, string? workspace)
    {
        if (workspace is not null)
            return ChoicePolicy.IsSent(row => Form.Wants(kind, row), workspace);
        if (!Form.Wants(kind, workspace: null))
            return false;
        return Workspaces.All(row => IsSent(kind, row.Key) == true) ? true : null;
    }
}
