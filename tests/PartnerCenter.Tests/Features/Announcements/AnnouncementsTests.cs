using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.Announcements;

public sealed class AnnouncementsTests : IAsyncLifetime, IDisposable
{
    private const string Address = "/o/alpine-cloud/action-center/announcements";

    // Before the demo's own ones nothing was announced in these workspaces.
    private const string Quiet = $"{Address}?workspace=help-support";

    private readonly PortalApp _app = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task They_stand_under_their_months_the_newest_first()
    {
        await AnnounceAsync("First of March");
        await AnnounceAsync("Second of March");
        _app.Clock.Advance(TimeSpan.FromDays(31));
        await AnnounceAsync("In April");
        var visitor = await _app.SignInAsync("newcomer");

        var page = await visitor.OpenAsync(Quiet);

        Assert.Equal(["April 2026", "March 2026"], page.TextsOf("main h2"));
        Assert.Equal(["In April", "Second of March", "First of March"], page.TextsOf("tbody th a"));
        Assert.Equal(["In April"], page.TextsOf("section:has(#month-2026-04) tbody th a"));
    }

    [Fact]
    public async Task A_row_says_what_where_for_whom_and_when_and_leads_to_it()
    {
        var id = await AnnounceAsync("New help pages", "global_admin", "billing_admin");
        var visitor = await _app.SignInAsync("billing-admin");

        var page = await visitor.OpenAsync(Quiet);

        Assert.Equal($"/o/alpine-cloud/action-center/{id}", page.Find($"#announcement-{id} a").GetAttribute("href"));
        Assert.Equal("What it is about.", page.TextOf($"#announcement-{id} .quiet"));
        Assert.Equal(["Help + support", "Global admin, Billing admin", "2 March 2026"], page.TextsOf($"#announcement-{id} td"));
    }

    [Fact]
    public async Task Only_what_reaches_the_reader_is_announced_to_them_and_nothing_but_announcements()
    {
        await AnnounceAsync("For billing", "billing_admin");
        await AnnounceAsync("For owners", "owner");
        await AnnounceInAsync("lowland-digital", "For another organization", "billing_admin");
        await _app.PublishAsync(Drafts.TransactionalNotification("billing_admin") with { Workspace = "help-support", Content = Drafts.English("No announcement") });
        var visitor = await _app.SignInAsync("billing-admin");

        Assert.Equal(["For billing"], (await visitor.OpenAsync(Quiet)).TextsOf("tbody th a"));
    }

    [Fact]
    public async Task The_archived_ones_stay_and_say_so_and_the_withdrawn_ones_go()
    {
        var archived = await AnnounceAsync("Archived");
        var withdrawn = await AnnounceAsync("Withdrawn");
        var visitor = await _app.SignInAsync("newcomer");
        await visitor.OpenAsync(Quiet);
        await visitor.ForgeAsync($"/o/alpine-cloud/action-center/{archived}/archive");
        await _app.InDatabaseAsync(async db =>
        {
            (await db.Communications.Include(row => row.Targets).SingleAsync(row => row.Id == withdrawn)).Withdraw(_app.Clock.GetUtcNow().UtcDateTime);
            return await db.SaveChangesAsync();
        });

        var page = await visitor.OpenAsync(Quiet);

        Assert.Equal(["Archived"], page.TextsOf("tbody th a"));
        Assert.Equal(["Archived"], page.TextsOf($"#announcement-{archived} .pill"));
    }

    [Fact]
    public async Task The_audience_of_everybody_and_of_one_member_is_said_in_words()
    {
        var everybody = await AnnounceAsync("For all");
        var member = await _app.InDatabaseAsync(db => db.Memberships.Where(row => row.Person.Name == "Noa Lind").Select(row => row.Id).SingleAsync());
        var one = await _app.PublishAsync((Drafts.PromotionalNotification() with { Workspace = "help-support" }).ForMembership(member));
        var visitor = await _app.SignInAsync("newcomer");

        var page = await visitor.OpenAsync(Quiet);

        Assert.Equal("Every member", page.TextsOf($"#announcement-{everybody} td")[1]);
        Assert.Equal("You personally", page.TextsOf($"#announcement-{one} td")[1]);
    }

    [Fact]
    public async Task Month_and_workspace_narrow_and_stand_in_the_address()
    {
        await AnnounceAsync("In March");
        _app.Clock.Advance(TimeSpan.FromDays(31));
        await AnnounceAsync("In April");
        var visitor = await _app.SignInAsync("newcomer");

        var march = await visitor.OpenAsync($"{Quiet}&month=2026-03");
        var none = await visitor.OpenAsync($"{Quiet}&month=2025-01");

        Assert.Equal(["In March"], march.TextsOf("tbody th a"));
        Assert.Equal("2026-03", march.Find("#filter-month option[selected]").GetAttribute("value"));
        Assert.Equal("help-support", march.Find("#filter-workspace option[selected]").GetAttribute("value"));
        Assert.Equal(["2026-04", "2026-03"], march.FindAll("#filter-month option").Skip(1).Take(2).Select(option => option.GetAttribute("value")));
        Assert.Equal("No announcement matches. Remove a filter to see more.", none.TextOf(".empty"));
    }

    [Theory]
    [InlineData("?month=yesterday&workspace=nonsense&after=x")]
    [InlineData("?month=9999-12")]
    public async Task What_an_address_says_wrongly_counts_as_not_said(string query)
    {
        await AnnounceAsync("In March");
        var visitor = await _app.SignInAsync("newcomer");

        Assert.Contains("In March", (await visitor.OpenAsync(Address + query)).TextsOf("tbody th a"));
    }

    [Fact]
    public async Task Older_ones_are_a_page_away_and_none_is_shown_twice_when_new_ones_come()
    {
        for (var number = 1; number <= 30; number++)
            await AnnounceAsync($"Number {number}");
        var visitor = await _app.SignInAsync("newcomer");
        var first = await visitor.OpenAsync(Quiet);
        await AnnounceAsync("Came meanwhile");

        var second = await visitor.OpenAsync(first.Find(".pager a[rel=next]").GetAttribute("href")!);

        Assert.Equal(
            Enumerable.Range(1, 30).Reverse().Select(number => $"Number {number}"),
            first.TextsOf("tbody th a").Concat(second.TextsOf("tbody th a")));
        Assert.False(second.Has(".pager a[rel=next]"));
        Assert.Equal("Newest announcements", second.TextOf(".pager a"));
    }

    private Task<long> AnnounceAsync(string title, params string[] roles) => AnnounceInAsync("alpine-cloud", title, roles);

    private Task<long> AnnounceInAsync(string organization, string title, params string[] roles) =>
        _app.PublishAsync(Drafts.PromotionalNotification(roles.Length == 0 ? [RoleCatalogue.DefaultUser.Key] : roles) with
        {
            Workspace = "help-support",
            Organizations = [organization],
            Content = Drafts.English(title),
        });
}
