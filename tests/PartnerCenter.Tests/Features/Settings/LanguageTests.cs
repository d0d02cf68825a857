using System.Net;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.Settings;

public sealed class LanguageTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string MyAccess = "/o/alpine-cloud/my-access?from=settings";

    [Fact]
    public async Task Switching_it_changes_the_pages_and_stays_where_one_is()
    {
        var visitor = await app.SignInAsync("agent");
        var page = await visitor.OpenAsync(MyAccess);
        Assert.Equal(("en", "My access"), (page.Language, page.Heading));

        var answer = await visitor.PressAsync(page.Find("button[name=language][value=nl]"));

        Assert.Equal(MyAccess, answer.LocationOf());
        var dutch = await visitor.FollowAsync(answer);
        Assert.Equal(("nl", "Mijn toegang"), (dutch.Language, dutch.Heading));
        Assert.Equal("nl", dutch.Answer.Header("Content-Language"));
        Assert.Equal("true", dutch.Find("button[name=language][value=nl]").GetAttribute("aria-pressed"));
        Assert.Contains("2 juli 2025", dutch.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_form_with_mistakes_it_leads_to_where_a_page_is()
    {
        var visitor = await app.SignInAsync("billing-admin");
        var preferences = await visitor.OpenAsync("/o/alpine-cloud/my-preferences/edit");
        var mistaken = await visitor.ReadAsync(await visitor.PressAsync(
            preferences.Find("main form button[type=submit]"), ("JobTitle", new string('x', 201))));
        Assert.StartsWith("Error:", mistaken.Title, StringComparison.Ordinal);

        var answer = await visitor.PressAsync(mistaken.Find("button[name=language][value=en]"));

        Assert.Equal("/", answer.LocationOf());
    }

    [Fact]
    public async Task It_stays_over_the_next_sign_in()
    {
        var visitor = await app.SignInAsync("helpdesk");
        await visitor.PressAsync((await visitor.OpenAsync("/o/alpine-cloud")).Find("button[name=language][value=nl]"));

        var again = await app.SignInAsync("helpdesk");

        Assert.Equal("nl", (await again.OpenAsync("/o/alpine-cloud")).Language);
    }

    [Theory]
    [InlineData("de")]
    [InlineData("EN")]
    [InlineData("../en")]
    [InlineData("")]
    public async Task One_that_there_is_not_is_refused(string language)
    {
        var visitor = await app.SignInAsync("program-admin");
        await visitor.OpenAsync("/o/alpine-cloud");

        var page = await visitor.ReadAsync(await visitor.ForgeAsync("/language", ("language", language)));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("en", (await visitor.OpenAsync("/o/alpine-cloud")).Language);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    public async Task Switching_it_leads_nowhere_else(string elsewhere)
    {
        var visitor = await app.SignInAsync("program-admin");
        await visitor.OpenAsync("/o/alpine-cloud");

        var answer = await visitor.ForgeAsync("/language", ("language", "en"), ("returnUrl", elsewhere));

        Assert.Equal("/", answer.LocationOf());
    }
}
