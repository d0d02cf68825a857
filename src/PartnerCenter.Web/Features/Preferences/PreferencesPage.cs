using PartnerCenter.Web.Shell.Preferences;

namespace PartnerCenter.Web.Features.Preferences;

/// <param name="Choices">What is decided, or what was typed.</param>
/// <param name="Contact">Where mail goes now.</param>
public sealed record PreferencesPage(MailChoices Choices, ContactStanding Contact);
