using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.MyActions;

public sealed class MyActionsTests : IAsyncLifetime, IDisposable
{
    private const string Address = "/my-actions";

    private readonly PortalApp _app = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task The_mandatory_actions_of_all_directories_stand_together_the_overdue_ones_first()
    {
        var soon = await PublishAsync("Soon in Alpine", "alpine-cloud", "account_admin", days: 5);
        var overdue = await PublishAsync("Overdue in Lowland", "lowland-digital", "user_management_admin", days: 1);
        _app.Clock.Advance(TimeSpan.FromDays(3));
        var later = await PublishAsync("Later in Lowland", "lowland-digital", "user_management_admin", days: 9);
        var visitor = await _app.SignInAsync("two-directories");

        var page = await visitor.OpenAsync(Address);

        long[] published = [soon, overdue, later];
        var rows = page.FindAll("tbody tr")
            .Select(row => (Link: row.QuerySelector("th a")!.GetAttribute("href")!, Text: $"{row.QuerySelector("td")!.TextContent.Trim()}: {row.QuerySelector(".due")!.TextContent.Trim()}"))
            .Where(row => published.Any(id => row.Link.EndsWith($"/{id}", StringComparison.Ordinal)));
        Assert.Equal(
            [
                ($"/o/lowland-digital/action-center/{overdue}", "Lowland Digital: Overdue by 2 days"),
                ($"/o/alpine-cloud/action-center/{soon}", "Alpine Cloud: 2 days left"),
                ($"/o/lowland-digital/action-center/{later}", "Lowland Digital: 9 days left"),
            ],
            rows);
    }

    [Fact]
    public async Task Nothing_else_is_there_neither_recommended_nor_done_nor_of_others()
    {
        await PublishAsync("Of others", "alpine-cloud", "billing_admin", days: 5);
        await PublishAsync("In a foreign house", "harbor-apps", "owner", days: 5);
        await _app.PublishAsync(Drafts.RecommendedAction("account_admin") with { Workspace = "account-settings", Organizations = ["alpine-cloud"], Content = Drafts.English("Recommended") });
        var done = await PublishAsync("Done", "alpine-cloud", "account_admin", days: 5);
        var visitor = await _app.SignInAsync("two-directories");
        Assert.Contains("Done", (await visitor.OpenAsync(Address)).TextsOf("tbody th a"));
        await _app.InDatabaseAsync(async db =>
        {
            var communication = await db.Communications.SingleAsync(row => row.Id == done);
            var organization = await db.Organizations.SingleAsync(row => row.Key == "alpine-cloud");
            db.Add(Completion.InOrganization(communication, organization.Id, "Anna Winter", _app.Clock.GetUtcNow().UtcDateTime));
            return await db.SaveChangesAsync();
        });

        var titles = (await visitor.OpenAsync(Address)).Text;

        Assert.DoesNotContain("Of others", titles, StringComparison.Ordinal);
        Assert.DoesNotContain("In a foreign house", titles, StringComparison.Ordinal);
        Assert.DoesNotContain("Recommended", titles, StringComparison.Ordinal);
        Assert.DoesNotContain("Done", titles, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_that_one_left_is_gone()
    {
        await PublishAsync("In Alpine", "alpine-cloud", "account_admin", days: 5);
        var visitor = await _app.SignInAsync("two-directories");
        Assert.Contains("In Alpine", (await visitor.OpenAsync(Address)).Text, StringComparison.Ordinal);
        await _app.InDatabaseAsync(async db =>
        {
            (await db.Memberships.SingleAsync(row => row.Person.Name == "Mila Jansen" && row.Organization.Key == "alpine-cloud"))
                .Leave(_app.Clock.GetUtcNow().UtcDateTime);
            return await db.SaveChangesAsync();
        });

        var page = await visitor.OpenAsync(Address);

        Assert.DoesNotContain("In Alpine", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Alpine Cloud", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_without_a_directory_is_told_so()
    {
        var visitor = await _app.SignInAsync("operator");

        Assert.Equal("You do not belong to an organization at the moment. Ask an administrator of your organization to invite you.", (await visitor.OpenAsync(Address)).TextOf(".empty"));
    }

    [Theory]
    [InlineData("two-directories", true)]
    [InlineData("billing-admin", false)]
    public async Task The_profile_menu_leads_there_from_more_than_one_directory(string person, bool isOffered)
    {
        var visitor = await _app.SignInAsync(person);

        Assert.Equal(isOffered, (await visitor.OpenAsync("/o/alpine-cloud")).Has($".menu-list a[href='{Address}']"));
    }

    [Fact]
    public async Task It_is_for_whoever_is_signed_in()
    {
        var answer = await _app.Visit().GetAsync(Address);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.StartsWith("/?returnUrl=", answer.LocationOf(), StringComparison.Ordinal);
    }

    private Task<long> PublishAsync(string title, string organization, string role, int days) =>
        _app.PublishAsync(Drafts.MandatoryAction(role) with
        {
            Workspace = "account-settings",
            Organizations = [organization],
            DueInDays = days,
            Content = Drafts.English(title),
        });
}
