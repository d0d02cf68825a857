using System.Globalization;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Mail.Composition;

namespace PartnerCenter.Tests.Mail.Composition;

public sealed class MailComposerTests : IDisposable
{
    private const string RequiredInEnglish = "Mail of this kind belongs to the partnership and cannot be turned off.";
    private const string RequiredInDutch = "Dit soort e-mail hoort bij het partnerschap en kan niet worden uitgeschakeld.";

    private static readonly DateTime DueAt = new(2026, 11, 30, 12, 0, 0, DateTimeKind.Utc);
    private static readonly Uri Page = new("https://portal.example/o/alpine-cloud/action-center/12");
    private static readonly Uri Preferences = new("https://portal.example/o/alpine-cloud/my-preferences");
    private static readonly Uri Unsubscribe = new("https://portal.example/unsubscribe/token");

    private readonly ServiceProvider _services = new ServiceCollection()
        .AddLogging()
        .AddLocalization()
        .AddScoped<MailComposer>()
        .BuildServiceProvider();

    public static TheoryData<CommunicationKind, string> KindsInAllLanguages
    {
        get
        {
            var data = new TheoryData<CommunicationKind, string>();
            foreach (var kind in CommunicationPolicy.Published)
            {
                foreach (var language in Languages.All)
                    data.Add(kind, language);
            }

            return data;
        }
    }

    public void Dispose() => _services.Dispose();

    [Theory]
    [MemberData(nameof(KindsInAllLanguages))]
    public async Task A_mail_of_every_kind_says_what_it_is_about_in_both_of_its_parts(CommunicationKind kind, string language)
    {
        var composed = await ComposeAsync(MailOf(kind) with { Language = language, TextLanguage = language });

        foreach (var part in new[] { composed.Text, TextOf(composed.Html) })
        {
            Assert.Contains("Anna Berg", part, StringComparison.Ordinal);
            Assert.Contains("Alpine Cloud", part, StringComparison.Ordinal);
            Assert.Contains("Billing & invoices", part, StringComparison.Ordinal);
            Assert.Contains("Check the invoice", part, StringComparison.Ordinal);
            Assert.Contains("Look at line 3.", part, StringComparison.Ordinal);
            Assert.Contains("Billing admin", part, StringComparison.Ordinal);
        }

        Assert.Contains(Page.AbsoluteUri, composed.Text, StringComparison.Ordinal);
        Assert.Contains(Page.AbsoluteUri, LinksOf(composed.Html));
        Assert.StartsWith("[Billing & invoices] Check the invoice", composed.Subject, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(KindsInAllLanguages))]
    public async Task No_sentence_is_missing_for_any_kind(CommunicationKind kind, string language)
    {
        var composed = await ComposeAsync(MailOf(kind) with { Language = language, TextLanguage = language });

        // A text that is not found is shown as its key.
        string[] keys = ["Lead.", "Open.", "Kind.", "Greeting", "WhyRole", "WhyMember", "Required", "Optional"];
        Assert.DoesNotContain(keys, key => (composed.Subject + composed.Text + composed.Html).Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_English_mail_reads_like_this()
    {
        var composed = await ComposeAsync(MailOf(CommunicationKind.MandatoryAction));

        Assert.Equal("[Billing & invoices] Check the invoice – due 30 Nov", composed.Subject);
        Assert.Equal(
            $"""
            Hello Anna Berg,

            There is something that Alpine Cloud has to do. If it stays open past the due date, your work in the portal can be limited.

            Check the invoice

            Organization: Alpine Cloud
            Workspace: Billing & invoices
            Type: Mandatory action
            Due: {DueAt.ToString("D", Languages.CultureOf("en"))}

            Look at line 3.

            Open the action: {Page}

            --{" "}
            You get this mail because you have the role Billing admin at Alpine Cloud.
            {RequiredInEnglish}

            """.ReplaceLineEndings(),
            composed.Text);
    }

    [Fact]
    public async Task A_Dutch_mail_reads_like_this()
    {
        var composed = await ComposeAsync(MailOf(CommunicationKind.MandatoryAction) with { Language = "nl", TextLanguage = "nl" });

        Assert.Equal("[Billing & invoices] Check the invoice – uiterlijk 30 nov", composed.Subject);
        Assert.Equal(
            $"""
            Beste Anna Berg,

            Alpine Cloud moet iets doen. Blijft dit na de einddatum open, dan kan uw werk in het portaal worden beperkt.

            Check the invoice

            Organisatie: Alpine Cloud
            Werkruimte: Billing & invoices
            Soort: Verplichte actie
            Einddatum: {DueAt.ToString("D", Languages.CultureOf("nl"))}

            Look at line 3.

            Actie openen: {Page}

            --{" "}
            U ontvangt dit bericht omdat u bij Alpine Cloud de rol Billing admin hebt.
            {RequiredInDutch}

            """.ReplaceLineEndings(),
            composed.Text);
    }

    [Theory]
    [InlineData("en", "30 November 2026")]
    [InlineData("nl", "maandag 30 november 2026")]
    public async Task The_due_date_is_written_as_the_reader_writes_dates_whoever_runs_the_server(string language, string date)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");

        var composed = await ComposeAsync(MailOf(CommunicationKind.RecommendedAction) with { Language = language });

        Assert.Contains(date, composed.Text, StringComparison.Ordinal);
        Assert.Contains(date, TextOf(composed.Html), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Composing_leaves_the_culture_of_the_caller_alone()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");

        await ComposeAsync(MailOf(CommunicationKind.MandatoryAction) with { Language = "nl" });

        Assert.Equal(("fr-FR", "fr-FR"), (CultureInfo.CurrentCulture.Name, CultureInfo.CurrentUICulture.Name));
    }

    [Theory]
    [InlineData("en", RequiredInEnglish)]
    [InlineData("nl", RequiredInDutch)]
    public async Task Required_mail_says_so_and_offers_no_choice(string language, string sentence)
    {
        var composed = await ComposeAsync(MailOf(CommunicationKind.MandatoryAction) with { Language = language });

        Assert.Contains(sentence, composed.Text, StringComparison.Ordinal);
        Assert.Contains(sentence, TextOf(composed.Html), StringComparison.Ordinal);
        Assert.DoesNotContain("my-preferences", composed.Text + composed.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("unsubscribe", composed.Text + composed.Html, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("en", RequiredInEnglish, "My Preferences", "Turn off all promotional mail for Alpine Cloud")]
    [InlineData("nl", RequiredInDutch, "Mijn voorkeuren", "Alle promotionele e-mail voor Alpine Cloud uitzetten")]
    public async Task Optional_mail_links_to_the_choices_about_mail_and_to_where_it_is_turned_off(string language, string notSaid, string name, string off)
    {
        var composed = await ComposeAsync(MailOf(CommunicationKind.PromotionalNotification) with { Language = language });

        Assert.Contains(Preferences.AbsoluteUri, composed.Text, StringComparison.Ordinal);
        Assert.Contains(Parse(composed.Html).Links, link => link.GetAttribute("href") == Preferences.AbsoluteUri && link.TextContent == name);
        Assert.Contains($"{off}: {Unsubscribe.AbsoluteUri}", composed.Text, StringComparison.Ordinal);
        Assert.Contains(Parse(composed.Html).Links, link => link.GetAttribute("href") == Unsubscribe.AbsoluteUri && link.TextContent == off);
        Assert.DoesNotContain(notSaid, composed.Text + TextOf(composed.Html), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "Turn off transactional mail about Billing & invoices for Alpine Cloud")]
    [InlineData("nl", "Transactionele e-mail over Billing & invoices voor Alpine Cloud uitzetten")]
    public async Task The_link_of_transactional_mail_says_that_it_is_about_one_workspace(string language, string off)
    {
        var composed = await ComposeAsync(MailOf(CommunicationKind.TransactionalNotification) with { Language = language });

        Assert.Contains($"{off}: {Unsubscribe.AbsoluteUri}", composed.Text, StringComparison.Ordinal);
        Assert.Equal(off, Parse(composed.Html).Links.Single(link => link.GetAttribute("href") == Unsubscribe.AbsoluteUri).TextContent);
    }

    [Theory]
    [InlineData(CommunicationKind.TransactionalNotification, "en", "An agreement with the program requires this mail, so it cannot be turned off.")]
    [InlineData(CommunicationKind.TransactionalNotification, "nl", "Een overeenkomst met het programma schrijft deze e-mail voor; die kan daarom niet worden uitgeschakeld.")]
    [InlineData(CommunicationKind.AccountMail, "en", "Mail about your own account cannot be turned off.")]
    [InlineData(CommunicationKind.AccountMail, "nl", "E-mail over uw eigen account kan niet worden uitgeschakeld.")]
    public async Task Mail_that_is_required_for_another_reason_says_that_reason(CommunicationKind kind, string language, string sentence)
    {
        var composed = await ComposeAsync(MailOf(kind) with { Language = language, Unsubscribe = null });

        Assert.Contains(sentence, composed.Text, StringComparison.Ordinal);
        Assert.Contains(sentence, TextOf(composed.Html), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_postal_address_ends_the_mail_that_has_one()
    {
        var composed = await ComposeAsync(MailOf(CommunicationKind.PromotionalNotification) with { PostalAddress = "Kade 1, Amsterdam" });
        var without = await ComposeAsync(MailOf(CommunicationKind.PromotionalNotification));

        Assert.EndsWith($"{Environment.NewLine}{Environment.NewLine}Kade 1, Amsterdam{Environment.NewLine}", composed.Text, StringComparison.Ordinal);
        Assert.Equal("Kade 1, Amsterdam", Parse(composed.Html).QuerySelectorAll(".foot p")[^1].TextContent);
        Assert.Equal(composed.Text.Length - without.Text.Length, $"{Environment.NewLine}Kade 1, Amsterdam{Environment.NewLine}".Length);
    }

    [Fact]
    public async Task A_mail_to_everybody_says_so()
    {
        var composed = await ComposeAsync(MailOf(CommunicationKind.PromotionalNotification) with { RoleName = null });

        Assert.Contains("You get this mail because everybody at Alpine Cloud gets it.", composed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_that_was_addressed_to_the_member_names_no_role()
    {
        var composed = await ComposeAsync(MailOf(CommunicationKind.TransactionalNotification) with { RoleName = null, IsPersonal = true });

        Assert.Contains("You get this mail because it is addressed to you at Alpine Cloud.", composed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("role", composed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_without_a_due_date_speaks_of_none()
    {
        var composed = await ComposeAsync(MailOf(CommunicationKind.RecommendedAction) with { DueAt = null });

        Assert.DoesNotContain("Due", composed.Text + TextOf(composed.Html), StringComparison.Ordinal);
        Assert.Equal("[Billing & invoices] Check the invoice", composed.Subject);
    }

    [Fact]
    public async Task A_text_in_another_language_than_the_mail_is_marked_with_its_own()
    {
        var composed = await ComposeAsync(MailOf(CommunicationKind.MandatoryAction) with { Language = "nl", TextLanguage = "en" });

        var page = Parse(composed.Html);
        Assert.Equal("nl", page.DocumentElement.GetAttribute("lang"));
        Assert.Equal("en", page.QuerySelector("h1")!.GetAttribute("lang"));
        Assert.Equal("en", page.QuerySelector("title")!.GetAttribute("lang"));
        Assert.Equal("en", page.QuerySelectorAll("p").Single(paragraph => paragraph.TextContent == "Look at line 3.").Closest("[lang]")!.GetAttribute("lang"));
    }

    [Theory]
    [InlineData("nl", "en", "Deze tekst is er alleen in het Engels.")]
    [InlineData("en", "nl", "This text is available in Dutch only.")]
    public async Task A_text_in_another_language_than_the_mail_is_announced_in_the_reader_s_own(string language, string textLanguage, string sentence)
    {
        var composed = await ComposeAsync(MailOf(CommunicationKind.MandatoryAction) with { Language = language, TextLanguage = textLanguage });
        var inOne = await ComposeAsync(MailOf(CommunicationKind.MandatoryAction) with { Language = language, TextLanguage = language });

        var announcement = Parse(composed.Html).QuerySelectorAll("p").Single(paragraph => paragraph.TextContent == sentence);
        Assert.Equal(language, announcement.Closest("[lang]")!.GetAttribute("lang"));
        Assert.Contains($"{sentence}{Environment.NewLine}{Environment.NewLine}Check the invoice", composed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(sentence, inOne.Text + inOne.Html, StringComparison.Ordinal);
    }

    // Many ways to make a little Markdown a lot of HTML.
    public static TheoryData<string, string> LargestBodies => new()
    {
        { "links", Filled("[a](/b) ") },
        { "emphasis", Filled("*a* ") },
        { "quotes", Filled("\"") },
        { "paragraphs", Filled("a\n\n") },
        { "a list", Filled("- a\n") },
        { "a table", "|a|b|c|d|\n|-|-|-|-|\n" + Filled("|1|2|3|4|\n")[30..] },
        { "accents", Filled("é") },
        { "too many cells", Filled(string.Concat(Enumerable.Repeat("a|", 2_000)) + "\n") },
    };

    [Theory]
    [MemberData(nameof(LargestBodies))]
    public async Task The_HTML_of_the_largest_body_stays_below_what_mail_programs_show(string what, string body)
    {
        Assert.InRange(Encoding.UTF8.GetByteCount(body), Publishing.LargestBody - 1_000, Publishing.LargestBody);
        var longest = new string('é', 200);

        var composed = await ComposeAsync(MailOf(CommunicationKind.PromotionalNotification) with
        {
            Title = new string('é', Publishing.LongestTitle),
            Body = body,
            PersonName = longest,
            OrganizationName = longest,
            WorkspaceName = longest,
            RoleName = longest,
            PostalAddress = longest,
            TextLanguage = "nl",
        });

        Assert.True(Encoding.UTF8.GetByteCount(composed.Html) < 100 * 1024, $"{what}: {Encoding.UTF8.GetByteCount(composed.Html)} bytes");
        Assert.Contains(SafeMarkdown.ToText(body), composed.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "This is the beginning of the text, which is too long for a mail. All of it is in the portal.")]
    [InlineData("nl", "Dit is het begin van de tekst, die te lang is voor een e-mail. In het portaal staat de hele tekst.")]
    public async Task A_mail_that_holds_only_the_beginning_says_so(string language, string sentence)
    {
        var whole = await ComposeAsync(MailOf(CommunicationKind.MandatoryAction) with { Language = language });
        var cut = await ComposeAsync(MailOf(CommunicationKind.MandatoryAction) with { Language = language, Body = $"The first line.\n\n{Filled("[a](/b) ")[..32_000]}" });

        Assert.DoesNotContain(sentence, TextOf(whole.Html), StringComparison.Ordinal);
        Assert.Contains(sentence, TextOf(cut.Html), StringComparison.Ordinal);
        Assert.Equal("The first line.", Parse(cut.Html).QuerySelector(".text")!.TextContent.Trim());
        Assert.DoesNotContain(sentence, cut.Text, StringComparison.Ordinal);
    }

    // In a dark mail program that ignores sheets of styles, they would have the color that it has for dark grounds.
    [Fact]
    public async Task Every_link_brings_its_color_with_it()
    {
        var page = Parse((await ComposeAsync(MailOf(CommunicationKind.PromotionalNotification) with { Body = "[a](https://a.example) <https://b.example> [c](javascript:c)" })).Html);

        Assert.All(page.QuerySelectorAll("a"), link => Assert.Contains("color:#", link.GetAttribute("style"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dark_mail_program_finds_colors_of_its_own_for_everything_that_has_a_color()
    {
        var page = Parse((await ComposeAsync(MailOf(CommunicationKind.PromotionalNotification) with { TextLanguage = "nl" })).Html);

        Assert.Equal("light dark", page.QuerySelector("meta[name=color-scheme]")!.GetAttribute("content"));
        Assert.Contains("@media (prefers-color-scheme: dark)", page.QuerySelector("style")!.TextContent, StringComparison.Ordinal);
        var colored = page.QuerySelectorAll("[style*=color]").Where(element => !element.ClassList.Any(name => name is "ground" or "sheet" or "quiet" or "foot"));
        // The button keeps its colors, and links get those of what they stand in.
        Assert.All(colored, element => Assert.True(
            element.Closest(".quiet a, .text a") is not null || element.Closest("td[style*='#2f4fbf']") is not null, element.OuterHtml));
    }

    [Fact]
    public async Task Nothing_that_people_wrote_becomes_markup()
    {
        const string hostile = "\"><script>alert(1)</script><img src=x onerror=alert(1)>&amp;";

        var composed = await ComposeAsync(MailOf(CommunicationKind.PromotionalNotification) with
        {
            Title = hostile,
            Body = hostile,
            PersonName = hostile,
            OrganizationName = hostile,
            WorkspaceName = hostile,
            RoleName = hostile,
        });

        var page = Parse(composed.Html);
        Assert.Empty(page.QuerySelectorAll("script, img, [onerror]"));
        Assert.Equal(hostile, page.QuerySelector("h1")!.TextContent);
        Assert.Equal(hostile, page.Title);
    }

    [Fact]
    public async Task The_page_has_one_heading_of_the_first_level_and_the_text_goes_below_it()
    {
        var composed = await ComposeAsync(MailOf(CommunicationKind.MandatoryAction) with { Body = "# What to do\n\nCheck." });

        Assert.Equal(["H1", "H3"], Parse(composed.Html).QuerySelectorAll("h1, h2, h3, h4, h5, h6").Select(heading => heading.TagName));
    }

    [Fact]
    public async Task The_HTML_part_loads_nothing_from_anywhere()
    {
        var composed = await ComposeAsync(MailOf(CommunicationKind.PromotionalNotification) with { Body = "![a pixel](https://tracker.example/1.gif)" });

        Assert.Empty(Parse(composed.Html).QuerySelectorAll("img, link, script, iframe, [src], [background]"));
        Assert.DoesNotContain("url(", composed.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", composed.Html, StringComparison.Ordinal);
    }

    private static CommunicationMail MailOf(CommunicationKind kind) => new()
    {
        Kind = kind,
        Title = "Check the invoice",
        Body = "Look at **line 3**.",
        TextLanguage = "en",
        Language = "en",
        WorkspaceName = "Billing & invoices",
        OrganizationName = "Alpine Cloud",
        PersonName = "Anna Berg",
        DueAt = CommunicationPolicy.MayHaveDueDate(kind) ? DueAt : null,
        RoleName = "Billing admin",
        Page = Page,
        Preferences = Preferences,
        Unsubscribe = CommunicationPolicy.MayOptOut(kind).IsAllowed ? Unsubscribe : null,
    };

    private static string Filled(string piece) =>
        string.Concat(Enumerable.Repeat(piece, Publishing.LargestBody / Encoding.UTF8.GetByteCount(piece)));

    private static IDocument Parse(string html) => new HtmlParser().ParseDocument(html);

    private static string TextOf(string html) => Parse(html).Body!.TextContent;

    private static IEnumerable<string?> LinksOf(string html) => Parse(html).Links.Select(link => link.GetAttribute("href"));

    private async Task<ComposedMail> ComposeAsync(CommunicationMail mail)
    {
        await using var scope = _services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<MailComposer>().ComposeAsync(mail);
    }
}
