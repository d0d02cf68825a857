using System.Text;
using System.Xml;

namespace PartnerCenter.Web.Shell.Feeds;

/// <summary>Text as calendars and feed readers can take it.</summary>
public static class FeedText
{
    /// <summary>The text without control characters, which neither format has a way to write, and without halves of characters.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value))
                clean.Append(rune);
        }

        return clean.ToString();
    }
}
