using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Tests.Features.Users;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.Coverage;

public sealed class CoveragePageTests : IAsyncLifetime, IDisposable
{
    private const string Address = "/o/alpine-cloud/action-center/coverage";
    private const int Many = 3000;

    private readonly PortalApp _app = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_mandatory_action_that_nobody_read_is_listed_until_one_of_its_addressees_opens_it()
    {
        var id = await _app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "Check your bank", RoleCatalogue.BillingAdmin));
        var (admin, addressee) = (await _app.SignInAsync("global-admin"), await _app.SignInAsync("billing-admin"));

        var before = await admin.OpenAsync(Address);
        await addressee.OpenAsync($"/o/alpine-cloud/action-center/{id}");
        var after = await admin.OpenAsync(Address);

        Assert.Equal(
            ["Account settings", "Billing admin", "1 person", "30 days left 1 April 2026"],
            before.TextsOf($"#unread-{id} td"));
        Assert.False(after.Has($"#unread-{id}"));
    }

    [Fact]
    public async Task The_title_is_told_only_to_who_sees_the_action_anyway()
    {
        var foreign = await _app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "Between us", RoleCatalogue.BillingAdmin));
        var own = await _app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "For you too", RoleCatalogue.GlobalAdmin));
        var visitor = await _app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync(Address);

        Assert.Equal($"Action {foreign}, not addressed to you", page.TextOf($"#unread-{foreign} th"));
        Assert.DoesNotContain("Between us", page.Html, StringComparison.Ordinal);
        Assert.Equal($"/o/alpine-cloud/action-center/{own}", page.Find($"#unread-{own} th a").GetAttribute("href"));
        Assert.Equal("For you too", page.TextOf($"#unread-{own} th a"));
    }

    [Fact]
    public async Task Who_is_addressed_and_reaches_nobody_is_marked()
    {
        var id = await _app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "To nobody", RoleCatalogue.CpvAdmin) with { Workspace = "pricing" });
        var visitor = await _app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync(Address);

        Assert.Equal("Nobody", page.TextsOf($"#unread-{id} td")[2]);
        Assert.Equal("Nobody", page.TextsOf("#reach-pricing td")[1]);
        Assert.True(page.Has("#reach-pricing td:nth-of-type(2) .pill--danger"));
    }

    [Fact]
    public async Task What_rests_on_one_person_leads_to_the_users_with_it()
    {
        var visitor = await _app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync(Address);
        var link = page.Find("a[href$='?role=billing_admin&status=active']");
        var users = await visitor.OpenAsync(link.GetAttribute("href")!);

        Assert.Equal("Billing admin", link.TextContent.Trim());
        Assert.StartsWith("Ben Keller", link.Closest("tr")!.QuerySelector("th")!.TextContent.Trim(), StringComparison.Ordinal);
        Assert.Contains("Ben Keller", Assert.Single(users.TextsOf("tbody th")), StringComparison.Ordinal);

        await _app.AddPersonAsync("Second Keller", roles: RoleCatalogue.BillingAdmin);
        Assert.False((await visitor.OpenAsync(Address)).Has("a[href$='?role=billing_admin&status=active']"));
    }

    [Fact]
    public async Task Where_mail_goes_is_counted_by_what_is_known_of_the_address()
    {
        await _app.AddPersonAsync("Verified Person", member => member.UseVerifiedContact("verified@example.com"));
        var visitor = await _app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync(Address);

        var verified = page.Find("a[href$='?contact=verified&status=active']");
        var row = verified.Closest("tr")!;
        Assert.Equal(["Contact address", verified.TextContent.Trim()], row.QuerySelectorAll("td").Select(cell => cell.TextContent.Trim()));
        var users = await visitor.OpenAsync(verified.GetAttribute("href")!);
        Assert.Equal(int.Parse(verified.TextContent, System.Globalization.CultureInfo.InvariantCulture), users.FindAll("tbody tr").Count);
    }

    [Fact]
    public async Task It_asks_the_database_as_often_for_many_members_as_for_few()
    {
        await _app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "Unread", RoleCatalogue.GlobalAdmin));
        var visitor = await _app.SignInAsync("global-admin");

        var few = (await _app.OpenAskingAsync(visitor, Address)).Asked;
        await FillAsync();
        var many = (await _app.OpenAskingAsync(visitor, Address)).Asked;

        Assert.InRange(few.Count, 6, 40);
        Assert.Equal(few, many);
        Assert.StartsWith("3,0", (await visitor.OpenAsync(Address)).TextsOf("#reach-pricing td")[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_speaks_dutch()
    {
        var visitor = await _app.SignInAsync("dutch-admin");

        var page = await visitor.OpenAsync("/o/lowland-digital/action-center/coverage");

        Assert.Equal("Bereik", page.Heading);
        Assert.Contains("Hangt af van één persoon", page.TextsOf("main h2"));
    }

    // Row by row through the model, this would be most of the time of the test.
    private Task<int> FillAsync() => _app.InDatabaseAsync(async db =>
    {
        var id = await db.Organizations.Where(row => row.Key == "alpine-cloud").Select(row => row.Id).SingleAsync();
        return await db.Database.ExecuteSqlInterpolatedAsync($"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Many})
            INSERT INTO People (Name, SignInAddress, NormalizedSignInAddress, Language, IsOperator, IsDisabled, Version)
            SELECT 'Member ' || i, 'member' || i || '@many', upper('member' || i || '@many'), 'en', 0, 0, 0 FROM n;
            INSERT INTO Memberships (PersonId, OrganizationId, JoinedAt, Status, IsGuest, EmailLanguage, ContactState, ReadUpTo, Version)
            SELECT Id, {id}, {_app.Now()}, 'Active', 0, 'en', 'None', 0, 0 FROM People WHERE SignInAddress LIKE 'member%@many';
            INSERT INTO RoleAssignments (MembershipId, Role, GrantedBy, GrantedAt, ReadUpTo)
            SELECT Id, {RoleCatalogue.SalesAgent.Key}, 'Anna Winter', {_app.Now()}, 0 FROM Memberships
            WHERE OrganizationId = {id} AND Id NOT IN (SELECT MembershipId FROM RoleAssignments);
            """);
    });
}
