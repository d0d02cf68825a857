using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using PartnerCenter.Mail.Composition;

namespace PartnerCenter.Tests.Mail.Composition;

public sealed class SafeMarkdownTests
{
    private static readonly Dictionary<string, string[]> AllowedElements = new()
    {
        ["a"] = ["href", "rel", "title"],
        ["blockquote"] = [],
        ["br"] = [],
        ["code"] = ["class"],
        ["em"] = [],
        ["h3"] = [],
        ["h4"] = [],
        ["h5"] = [],
        ["h6"] = [],
        ["hr"] = [],
        ["li"] = [],
        ["ol"] = ["start"],
        ["p"] = [],
        ["pre"] = [],
        ["strong"] = [],
        ["table"] = [],
        ["tbody"] = [],
        ["td"] = [],
        ["th"] = [],
        ["thead"] = [],
        ["tr"] = [],
        ["ul"] = [],
    };

    public static TheoryData<string> Hostile => [.. HostileMarkdown.All];

    public static TheoryData<string> HostileAddresses => [.. HostileMarkdown.Addresses];

    public static TheoryData<string> Exhausting =>
    [
        new string('[', 50_000),
        Repeat("![", 16_000),
        Repeat("[a](", 4_000),
        new string('>', 16_000),
        Repeat("- ", 8_000),
        Repeat("1. ", 5_000),
        Repeat("*a ", 5_000),
        Repeat("**a _b ", 2_000),
        new string('`', 32_000),
        string.Concat(Enumerable.Range(1, 240).Select(n => $"a{new string('`', n)}")),
        new string('<', 32_000),
        new string('#', 32_000),
        new string('|', 32_000),
        Repeat("a|", 150) + "\n" + Repeat("-|", 150),
        string.Concat(Enumerable.Range(1, 2_000).Select(n => $"[r{n}]: /a\n")) + Repeat("[r1]", 2_000),
        new string('\n', 32_000),
        Repeat("*a ", 5_000) + Repeat("b* ", 5_000),
        Repeat("![", 6_000) + Repeat("](x)", 5_000),
        Repeat("a|", 2_000) + "\n" + Repeat("-|", 2_000) + "\n" + Repeat("a|\n", 7_500),
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Whatever_is_written_only_allowed_elements_attributes_and_addresses_come_out(string markdown)
    {
        var html = SafeMarkdown.ToHtml(markdown);

        AssertIsHarmless(html);
    }

    [Fact]
    public void Mixtures_of_hostile_pieces_are_harmless_too()
    {
        var pieces = HostileMarkdown.All.Concat(["\n", "\n\n", "*", "_", "`", "[", "](", ")", ">", "- ", "|", "<", "\""]).ToArray();
        // The seed is fixed, so that a mixture that is found stays found.
        var random = new Random(20261121);
        var mixtures = Enumerable.Range(0, 2_000).Select(_ => string.Concat(random.GetItems(pieces, random.Next(2, 9))));

        var pages = mixtures.Select(markdown => SafeMarkdown.ToHtml(markdown)).ToList();

        Assert.All(pages, AssertIsHarmless);
    }

    [Theory]
    [MemberData(nameof(HostileAddresses))]
    public void The_text_of_a_mail_does_not_name_a_dangerous_address(string address)
    {
        var text = SafeMarkdown.ToText($"See [the invoice]({address}) now.");

        Assert.Equal("See the invoice now.", text);
    }

    [Theory]
    [InlineData("[text](https://host.example/a?b=c&d=e#f)", "https://host.example/a?b=c&d=e#f")]
    [InlineData("[text](HTTPS://host.example)", "HTTPS://host.example")]
    [InlineData("[text](mailto:anna@host.example)", "mailto:anna@host.example")]
    [InlineData("[text](/o/alpine-cloud/action-center)", "/o/alpine-cloud/action-center")]
    [InlineData("[text][r]\n\n[r]: https://host.example 'title'", "https://host.example")]
    [InlineData("<https://host.example>", "https://host.example")]
    [InlineData("<anna@host.example>", "mailto:anna@host.example")]
    public void A_harmless_link_keeps_its_address_and_tells_the_other_side_nothing(string markdown, string address)
    {
        var link = Parse(SafeMarkdown.ToHtml(markdown)).QuerySelector("a")!;

        Assert.Equal(address, link.GetAttribute("href"));
        Assert.Equal("noopener noreferrer", link.GetAttribute("rel"));
    }

    [Fact]
    public void A_dangerous_link_keeps_its_text_and_loses_its_address()
    {
        var page = Parse(SafeMarkdown.ToHtml("Click [the *invoice*](javascript:alert(1) \"title\") now."));

        Assert.Equal("Click the invoice now.", page.TextContent.Trim());
        Assert.DoesNotContain("javascript", page.InnerHtml, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Raw_HTML_is_shown_as_it_was_written()
    {
        var page = Parse(SafeMarkdown.ToHtml("Press <b onclick=\"alert(1)\">here</b> & <script>alert(1)</script>"));

        Assert.Equal("Press <b onclick=\"alert(1)\">here</b> & <script>alert(1)</script>", page.TextContent.Trim());
    }

    [Theory]
    [InlineData("before ![a *fine* `picture`](https://host.example/a.png) after", "before a fine picture after")]
    [InlineData("![](https://host.example/a.png)", "")]
    [InlineData("![a [link](https://host.example) in it](https://host.example/a.png)", "a link in it")]
    [InlineData("![one ![two](b.png)](a.png)", "one two")]
    public void An_image_leaves_only_its_description(string markdown, string text)
    {
        var page = Parse(SafeMarkdown.ToHtml(markdown));

        Assert.Equal(text, page.TextContent.Trim());
        Assert.Empty(page.QuerySelectorAll("img"));
    }

    [Fact]
    public void Headings_start_below_those_of_the_page_around_them()
    {
        var page = Parse(SafeMarkdown.ToHtml("# One\n\n## Two\n\n### Three\n\n#### Four\n\n##### Five\n\n###### Six\n\nSetext\n==="));

        Assert.Equal(["H3", "H4", "H5", "H6", "H6", "H6", "H3"], page.Children.Select(heading => heading.TagName));
    }

    [Fact]
    public void A_table_keeps_its_cells_and_needs_no_inline_style()
    {
        var page = Parse(SafeMarkdown.ToHtml("| Month | Amount |\n|:------|-------:|\n| May | 12.50 |"));

        Assert.Equal(["Month", "Amount"], page.QuerySelectorAll("th").Select(cell => cell.TextContent));
        Assert.Equal(["May", "12.50"], page.QuerySelectorAll("td").Select(cell => cell.TextContent));
        Assert.Empty(page.QuerySelectorAll("[style]"));
    }

    [Theory]
    [MemberData(nameof(Exhausting))]
    public void Text_that_asks_for_too_much_is_shown_and_harmless(string markdown)
    {
        var html = SafeMarkdown.ToHtml(markdown);

        AssertIsHarmless(html);
    }

    [Theory]
    [MemberData(nameof(Exhausting))]
    public void Text_that_asks_for_too_much_can_be_mailed(string markdown)
    {
        var line = SafeMarkdown.ToLine(markdown, 100);

        Assert.InRange(line.Length, 0, 100);
    }

    [Fact]
    public void Text_that_asks_for_too_much_stands_there_as_it_was_written()
    {
        var markdown = Repeat("*a ", 500) + "<b>" + Repeat("b* ", 500);

        var page = Parse(SafeMarkdown.ToHtml(markdown));

        Assert.Equal(markdown, page.QuerySelector("p")!.TextContent);
    }

    [Fact]
    public void A_table_does_not_grow_far_beyond_what_was_written()
    {
        var markdown = Repeat("a|", 500) + "\n" + Repeat("-|", 500) + "\n" + Repeat("a|\n", 9_500);

        var html = SafeMarkdown.ToHtml(markdown);

        Assert.InRange(html.Length, 0, 500_000);
    }

    [Fact]
    public void The_text_of_a_mail_keeps_lists_and_the_addresses_of_links()
    {
        const string markdown = """
            # What to do

            Sign in at **[the portal](https://portal.example/sign-in)** or write to <help@portal.example>:

            1. Open *Billing*.
            2. Check:
               - the `IBAN`
               - the name
            3. Save &amp; close.

            > It takes
            > five minutes.
            >
            > - No more.

            ```
            IBAN=NL00
            ```
            """;

        var text = SafeMarkdown.ToText(markdown);

        Assert.Equal(
            """
            What to do

            Sign in at the portal (https://portal.example/sign-in) or write to help@portal.example:

            1. Open Billing.
            2. Check:

               - the IBAN
               - the name
            3. Save & close.

            > It takes
            > five minutes.
            >
            > - No more.

            IBAN=NL00
            """.ReplaceLineEndings(),
            text);
    }

    [Fact]
    public void The_text_of_a_mail_names_the_address_of_a_link_by_reference()
    {
        var text = SafeMarkdown.ToText("Read [the terms][t].\n\n[t]: https://portal.example/terms");

        Assert.Equal("Read the terms (https://portal.example/terms).", text);
    }

    [Fact]
    public void The_text_of_a_mail_keeps_the_rows_of_a_table()
    {
        var text = SafeMarkdown.ToText("Before.\n\n| Invoice | Amount |\n|---|---|\n| **1** | € 5 |\n| 2 | |\n\nAfter.");

        Assert.Equal("Before.\n\nInvoice | Amount\n1 | € 5\n2 |\n\nAfter.".ReplaceLineEndings(), text);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void The_beginning_for_a_mail_is_as_harmless_as_the_whole(string markdown)
    {
        const string style = "color:#123456";

        var (html, isWhole) = SafeMarkdown.BeginningOf(markdown, 100_000, style);

        Assert.True(isWhole);
        AssertIsHarmless(html.Replace($" style=\"{style}\"", "", StringComparison.Ordinal));
        Assert.Equal(SafeMarkdown.ToHtml(markdown), html.Replace($" style=\"{style}\"", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(19, "<p>One.</p>\n", false)]
    [InlineData(23, "<p>One.</p>\n", false)]
    [InlineData(24, "<p>One.</p>\n<p>Two.</p>\n", true)]
    [InlineData(11, "<p>One.</p>", false)]
    [InlineData(9, "<p>On</p>", false)]
    public void The_beginning_is_whole_blocks_and_where_not_one_fits_plain_text(int mostBytes, string expected, bool expectedWhole)
    {
        var (html, isWhole) = SafeMarkdown.BeginningOf("One.\n\nTwo.", mostBytes, "");

        Assert.Equal((expected, expectedWhole), (html, isWhole));
    }

    [Theory]
    [MemberData(nameof(Exhausting))]
    public void The_beginning_of_what_nobody_reads_fits_too(string markdown)
    {
        var (html, _) = SafeMarkdown.BeginningOf(markdown, 5_000, "color:#123456");

        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(html), 0, 5_000);
    }

    [Fact]
    public void The_text_of_a_mail_keeps_the_numbers_of_a_list_that_starts_later()
    {
        var text = SafeMarkdown.ToText("4. Four\n5. Five");

        Assert.Equal("4. Four\n5. Five".ReplaceLineEndings(), text);
    }

    [Theory]
    [InlineData("Short enough", 12, "Short enough")]
    [InlineData("The quick brown fox", 18, "The quick brown…")]
    [InlineData("The quick brown fox", 16, "The quick brown…")]
    [InlineData("The quick brown fox", 15, "The quick…")]
    [InlineData("Donaudampfschifffahrt", 10, "Donaudamp…")]
    [InlineData("# Title\n\n- one\n- **two**\n\n[three](https://host.example)", 100, "Title - one - two three (https://host.example)")]
    [InlineData("😀😀😀😀😀😀", 6, "😀😀…")]
    public void The_beginning_in_one_line_ends_with_a_whole_word(string markdown, int most, string line)
    {
        var actual = SafeMarkdown.ToLine(markdown, most);

        Assert.Equal(line, actual);
    }

    private static string Repeat(string piece, int times) => string.Concat(Enumerable.Repeat(piece, times));

    private static IElement Parse(string html) => new HtmlParser().ParseDocument($"<body>{html}</body>").Body!;

    private static void AssertIsHarmless(string html)
    {
        foreach (var element in Parse(html).QuerySelectorAll("*"))
        {
            Assert.True(AllowedElements.TryGetValue(element.LocalName, out var attributes), $"<{element.LocalName}> in {html}");
            Assert.All(element.Attributes, attribute => Assert.Contains(attribute.Name, attributes));
            if (element.GetAttribute("href") is { Length: > 0 } address)
                Assert.True(IsHarmless(address), $"{address} in {html}");
        }
    }

    // How browsers read an address: white space at both ends and tabs and line breaks anywhere go, a backslash is a slash.
    private static bool IsHarmless(string address)
    {
        var read = string.Concat(address.Trim([.. Enumerable.Range(0, 33).Select(c => (char)c)]).Where(c => c is not ('\t' or '\n' or '\r')))
            .Replace('\\', '/')
            .ToLowerInvariant();
        return (read.StartsWith('/') && !read.StartsWith("//", StringComparison.Ordinal))
            || read.StartsWith("https://host.example", StringComparison.Ordinal)
            || read.StartsWith("mailto:", StringComparison.Ordinal);
    }
}
