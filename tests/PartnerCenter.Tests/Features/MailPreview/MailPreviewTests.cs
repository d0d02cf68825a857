using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Mail.Dispatch;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.MailPreview;

public sealed class MailPreviewTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Address = "/operator/mail-preview";

    [Fact]
    public async Task It_is_one_step_from_the_operator_s_home()
    {
        var visitor = await app.SignInAsync("operator");

        var home = await visitor.OpenAsync("/operator");

        Assert.Equal("Mail preview", home.TextOf($"main a[href='{Address}']"));
    }

    [Fact]
    public async Task Every_mail_is_offered_by_its_name_and_shown_in_every_language()
    {
        var visitor = await app.SignInAsync("operator");
        var offered = (await visitor.OpenAsync(Address)).FindAll("#mail option");

        Assert.Equal(MailSamples.All.Select(sample => sample.Key), offered.Select(option => option.GetAttribute("value")));
        Assert.DoesNotContain(offered, option => option.TextContent.Contains("MailPreview.", StringComparison.Ordinal));
        Assert.Distinct(offered.Select(option => $"{option.ParentElement!.GetAttribute("label")} {option.TextContent}"));
        foreach (var option in offered)
        {
            foreach (var language in Languages.All)
            {
                var page = await visitor.OpenAsync($"{Address}?mail={option.GetAttribute("value")}&language={language}");

                Assert.Equal(HttpStatusCode.OK, page.Status);
                Assert.Equal(option.GetAttribute("value"), page.Find("#mail option[selected]").GetAttribute("value"));
                Assert.Equal(language, page.Find("[aria-labelledby=subject] p:nth-of-type(1)").GetAttribute("lang"));
            }
        }
    }

    [Fact]
    public async Task It_shows_subject_text_headers_and_where_the_HTML_is()
    {
        var visitor = await app.SignInAsync("operator");

        var page = await visitor.OpenAsync($"{Address}?mail=promotional-notification/published&language=nl&look=dark");

        Assert.Equal("[Facturering] Voorbeeld: controleer uw betaalgegevens", page.TextOf("[aria-labelledby=subject] strong"));
        Assert.Contains("Beste Robin Sample,", page.TextOf("section[aria-labelledby=text-part] pre"), StringComparison.Ordinal);
        var headers = page.Find("section[aria-labelledby=headers] pre").TextContent;
        Assert.Contains("Content-Language: nl", headers, StringComparison.Ordinal);
        Assert.Contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click", headers, StringComparison.Ordinal);
        Assert.DoesNotContain("Content-Transfer-Encoding", headers, StringComparison.Ordinal);
        var frame = page.Find("iframe");
        Assert.Equal("", frame.GetAttribute("sandbox"));
        Assert.Equal(frame.GetAttribute("src"), page.Find("section[aria-labelledby=html-part] a").GetAttribute("href"));
        var shown = await ReadHtmlAsync(visitor, frame);
        Assert.Equal("nl", shown.DocumentElement.GetAttribute("lang"));
        Assert.Equal("Voorbeeld: controleer uw betaalgegevens", shown.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task Whoever_chooses_nothing_reads_the_first_mail_in_their_own_language()
    {
        var visitor = await app.SignInAsync("operator");

        var page = await visitor.OpenAsync($"{Address}?mail=no-such-mail&language=tlh&look=plaid");

        Assert.Equal("mandatory-action/published", page.Find("#mail option[selected]").GetAttribute("value"));
        Assert.Equal("en", page.Find("#language option[selected]").GetAttribute("value"));
        Assert.Equal("light", page.Find("#look option[selected]").GetAttribute("value"));
    }

    [Theory]
    [InlineData("light", "@media not all")]
    [InlineData("dark", "@media all")]
    [InlineData("inverted", "@media not all")]
    public async Task The_HTML_is_light_or_dark_whatever_the_device_prefers(string look, string says)
    {
        var visitor = await app.SignInAsync("operator");

        var answer = await visitor.GetAsync($"{Address}/html?look={look}");

        var html = await answer.Content.ReadAsStringAsync();
        Assert.Contains(says, html, StringComparison.Ordinal);
        Assert.DoesNotContain("prefers-color-scheme", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_was_not_translated_shows_what_readers_of_another_language_are_told()
    {
        var visitor = await app.SignInAsync("operator");

        var page = await visitor.OpenAsync($"{Address}?mail=mandatory-action/published&language=nl&untranslated=true");

        Assert.True(page.Has("input[name=untranslated][checked]"));
        Assert.Contains("Deze tekst is er alleen in het Engels.", page.TextOf("section[aria-labelledby=text-part] pre"), StringComparison.Ordinal);
        Assert.Contains("Deze tekst is er alleen in het Engels.", (await ReadHtmlAsync(visitor, page.Find("iframe"))).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_HTML_may_do_nothing_and_only_pages_of_the_portal_may_frame_it()
    {
        var visitor = await app.SignInAsync("operator");

        var answer = await visitor.GetAsync($"{Address}/html");

        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox",
            answer.Header("Content-Security-Policy"));
        Assert.Equal("SAMEORIGIN", answer.Header("X-Frame-Options"));
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
    }

    [Fact]
    public async Task Looking_writes_nothing_and_sends_nothing()
    {
        var visitor = await app.SignInAsync("operator");
        var before = await app.InDatabaseAsync(db => db.OutboxMails.CountAsync());

        await visitor.OpenAsync($"{Address}?mail=notice/ContactToConfirm");

        Assert.Equal(before, await app.InDatabaseAsync(db => db.OutboxMails.CountAsync()));
        Assert.Equal(0, await app.InDatabaseAsync(db => db.ContactVerifications.CountAsync()));
    }

    [Theory]
    [InlineData(Address)]
    [InlineData($"{Address}/html")]
    public async Task Only_operators_see_it(string address)
    {
        var visitor = await app.SignInAsync("global-admin");

        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.OpenAsync(address)).Status);
    }

    private static async Task<IDocument> ReadHtmlAsync(Visitor visitor, IElement frame) =>
        new HtmlParser().ParseDocument(await (await visitor.GetAsync(frame.GetAttribute("src")!)).Content.ReadAsStringAsync());
}
