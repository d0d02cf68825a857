using System.Globalization;
using System.Text;

namespace PartnerCenter.Web.Shell.Search;

/// <summary>Takes a text apart into words as search compares them: in small letters, without accents.</summary>
public static class SearchWords
{
    private const int NoCharacter = 0xFFFE;

    /// <summary>The words of a text, in their order.</summary>
    public static IEnumerable<string> Of(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in Readable(text).Normalize(NormalizationForm.FormD).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                word.Append(Rune.ToLowerInvariant(rune));
            }
            else if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark && word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }

        if (word.Length > 0)
            yield return word.ToString();
    }

    // Normalizing fails on what no text has in it: this one, and half a pair of surrogates, for which the replacement comes by itself.
    private static string Readable(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => rune.Value == NoCharacter ? Rune.ReplacementChar : rune));
}
