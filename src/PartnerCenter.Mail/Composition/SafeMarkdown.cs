using System.Text;
using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace PartnerCenter.Mail.Composition;

/// <summary>
/// Shows what publishers write in Markdown. Raw HTML is shown as text, images are dropped, and a link that is neither https, http
/// nor mailto loses its address: Markdig on its own lets <c>javascript:</c> through.
/// </summary>
public static class SafeMarkdown
{
    private const int HeadingsStartAt = 3;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().Build();

    private static readonly string[] AllowedSchemes = [Uri.UriSchemeHttps, Uri.UriSchemeHttp, Uri.UriSchemeMailto];

    /// <summary>HTML that can stand in a page or a mail as it is.</summary>
    public static string ToHtml(string markdown) => Parse(markdown) is { } document ? document.ToHtml(Pipeline) : Escaped(markdown);

    /// <summary>The text with its structure in plain characters, for the text part of a mail.</summary>
    public static string ToText(string markdown)
    {
        if (Parse(markdown) is not { } document)
            return markdown;

        var text = new StringBuilder();
        WriteBlocks(document, text, indent: "");
        return text.ToString().Trim();
    }

    /// <summary>The beginning in one line, for a list.</summary>
    /// <param name="markdown">The text, or its beginning.</param>
    /// <param name="most">How many characters the line may have.</param>
    public static string ToLine(string markdown, int most)
    {
        var line = string.Join(' ', ToText(markdown).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= most)
            return line;

        var end = line.LastIndexOf(' ', most - 1);
        return string.Concat(line.AsSpan(0, end > 0 ? end : most - 1), "…");
    }

    // Null for a text that is nested deeper than the parser accepts: it is then shown as it was written.
    private static MarkdownDocument? Parse(string markdown)
    {
        MarkdownDocument document;
        try
        {
            document = Markdown.Parse(markdown, Pipeline);
        }
        catch (ArgumentException)
        {
            return null;
        }

        foreach (var heading in document.Descendants<HeadingBlock>())
            heading.Level = Math.Min(heading.Level + HeadingsStartAt - 1, 6);
        foreach (var link in document.Descendants<LinkInline>().ToList())
            MakeSafe(link);
        foreach (var link in document.Descendants<AutolinkInline>().ToList())
            MakeSafe(link);
        return document;
    }

    private static void MakeSafe(LinkInline link)
    {
        if (link.IsImage)
            link.ReplaceBy(new LiteralInline(link.FirstChild?.ToString() ?? ""));
        else if (!IsSafe(link.GetDynamicUrl?.Invoke() ?? link.Url))
            (link.Url, link.GetDynamicUrl, link.Title) = ("", null, null);
        else
            link.GetAttributes().AddProperty("rel", "noopener noreferrer");
    }

    private static void MakeSafe(AutolinkInline link)
    {
        if (link.IsEmail || IsSafe(link.Url))
            link.GetAttributes().AddProperty("rel", "noopener noreferrer");
        else
            link.ReplaceBy(new LiteralInline(link.Url));
    }

    // A path must be one of this portal; "//host" and "/\host" are read as another host by browsers.
    private static bool IsSafe(string? url) =>
        url is { Length: > 0 }
        && !url.Any(c => char.IsControl(c) || c is '\\' or ' ')
        && (url.StartsWith('/')
            ? !url.StartsWith("//", StringComparison.Ordinal)
            : Uri.TryCreate(url, UriKind.Absolute, out var address) && AllowedSchemes.Contains(address.Scheme));

    private static string Escaped(string text) => $"<p>{System.Net.WebUtility.HtmlEncode(text)}</p>";

    private static void WriteBlocks(ContainerBlock container, StringBuilder text, string indent)
    {
        foreach (var block in container)
        {
            switch (block)
            {
                case ListBlock list:
                    WriteList(list, text, indent);
                    text.AppendLine();
                    break;
                case ContainerBlock inner:
                    WriteBlocks(inner, text, indent + (block is QuoteBlock ? "> " : ""));
                    break;
                case CodeBlock code:
                    text.Append(indent).AppendLine(code.Lines.ToString()).AppendLine();
                    break;
                case LeafBlock { Inline: { } inline }:
                    text.Append(indent);
                    WriteInlines(inline, text);
                    text.AppendLine().AppendLine();
                    break;
            }
        }
    }

    private static void WriteList(ListBlock list, StringBuilder text, string indent)
    {
        var number = 1;
        foreach (var item in list.OfType<ListItemBlock>())
        {
            var content = new StringBuilder();
            WriteBlocks(item, content, indent: "");
            var bullet = list.IsOrdered ? $"{number++}. " : "- ";
            text.Append(indent).Append(bullet)
                .AppendLine(content.ToString().Trim().ReplaceLineEndings($"{Environment.NewLine}{indent}   "));
        }
    }

    private static void WriteInlines(ContainerInline container, StringBuilder text)
    {
        foreach (var inline in container)
        {
            switch (inline)
            {
                case LiteralInline literal:
                    text.Append(literal.Content.AsSpan());
                    break;
                case CodeInline code:
                    text.Append(code.Content);
                    break;
                case AutolinkInline link:
                    text.Append(link.Url);
                    break;
                case LineBreakInline:
                    text.AppendLine();
                    break;
                case HtmlEntityInline entity:
                    text.Append(entity.Transcoded.AsSpan());
                    break;
                case ContainerInline inner:
                    WriteInlines(inner, text);
                    if (inner is LinkInline { Url.Length: > 0 } named)
                        text.Append(" (").Append(named.Url).Append(')');
                    break;
            }
        }
    }
}
