using PartnerCenter.Data.Preferences;

namespace PartnerCenter.Web.Features.ImportPreferences;

public sealed record ImportPreferencesPage
{
    /// <summary>How many rows a page shows of a file.</summary>
    public const int MostShown = 500;

    /// <summary>What the file would do; null before one was sent.</summary>
    public PreferenceImportPlan? Plan { get; init; }

    /// <summary>The file, to come back with the confirmation.</summary>
    public string Content { get; init; } = "";

    /// <summary>Whether the plan is another one than the reader had confirmed.</summary>
    public bool HasChanged { get; init; }

    /// <summary>The lines, with those first that need a look.</summary>
    public IEnumerable<PreferenceImportStep> Steps => (Plan?.Steps ?? []).OrderBy(step => step.Effect).Take(MostShown);
}
