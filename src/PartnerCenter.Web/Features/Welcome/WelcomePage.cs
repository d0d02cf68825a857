using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Shell.Preferences;

namespace PartnerCenter.Web.Features.Welcome;

/// <param name="Form">What is decided, or what was typed.</param>
/// <param name="Workspaces">The rows of the table of choices.</param>
/// <param name="Contact">Where mail goes now.</param>
/// <param name="SignInAddress">The address that the person signs in with.</param>
public sealed record WelcomePage(WelcomeForm Form, IReadOnlyList<Workspace> Workspaces, ContactStanding Contact, string SignInAddress)
{
    public MailChoices Choices => new(Form, Workspaces);
}
