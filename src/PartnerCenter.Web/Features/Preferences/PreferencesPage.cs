using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Web.Features.Preferences;

/// <param name="Form">What is decided, or what was typed.</param>
/// <param name="Address">Where mail goes now.</param>
/// <param name="Workspaces">The rows of the table.</param>
public sealed record PreferencesPage(PreferencesForm Form, string Address, IReadOnlyList<Workspace> Workspaces);
