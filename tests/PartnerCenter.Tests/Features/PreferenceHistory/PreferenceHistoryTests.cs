using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.PreferenceHistory;

public sealed class PreferenceHistoryTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string History = "/o/alpine-cloud/my-preferences/history";
    private const string Edit = "/o/alpine-cloud/my-preferences/edit";

    [Fact]
    public async Task What_was_saved_is_there_with_what_it_was_before_and_the_way()
    {
        var visitor = await app.SignInAsync("agent");
        var review = await visitor.ReadAsync(await visitor.PressAsync(
            (await visitor.OpenAsync(Edit)).ButtonOf("/o/alpine-cloud/my-preferences/review"),
            ("JobTitle", "Boss <of> all"), ("EmailLanguage", "nl"), ("TimeZone", "Asia/Tokyo")));
        await visitor.PressAsync(review.Find("main form button:not([formaction])"));

        var page = await visitor.OpenAsync(History);

        Assert.Equal("History of my preferences", page.Heading);
        Assert.Equal(
            [
                "Time zone|UTC (not chosen)|UTC+09:00 Tokyo, Osaka|My preferences",
                "Email language|English|Nederlands|My preferences",
                "Job title|Customer success lead|Boss <of> all|My preferences",
            ],
            Rows(page).Take(3));
        Assert.Equal(History, (await visitor.OpenAsync("/o/alpine-cloud/my-preferences")).Find(".toolbar a:not(.button)").GetAttribute("href"));
    }

    [Fact]
    public async Task It_is_only_ones_own_and_goes_on_from_page_to_page()
    {
        var name = "referrals@demo.example";
        await app.InDatabaseAsync(async db =>
        {
            var member = await db.Memberships.Include(row => row.OptOuts)
                .SingleAsync(row => row.Person.SignInAddress == name && row.Organization.Key == "alpine-cloud");
            for (var i = 0; i < 30; i++)
                member.Choose(CommunicationKind.PromotionalNotification, "billing", isWanted: i % 2 == 1, new(ChangedBy.Import, FixedTime.Start.AddDays(i - 900)));
            return await db.SaveChangesAsync();
        });
        var visitor = await app.SignInAsync("referrals");

        var first = await visitor.OpenAsync(History);
        var second = await visitor.OpenAsync(first.Find(".pager a[rel=next]").GetAttribute("href")!);
        var other = await (await app.SignInAsync("global-admin")).OpenAsync(History);

        Assert.Equal((25, "Promotional notification – Billing|Off|On|Taken over from the old system"), (Rows(first).Count, Rows(first)[0]));
        Assert.Equal(5, Rows(second).Count(row => row.Contains("Billing", StringComparison.Ordinal)));
        Assert.Empty(Rows(first).Skip(25));
        Assert.False(second.Has(".pager a[rel=next]"));
        Assert.DoesNotContain(Rows(other), row => row.Contains("old system", StringComparison.Ordinal));
    }

    private static List<string> Rows(Page page) =>
        [.. page.FindAll("tbody tr").Select(row => string.Join('|', row.Children.Skip(1).Select(cell => cell.TextContent)))];
}
