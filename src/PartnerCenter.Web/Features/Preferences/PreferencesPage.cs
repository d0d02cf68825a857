using PartnerCenter.Web.Shell.Preferences;

namespace PartnerCenter.Web.Features.Preferences;

/// <param name="Choices">What is decided, or what was typed.</param>
/// <param name="Contact">Where mail goes now.</param>
public sealed record PreferencesPage(MailChoices Choices, ContactStanding Contact);

/// <param name="Form">What was typed.</param>
/// <param name="Changes">What would be different.</param>
public sealed record PreferencesReviewPage(MailChoicesForm Form, IReadOnlyList<PreferenceChangeRow> Changes);

/// <param name="What">What changes, in words.</param>
/// <param name="Before">How it is.</param>
/// <param name="After">How it will be.</param>
public sealed record PreferenceChangeRow(string What, string Before, string After);
