using System.Net;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.Settings;

public sealed class ThemeTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string MyAccess = "/o/alpine-cloud/my-access?from=settings";

    [Theory]
    [InlineData("dark", "dark")]
    [InlineData("light", "light")]
    [InlineData("system", "light dark")]
    public async Task Choosing_one_changes_the_pages_and_stays_where_one_is(string theme, string scheme)
    {
        var visitor = await app.SignInAsync("agent");
        var page = await visitor.OpenAsync(MyAccess);

        var answer = await visitor.PressAsync(page.Find($"button[name=theme][value={theme}]"));

        Assert.Equal(MyAccess, answer.LocationOf());
        var changed = await visitor.FollowAsync(answer);
        Assert.Equal(theme, changed.Find("html").GetAttribute("data-theme"));
        Assert.Equal(scheme, changed.Find("meta[name=color-scheme]").GetAttribute("content"));
        Assert.Equal([theme], changed.FindAll("button[name=theme][aria-pressed=true]").Select(button => button.GetAttribute("value")));
    }

    [Fact]
    public async Task Until_somebody_chooses_the_device_decides()
    {
        var page = await (await app.SignInAsync("agent")).OpenAsync(MyAccess);

        Assert.Equal("system", page.Find("html").GetAttribute("data-theme"));
    }

    [Fact]
    public async Task It_belongs_to_the_browser_and_not_to_the_person()
    {
        var visitor = await app.SignInAsync("helpdesk");
        await visitor.PressAsync((await visitor.OpenAsync("/o/alpine-cloud")).Find("button[name=theme][value=dark]"));

        var elsewhere = await app.SignInAsync("helpdesk");

        Assert.Equal("system", (await elsewhere.OpenAsync("/o/alpine-cloud")).Find("html").GetAttribute("data-theme"));
    }

    [Theory]
    [InlineData("blue")]
    [InlineData("DARK")]
    [InlineData("")]
    public async Task One_that_there_is_not_is_refused(string theme)
    {
        var visitor = await app.SignInAsync("program-admin");
        await visitor.OpenAsync("/o/alpine-cloud");

        var page = await visitor.ReadAsync(await visitor.ForgeAsync("/theme", ("theme", theme)));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
    }

    [Fact]
    public async Task A_cookie_that_says_something_else_counts_as_none()
    {
        var visitor = await app.SignInAsync("program-admin");
        visitor.Keep("pc-theme", "\"><script>alert(1)</script>");

        Assert.Equal("system", (await visitor.OpenAsync("/o/alpine-cloud")).Find("html").GetAttribute("data-theme"));
    }
}
