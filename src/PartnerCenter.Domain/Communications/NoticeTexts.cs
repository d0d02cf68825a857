using System.Resources;
using System.Text;
using PartnerCenter.Domain.Preferences;

namespace PartnerCenter.Domain.Communications;

/// <summary>The words of what the portal itself tells people, in every language.</summary>
public static class NoticeTexts
{
    /// <summary>The name by which the portal publishes.</summary>
    public const string Publisher = "PartnerCenter";

    private static readonly ResourceManager Texts = new(typeof(PortalNotices));
    private static readonly ResourceManager Words = new(typeof(Vocabulary));

    /// <summary>Writes the title and the body in every language.</summary>
    /// <param name="communication">What is told.</param>
    /// <param name="text">The name of its text.</param>
    /// <param name="arguments">What stands in the gaps of the text, by language; what people typed is escaped.</param>
    public static Communication Telling(this Communication communication, string text, Func<string, object[]> arguments)
    {
        foreach (var language in Languages.All)
        {
            var values = arguments(language);
            communication.AddContent(
                language,
                Short(Unescape(Format($"Notice.{text}.Title", language, values))),
                Format($"Notice.{text}.Body", language, values));
        }

        return communication;
    }

    /// <summary>The names of roles.</summary>
    public static string Names(string language, IReadOnlyCollection<string> roles) => roles.Count == 0
        ? "–"
        : string.Join(", ", roles.Distinct().Select(role => Escape(Word($"Role.{role}", language))));

    /// <summary>A word of the vocabulary.</summary>
    public static string Word(string key, string language) => Words.GetString(key, Languages.CultureOf(language)) ?? key;

    /// <summary>A text of the notices.</summary>
    public static string Text(string key, string language) =>
        Texts.GetString(key, Languages.CultureOf(language)) ?? throw new InvalidOperationException($"There is no text '{key}'.");

    public static string Day(DateTime time, string language) => time.ToString("d MMMM yyyy", Languages.CultureOf(language));

    /// <summary>A moment in UTC, for whoever's time zone is not asked.</summary>
    public static string Time(DateTime time, string language) => $"{time.ToString("d MMMM yyyy HH:mm", Languages.CultureOf(language))} UTC";

    /// <summary>What people typed, for a body, which is Markdown: it must not become a link or a heading there, nor break a line of its own.</summary>
    public static string Escape(string text) => string.Concat(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        .Where(c => !char.IsControl(c))
        .Select(c => char.IsAsciiLetterOrDigit(c) || !char.IsAscii(c) || c == ' ' ? c.ToString() : $"\\{c}"));

    private static string Format(string key, string language, object[] values) =>
        string.Format(Languages.CultureOf(language), Text(key, language), values);

    private static string Short(string title) => title.Length <= Publishing.LongestTitle ? title : $"{title[..(Publishing.LongestTitle - 1)].TrimEnd()}…";

    // A title is plain text.
    private static string Unescape(string text)
    {
        var plain = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
                i++;
            plain.Append(text[i]);
        }

        return plain.ToString();
    }
}
