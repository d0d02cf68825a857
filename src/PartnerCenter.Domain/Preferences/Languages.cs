using System.Globalization;

namespace PartnerCenter.Domain.Preferences;

/// <summary>The languages of pages, mails and communications, as ISO 639-1 codes.</summary>
public static class Languages
{
    public const string English = "en";
    public const string Dutch = "nl";

    /// <summary>The language that every communication must have; whoever reads another one falls back to it.</summary>
    public const string Default = English;

    private static readonly Dictionary<string, CultureInfo> Cultures = new()
    {
        [English] = CultureInfo.GetCultureInfo("en-GB"),
        [Dutch] = CultureInfo.GetCultureInfo("nl-NL"),
    };

    public static IReadOnlyList<string> All { get; } = [English, Dutch];

    /// <summary>How dates and numbers are written in a language. A bare "en" would write dates the American way round.</summary>
    public static CultureInfo CultureOf(string language) => Cultures.GetValueOrDefault(language, Cultures[Default]);
}
