using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.ImportPeople;

public sealed class ImportPeopleTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Import = "/o/alpine-cloud/account-settings/users/import";
    private const string Confirm = "/o/alpine-cloud/account-settings/users/import/confirm";
    private const string Heading = "address,name,status,guest,guest_until,role,location,role_until\n";

    [Fact]
    public async Task A_file_is_looked_at_first_and_imported_when_one_says_so()
    {
        var visitor = await app.SignInAsync("global-admin");
        var before = await CountAsync();

        var report = await CheckAsync(visitor, "new@import.example,\"New\nOne\",,,,billing_admin,,\nbilling-admin@demo.example,,,,,owner,,2026-12-31\n", ("Language", "nl"));

        Assert.Equal(before, await CountAsync());
        Assert.Equal(["2 new@import.example Invite Billing admin", "3 billing-admin@demo.example Give the role Owner – until 31 December 2026"], report.TextsOf("tbody tr"));
        Assert.Equal(["Unchanged: 0", "To invite: 1", "Roles to give: 1", "Last days to change: 0", "Wrong: 0"], report.TextsOf(".import-counts li"));

        var answer = await visitor.PressAsync(report.ButtonOf(Confirm));

        Assert.Equal("Imported. People invited: 1. Roles given: 1. Last days changed: 0.", (await visitor.FollowAsync(answer)).TextOf("[role=status]"));
        var invited = await app.InDatabaseAsync(db => db.Memberships.Include(member => member.Person).SingleAsync(member => member.Person.SignInAddress == "new@import.example"));
        Assert.Equal((MembershipStatus.Invited, "nl", "New One"), (invited.Status, invited.EmailLanguage, invited.Person.Name));
    }

    [Fact]
    public async Task A_wrong_row_stands_first_with_its_number_and_nothing_can_be_confirmed()
    {
        var visitor = await app.SignInAsync("global-admin");

        var report = await CheckAsync(visitor, "fine@wrong-import.example,,,,,,,\nfine2@wrong-import.example,,,,,no_such_role,,\n");

        Assert.Equal("3 fine2@wrong-import.example Wrong There is no role “no_such_role”.", report.TextsOf("tbody tr")[0]);
        Assert.Contains("Rows that are wrong: 1.", report.TextOf(".notice--bad"), StringComparison.Ordinal);
        Assert.False(report.PostsTo(Confirm));
    }

    [Fact]
    public async Task A_file_that_says_what_is_so_already_has_nothing_to_do()
    {
        var visitor = await app.SignInAsync("global-admin");

        var report = await CheckAsync(visitor, "agent@demo.example,,,,,admin_agent,,\n");

        Assert.Contains("There is nothing to do", report.Text, StringComparison.Ordinal);
        Assert.False(report.PostsTo(Confirm));
    }

    [Fact]
    public async Task What_changed_since_one_looked_is_shown_again()
    {
        var visitor = await app.SignInAsync("global-admin");
        var report = await CheckAsync(visitor, "again@changed.example,,,,,owner,,\n");
        await visitor.PressAsync((await CheckAsync(visitor, "again@changed.example,,,,,,,\n")).ButtonOf(Confirm));
        var before = await CountAsync();

        var again = await visitor.ReadAsync(await visitor.PressAsync(report.ButtonOf(Confirm)));

        Assert.Contains("something has changed since you looked", again.Text, StringComparison.Ordinal);
        Assert.Equal(before, await CountAsync());
        var answer = await visitor.PressAsync(again.ButtonOf(Confirm));
        Assert.Equal(Import, answer.LocationOf());
    }

    [Theory]
    [InlineData("Content", "!!!")]
    [InlineData("Content", "")]
    [InlineData("Content", "YQ==")]
    [InlineData("Language", "de")]
    [InlineData("Fingerprint", "")]
    public async Task What_comes_back_is_not_trusted(string field, string value)
    {
        var visitor = await app.SignInAsync("global-admin");
        var report = await CheckAsync(visitor, "forged@forged.example,,,,,owner,,\n");

        var answer = await visitor.PressAsync(report.ButtonOf(Confirm), (field, value));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(await app.InDatabaseAsync(db => db.People.AnyAsync(person => person.SignInAddress == "forged@forged.example")));
    }

    [Fact]
    public async Task Another_file_under_the_same_fingerprint_is_shown_and_not_imported()
    {
        var visitor = await app.SignInAsync("global-admin");
        var report = await CheckAsync(visitor, "one@swapped.example,,,,,owner,,\n");
        var other = Convert.ToBase64String(Encoding.UTF8.GetBytes(Heading + "two@swapped.example,,,,,global_admin,,\n"));

        var again = await visitor.ReadAsync(await visitor.PressAsync(report.ButtonOf(Confirm), ("Content", other)));

        Assert.Contains("something has changed", again.Text, StringComparison.Ordinal);
        Assert.False(await app.InDatabaseAsync(db => db.People.AnyAsync(person => person.SignInAddress == "two@swapped.example")));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_refused_at_its_field()
    {
        var visitor = await app.SignInAsync("global-admin");
        var page = await visitor.OpenAsync(Import);

        async Task<string> FaultOf(byte[] file) => (await visitor.ReadAsync(await visitor.UploadAsync(page.ButtonOf(Import), "File", file))).TextOf(".error-summary a");

        Assert.Equal("CSV file: The file is larger than 5 MB.", await FaultOf(new byte[MemberCsv.MostBytes + 1]));
        Assert.Equal("CSV file: The file isn't UTF-8 text. Save it as “CSV UTF-8”.", await FaultOf(Encoding.Unicode.GetBytes(Heading)));
        Assert.Equal("CSV file: There is no column “mail”, and these are missing: “address”.", await FaultOf(Encoding.UTF8.GetBytes(Heading.Replace("address", "mail", StringComparison.Ordinal))));
        Assert.Equal("CSV file: The file has a heading and nothing below it.", await FaultOf(Encoding.UTF8.GetBytes(Heading)));
        var nothing = await visitor.ReadAsync(await visitor.PressAsync(page.ButtonOf(Import)));
        Assert.Equal("CSV file: Choose a file.", nothing.TextOf(".error-summary a"));
    }

    [Fact]
    public async Task A_thousand_rows_pass_through_the_browser_and_back()
    {
        var visitor = await app.SignInAsync("publisher");
        const string There = "/o/harbor-apps/account-settings/users/import";
        var page = await visitor.OpenAsync(There);
        var file = Encoding.UTF8.GetBytes(Heading + string.Concat(Enumerable.Range(1, 1000).Select(i => $"p{i}@thousand.example,Person {i},,,,,,\n")));
        var report = await visitor.ReadAsync(await visitor.UploadAsync(page.ButtonOf(There), "File", file));

        var answer = await visitor.PressAsync(report.ButtonOf($"{There}/confirm"));

        Assert.Equal(There, answer.LocationOf());
        Assert.Equal(1000, await app.InDatabaseAsync(db => db.Memberships.CountAsync(member => member.Person.SignInAddress.EndsWith("@thousand.example"))));
    }

    [Theory]
    [InlineData("billing-admin")]
    [InlineData("newcomer")]
    public async Task Whoever_does_not_manage_people_is_refused(string person)
    {
        var visitor = await app.ArriveAsync(person);
        await visitor.OpenAsync("/o/alpine-cloud");

        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.OpenAsync(Import)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.ForgeAsync(Import)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.ForgeAsync(Confirm)).StatusCode);
    }

    private static async Task<Page> CheckAsync(Visitor visitor, string rows, params (string Name, string Value)[] typed)
    {
        var page = await visitor.OpenAsync(Import);
        return await visitor.ReadAsync(await visitor.UploadAsync(page.ButtonOf(Import), "File", Encoding.UTF8.GetBytes(Heading + rows), typed));
    }

    private Task<(int, int, int)> CountAsync() => app.InDatabaseAsync(async db =>
        (await db.People.CountAsync(), await db.Communications.CountAsync(), await db.AuditEntries.CountAsync()));
}
