using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.ActivityLog;

public sealed class ActivityLogPageTests : IAsyncLifetime, IDisposable
{
    private const string Log = "/o/alpine-cloud/account-settings/activity-log";

    private static readonly Actor Anna = new("Anna Winter", 1, "192.0.2.7");

    private readonly PortalApp _app = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task An_empty_log_says_so()
    {
        var visitor = await _app.SignInAsync("global-admin");

        Assert.Equal("Nothing was changed yet. Changes of people, roles, programs and locations are written here by themselves.", (await visitor.OpenAsync(Log)).TextOf(".empty"));
    }

    [Fact]
    public async Task The_newest_entry_comes_first_with_who_what_whom_how_when_and_from_where()
    {
        await RecordAsync(Anna, change => change.Record(AuditAction.ProgramEnrolled, topic: ProgramCatalogue.Incentives));
        await RecordAsync(Actor.Host, change => change.Record(AuditAction.AccessRequested, topic: "incentives", note: "Month end"));
        await RecordAsync(Anna, change => change.Record(AuditAction.RoleRevoked, topic: "billing_admin", before: "* → 2026-05-01"));
        var visitor = await _app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync(Log);

        Assert.Equal(
            ["Took a role away: Billing admin", "Asked for access: IncentivesMonth end", "Enrolled in a program: Incentive program"],
            page.TextsOf("tbody th"));
        Assert.Equal(
            ["2 March 2026 09:00 UTC", "Anna Winter", "–", "Old value: Entire organization → 2026-05-01", "192.0.2.7"],
            page.TextsOf("tbody tr:first-child td"));
        Assert.Equal("Host command", page.TextsOf("tbody tr:nth-child(2) td")[1]);
        Assert.Equal("3 entries match, the newest first.", page.TextOf("#shown"));
    }

    [Fact]
    public async Task It_can_be_asked_for_one_member_whatever_they_were_called()
    {
        await RecordAsync(Anna, change => change.Record(AuditAction.ProgramEnrolled, topic: ProgramCatalogue.Incentives));
        await RecordAsync(Actor.Host, change => change.Record(AuditAction.ProgramSuspended, topic: ProgramCatalogue.Incentives));
        await RecordAsync(Anna with { Name = "Anna Summer" }, change => change.Record(AuditAction.ProgramResumed, topic: ProgramCatalogue.Incentives));
        var visitor = await _app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync($"{Log}?member={Anna.MembershipId}");
        var nobody = await visitor.OpenAsync($"{Log}?member=999999");

        Assert.Equal(["Anna Summer", "Anna Winter"], page.TextsOf("tbody td:nth-child(2)"));
        Assert.Contains("Anna Winter", page.TextOf(".chip"), StringComparison.Ordinal);
        Assert.Equal("No entry matches. Remove a filter to see more.", nobody.TextOf(".empty"));
    }

    [Fact]
    public async Task Keys_are_shown_by_their_names_in_the_language_of_the_reader()
    {
        await RecordAsync(Actor.Host, change => change.Record(AuditAction.ReviewDecided, topic: "global_admin", after: "Keep"), "lowland-digital");
        var visitor = await _app.SignInAsync("dutch-admin");

        var page = await visitor.OpenAsync("/o/lowland-digital/account-settings/activity-log");

        Assert.StartsWith("Beslist in een toegangsbeoordeling: ", page.TextOf("tbody th"), StringComparison.Ordinal);
        Assert.DoesNotContain("global_admin", page.Text, StringComparison.Ordinal);
        Assert.Equal(["Opdracht op de server", "–", "Nieuwe waarde: Behouden"], page.TextsOf("tbody td").Skip(1).Take(3));
    }

    [Fact]
    public async Task Filters_narrow_what_is_shown_and_each_can_be_taken_off_by_itself()
    {
        await RecordAsync(Anna, change => change.Record(AuditAction.LocationAdded, topic: "Bern"));
        _app.Clock.Advance(TimeSpan.FromDays(1));
        await RecordAsync(new Actor("Ben Keller", 2), change => change.Record(AuditAction.LocationAdded, topic: "Basel"));
        await RecordAsync(new Actor("Ben Keller", 2), change => change.Record(AuditAction.LocationRemoved, topic: "Basel"));
        var visitor = await _app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync($"{Log}?what=LocationAdded&person=ben+k&from=2026-03-03&to=2026-03-03");

        Assert.Equal(["Added a location: Basel"], page.TextsOf("tbody th"));
        Assert.Equal("1 entry matches.", page.TextOf("#shown"));
        var chips = page.FindAll(".chip");
        Assert.Equal(4, chips.Count);
        var withoutPerson = await visitor.OpenAsync(chips[1].GetAttribute("href")!);
        Assert.Equal(3, withoutPerson.FindAll(".chip").Count);
        Assert.Equal("LocationAdded", withoutPerson.Find("#filter-what option[selected]").GetAttribute("value"));
        Assert.Equal("", withoutPerson.Find("#filter-person").GetAttribute("value") ?? "");
        Assert.Equal(["Added a location: Bern"], (await visitor.OpenAsync($"{Log}?to=2026-03-02")).TextsOf("tbody th"));
    }

    [Theory]
    [InlineData("?what=Nonsense&from=yesterday&to=9999-12-31&before=x")]
    [InlineData("?what=999")]
    public async Task What_an_address_says_wrongly_counts_as_not_said(string query)
    {
        await RecordAsync(Anna, change => change.Record(AuditAction.LocationAdded, topic: "Bern"));
        var visitor = await _app.SignInAsync("global-admin");

        Assert.Single((await visitor.OpenAsync(Log + query)).FindAll("tbody tr"));
    }

    [Theory]
    [InlineData("%")]
    [InlineData("_nna")]
    [InlineData("[A]nna")]
    [InlineData("\\")]
    public async Task A_name_is_searched_as_it_is_written(string person)
    {
        await RecordAsync(Anna, change => change.Record(AuditAction.LocationAdded, topic: "Bern"));
        var visitor = await _app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync($"{Log}?person={Uri.EscapeDataString(person)}");

        Assert.Equal("No entry matches. Remove a filter to see more.", page.TextOf(".empty"));
    }

    [Fact]
    public async Task Older_entries_are_a_page_away_and_none_is_shown_twice_when_new_ones_come()
    {
        for (var i = 1; i <= 60; i++)
            await RecordAsync(Anna, change => change.Record(AuditAction.LocationAdded, topic: "Bern"));
        var visitor = await _app.SignInAsync("global-admin");
        var first = await visitor.OpenAsync(Log);
        await RecordAsync(Anna, change => change.Record(AuditAction.LocationAdded, topic: "Bern"));

        var second = await visitor.OpenAsync(first.Find(".pager a[rel=next]").GetAttribute("href")!);

        Assert.Equal(Enumerable.Range(1, 60).Reverse().Select(number => $"entry-{number}"), first.FindAll("tbody tr").Concat(second.FindAll("tbody tr")).Select(row => row.Id!));
        Assert.False(second.Has(".pager a[rel=next]"));
        Assert.Equal("Newest entries", second.TextOf(".pager a"));
    }

    [Fact]
    public async Task The_export_holds_what_the_filter_shows_and_no_formula()
    {
        await RecordAsync(Anna, change => change.Record(AuditAction.LocationAdded, topic: "Bern", note: "=HYPERLINK(\"http://evil.example\")"));
        await RecordAsync(Anna, change => change.Record(AuditAction.LocationRemoved, topic: "Bern, \"old\"\r\nand more"));
        var visitor = await _app.SignInAsync("global-admin");

        var all = await visitor.GetAsync($"{Log}/export");
        var some = await visitor.GetAsync($"{Log}/export?what=LocationAdded");

        var bytes = await all.Content.ReadAsByteArrayAsync();
        Assert.Equal(Encoding.UTF8.GetPreamble(), bytes[..3]);
        Assert.Equal("attachment; filename=\"alpine-cloud-activity-log.csv\"", all.Header("Content-Disposition"));
        var text = Encoding.UTF8.GetString(bytes[3..]);
        Assert.Equal(
            "Number,When (UTC),Who,What,To whom,About,Old value,New value,Remark,From where\r\n"
            + "2,2026-03-02 09:00:00,Anna Winter,Removed a location,,\"Bern, \"\"old\"\"\r\nand more\",,,,192.0.2.7\r\n"
            + "1,2026-03-02 09:00:00,Anna Winter,Added a location,,Bern,,,\"'=HYPERLINK(\"\"http://evil.example\"\")\",192.0.2.7\r\n",
            text);
        Assert.DoesNotContain("Removed a location", await some.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dutch_export_is_parted_as_dutch_spreadsheets_part_it()
    {
        await RecordAsync(Anna, change => change.Record(AuditAction.LocationAdded, topic: "Utrecht"), "lowland-digital");
        var visitor = await _app.SignInAsync("dutch-admin");

        var text = await (await visitor.GetAsync("/o/lowland-digital/account-settings/activity-log/export")).Content.ReadAsStringAsync();

        Assert.Contains("Nummer;Wanneer (UTC);Wie;", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_may_not_see_the_log_gets_neither_page_nor_export()
    {
        var visitor = await _app.SignInAsync("billing-admin");

        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.OpenAsync(Log)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.GetAsync($"{Log}/export")).StatusCode);
    }

    [Fact]
    public async Task What_happened_in_another_organization_is_not_in_it()
    {
        await RecordAsync(Actor.Host, change => change.Record(AuditAction.LocationAdded, topic: "Utrecht"), "lowland-digital");
        var visitor = await _app.SignInAsync("global-admin");

        Assert.Empty((await visitor.OpenAsync(Log)).FindAll("tbody tr"));
    }

    // Who acts is of no matter to the log itself, so the member need not be there.
    private async Task RecordAsync(Actor actor, Action<OrganizationChange> record, string organization = "alpine-cloud")
    {
        await using var scope = _app.Services.CreateAsyncScope();
        var id = await _app.InDatabaseAsync(db => db.Organizations.Where(row => row.Key == organization).Select(row => row.Id).SingleAsync());
        var member = actor.MembershipId is null ? null : await _app.InDatabaseAsync(db => db.Memberships
            .Where(row => row.OrganizationId == id && row.Roles.Any(grant => grant.Role == RoleCatalogue.GlobalAdmin.Key))
            .Select(row => (int?)row.Id)
            .FirstAsync());
        await scope.ServiceProvider.GetRequiredService<OrganizationChanges>().RunAsync(id, actor with { MembershipId = member }, change =>
        {
            record(change);
            return Task.CompletedTask;
        });
    }
}
