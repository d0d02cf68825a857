using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Web.Shell.Preferences;

/// <summary>What the parts of a page show that ask for decisions about mail.</summary>
/// <param name="Form">What is decided, or what was typed.</param>
/// <param name="Workspaces">The rows of the table.</param>
public sealed record MailChoices(MailChoicesForm Form, IReadOnlyList<Workspace> Workspaces);
