using System.Net;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.Settings;

public sealed class DensityTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string MyAccess = "/o/alpine-cloud/my-access?from=settings";

    [Theory]
    [InlineData("comfortable")]
    [InlineData("compact")]
    public async Task Choosing_one_changes_the_pages_and_stays_where_one_is(string density)
    {
        var visitor = await app.SignInAsync("agent");
        var page = await visitor.OpenAsync(MyAccess);

        var answer = await visitor.PressAsync(page.Find($"button[name=density][value={density}]"));

        Assert.Equal(MyAccess, answer.LocationOf());
        var changed = await visitor.FollowAsync(answer);
        Assert.Equal(density, changed.Find("html").GetAttribute("data-density"));
        Assert.Equal([density], changed.FindAll("button[name=density][aria-pressed=true]").Select(button => button.GetAttribute("value")));
    }

    [Fact]
    public async Task Until_somebody_chooses_there_is_room()
    {
        var page = await (await app.SignInAsync("agent")).OpenAsync(MyAccess);

        Assert.Equal("comfortable", page.Find("html").GetAttribute("data-density"));
    }

    [Fact]
    public async Task It_is_kept_beside_the_colours_and_changes_nothing_of_them()
    {
        var visitor = await app.SignInAsync("agent");
        var page = await visitor.FollowAsync(await visitor.PressAsync((await visitor.OpenAsync(MyAccess)).Find("button[name=theme][value=dark]")));

        var changed = await visitor.FollowAsync(await visitor.PressAsync(page.Find("button[name=density][value=compact]")));

        var html = changed.Find("html");
        Assert.Equal(("dark", "compact"), (html.GetAttribute("data-theme"), html.GetAttribute("data-density")));
    }

    [Fact]
    public async Task It_belongs_to_the_browser_and_not_to_the_person()
    {
        var visitor = await app.SignInAsync("helpdesk");
        await visitor.PressAsync((await visitor.OpenAsync("/o/alpine-cloud")).Find("button[name=density][value=compact]"));

        var elsewhere = await app.SignInAsync("helpdesk");

        Assert.Equal("comfortable", (await elsewhere.OpenAsync("/o/alpine-cloud")).Find("html").GetAttribute("data-density"));
    }

    [Theory]
    [InlineData("cosy")]
    [InlineData("COMPACT")]
    [InlineData("dark")]
    [InlineData("")]
    public async Task One_that_there_is_not_is_refused(string density)
    {
        var visitor = await app.SignInAsync("program-admin");
        await visitor.OpenAsync("/o/alpine-cloud");

        var page = await visitor.ReadAsync(await visitor.ForgeAsync("/density", ("density", density)));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
    }

    [Fact]
    public async Task A_cookie_that_says_something_else_counts_as_none()
    {
        var visitor = await app.SignInAsync("program-admin");
        visitor.Keep("pc-density", "\"><script>alert(1)</script>");

        Assert.Equal("comfortable", (await visitor.OpenAsync("/o/alpine-cloud")).Find("html").GetAttribute("data-density"));
    }

    [Fact]
    public void No_style_sheet_but_that_of_the_tokens_knows_of_it()
    {
        var sheets = Repository.SourceFiles(".css").Where(file => File.ReadAllText(file).Contains("data-density", StringComparison.Ordinal));

        Assert.Equal(["tokens.css"], sheets.Select(Path.GetFileName));
    }
}
