namespace PartnerCenter.Web.Shell.Help;

/// <summary>An article in one language.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Summary">What it is about, in one sentence.</param>
/// <param name="Body">The rest, as Markdown.</param>
public sealed record HelpText(string Title, string Summary, string Body)
{
    private const string TitleMark = "# ";

    /// <summary>Reads an article: a heading, a paragraph, and the rest.</summary>
    /// <exception cref="FormatException">It begins otherwise.</exception>
    public static HelpText Parse(string markdown)
    {
        var parts = markdown.ReplaceLineEndings("\n").Split("\n\n", 3, StringSplitOptions.TrimEntries);
        return parts is [var title, var summary, var body] && title.StartsWith(TitleMark, StringComparison.Ordinal)
            ? new HelpText(title[TitleMark.Length..], summary, body)
            : throw new FormatException("An article is a heading, one paragraph that sums it up, and the rest, with an empty line between them.");
    }
}
