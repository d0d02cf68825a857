using System.Globalization;
using System.Text;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using PartnerCenter.Domain.Communications;

namespace PartnerCenter.Mail.Composition;

/// <summary>
/// Shows what publishers write in Markdown. Raw HTML is shown as text, images are dropped, and a link that <see cref="LinkPolicy"/>
/// does not allow loses its address: Markdig on its own lets <c>javascript:</c> through.
/// </summary>
public static class SafeMarkdown
{
    private const int HeadingsStartAt = 3;
    private const int DeepestNesting = 60;
    private const int MostTableCells = 20_000;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().Build();

    /// <summary>HTML that can stand in a page or a mail as it is.</summary>
    /// <param name="markdown">The text.</param>
    /// <param name="headingsStartAt">The level of a heading with one number sign.</param>
    /// <param name="lead">Where each link leads instead; null leaves them as they were written.</param>
    public static string ToHtml(string markdown, int headingsStartAt = HeadingsStartAt, Func<string, string>? lead = null)
    {
        if (Parse(markdown, headingsStartAt) is not { } document)
            return Escaped(markdown);
        if (lead is not null)
            Lead(document, lead);
        return document.ToHtml(Pipeline);
    }

    /// <summary>As much HTML as there is room for: whole blocks from the beginning, or plain text where the first one is too large.</summary>
    /// <param name="markdown">The text.</param>
    /// <param name="mostBytes">How large the HTML can be, in bytes of UTF-8.</param>
    /// <param name="linkStyle">The inline style of its links, for mail programs that know no other.</param>
    /// <returns>The HTML, and whether it is all of the text.</returns>
    public static (string Html, bool IsWhole) BeginningOf(string markdown, int mostBytes, string linkStyle)
    {
        var document = Parse(markdown);
        foreach (var link in document?.Descendants().Where(node => node is LinkInline or AutolinkInline) ?? [])
            link.GetAttributes().AddProperty("style", linkStyle);
        var (html, isWhole) = document is null ? ("", false) : BlocksOf(document, mostBytes);
        return isWhole || html.Length > 0 ? (html, isWhole) : LinesOf(ToText(markdown), mostBytes);
    }

    /// <summary>The text with its structure in plain characters, for the text part of a mail.</summary>
    public static string ToText(string markdown)
    {
        if (Parse(markdown) is not { } document)
            return markdown;

        var text = new StringBuilder();
        WriteBlocks(document, text);
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
        if (end <= 0)
            end = char.IsHighSurrogate(line[most - 2]) ? most - 2 : most - 1;
        return string.Concat(line.AsSpan(0, end), "…");
    }

    // Null for a text that asks for more than anybody reads: it is then shown as it was written. The parser has a limit for nested
    // blocks and brackets only; emphasis in emphasis would break while it is rendered, or take the process down with its stack.
    private static MarkdownDocument? Parse(string markdown, int headingsStartAt = HeadingsStartAt)
    {
        if (CanHaveMoreCellsThan(MostTableCells, markdown))
            return null;

        MarkdownDocument document;
        try
        {
            document = Markdown.Parse(markdown, Pipeline);
        }
        catch (ArgumentException)
        {
            return null;
        }

        if (IsDeeperThan(DeepestNesting, document))
            return null;

        foreach (var heading in document.Descendants<HeadingBlock>())
            heading.Level = Math.Min(heading.Level + headingsStartAt - 1, 6);
        foreach (var column in document.Descendants<Table>().SelectMany(table => table.ColumnDefinitions))
            column.Alignment = null; // It would become an inline style, which the pages' policy refuses.
        foreach (var link in document.Descendants<LinkInline>().ToList())
            MakeSafe(link);
        foreach (var link in document.Descendants<AutolinkInline>().ToList())
            MakeSafe(link);
        return document;
    }

    // Every row of a table is filled up to the widest one, so that 30 KB could ask for millions of cells.
    private static bool CanHaveMoreCellsThan(long most, string markdown)
    {
        var lines = markdown.Split('\n');
        return lines.Length * (long)lines.Max(line => line.Count(c => c == '|')) > most;
    }

    private static bool IsDeeperThan(int levels, MarkdownObject node)
    {
        IEnumerable<MarkdownObject> children = node switch
        {
            ContainerBlock blocks => blocks,
            LeafBlock { Inline: { } inline } => inline,
            ContainerInline inlines => inlines,
            _ => [],
        };
        return levels == 0 || children.Any(child => IsDeeperThan(levels - 1, child));
    }

    private static void MakeSafe(LinkInline link)
    {
        // What stands in its place takes over the description.
        if (link.IsImage)
            link.ReplaceBy(new LiteralInline(""));
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

    private static bool IsSafe(string? url) => LinkPolicy.Of(url) is not null;

    private static void Lead(MarkdownDocument document, Func<string, string> lead)
    {
        foreach (var link in document.Descendants<LinkInline>().Where(link => link.Url is { Length: > 0 }))
            (link.Url, link.GetDynamicUrl) = (lead(link.GetDynamicUrl?.Invoke() ?? link.Url!), null);

        // What stands between angle brackets is both the text and the address.
        foreach (var link in document.Descendants<AutolinkInline>().Where(link => !link.IsEmail).ToList())
        {
            var named = new LinkInline(lead(link.Url), "");
            named.GetAttributes().AddProperty("rel", "noopener noreferrer");
            named.AppendChild(new LiteralInline(link.Url));
            link.ReplaceBy(named);
        }
    }

    private static (string Html, bool IsWhole) BlocksOf(MarkdownDocument document, int mostBytes)
    {
        using var html = new StringWriter(CultureInfo.InvariantCulture);
        var renderer = new HtmlRenderer(html);
        Pipeline.Setup(renderer);
        var written = html.GetStringBuilder();
        var bytes = 0;
        foreach (var block in document)
        {
            var before = written.Length;
            renderer.Render(block);
            bytes += Encoding.UTF8.GetByteCount(written.ToString(before, written.Length - before));
            if (bytes > mostBytes)
                return (written.ToString(0, before), false);
        }

        return (written.ToString(), true);
    }

    private static (string Html, bool IsWhole) LinesOf(string text, int mostBytes)
    {
        const string start = "<p>", end = "</p>";
        var html = new StringBuilder(start);
        var bytes = start.Length + end.Length;
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            var escaped = rune.Value == '\n' ? "<br />" : System.Net.WebUtility.HtmlEncode(rune.ToString());
            bytes += Encoding.UTF8.GetByteCount(escaped);
            if (bytes > mostBytes)
                return (html.Append(end).ToString(), false);
            html.Append(escaped);
        }

        return (html.Append(end).ToString(), true);
    }

    private static string Escaped(string text) => $"<p>{System.Net.WebUtility.HtmlEncode(text)}</p>";

    private static void WriteBlocks(ContainerBlock container, StringBuilder text)
    {
        foreach (var block in container)
        {
            switch (block)
            {
                case ListBlock list:
                    WriteList(list, text);
                    text.AppendLine();
                    break;
                case QuoteBlock quote:
                    WriteLines(quote, text, "> ", "> ");
                    text.AppendLine();
                    break;
                case Table table:
                    WriteRows(table, text);
                    text.AppendLine();
                    break;
                case ContainerBlock inner:
                    WriteBlocks(inner, text);
                    break;
                case CodeBlock code:
                    text.AppendLine(code.Lines.ToString()).AppendLine();
                    break;
                case LeafBlock { Inline: { } inline }:
                    WriteInlines(inline, text);
                    text.AppendLine().AppendLine();
                    break;
            }
        }
    }

    private static void WriteList(ListBlock list, StringBuilder text)
    {
        var number = int.TryParse(list.OrderedStart, CultureInfo.InvariantCulture, out var start) ? start : 1;
        foreach (var item in list.OfType<ListItemBlock>())
            WriteLines(item, text, list.IsOrdered ? $"{number++}. " : "- ", "   ");
    }

    private static void WriteRows(Table table, StringBuilder text)
    {
        foreach (var row in table.OfType<TableRow>())
        {
            var cells = row.OfType<TableCell>().Select(cell =>
            {
                var content = new StringBuilder();
                WriteBlocks(cell, content);
                return content.ToString().Trim();
            });
            text.AppendLine(string.Join(" | ", cells).TrimEnd());
        }
    }

    private static void WriteLines(ContainerBlock container, StringBuilder text, string beforeFirst, string beforeOthers)
    {
        var content = new StringBuilder();
        WriteBlocks(container, content);
        var before = beforeFirst;
        foreach (var line in content.ToString().Trim().AsSpan().EnumerateLines())
        {
            text.AppendLine($"{before}{line}".TrimEnd());
            before = beforeOthers;
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
