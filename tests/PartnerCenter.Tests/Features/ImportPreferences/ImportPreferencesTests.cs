using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Preferences;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.ImportPreferences;

public sealed class ImportPreferencesTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Import = "/operator/import-preferences";
    private const string Confirm = "/operator/import-preferences/confirm";
    private const string Heading = "organization,address,preference,workspace,value,decided_at\n";

    [Fact]
    public async Task A_file_is_looked_at_first_and_imported_when_one_says_so()
    {
        var visitor = await app.SignInAsync("operator");

        var report = await CheckAsync(visitor, "alpine-cloud,agent@demo.example,promotional-notification,billing,no,2025-11-02\nalpine-cloud,nobody@demo.example,email-language,,nl,2025-11-02\n");

        Assert.Equal(["Wrong: 0", "Nobody there: 1", "Decided later: 0", "To change: 1", "Unchanged: 0"], report.TextsOf(".import-counts li"));
        Assert.Equal(
            [
                "3 nobody@demo.example alpine-cloud email-language = nl Left out The organization has no such member.",
                "2 agent@demo.example alpine-cloud promotional-notification – billing = no Change",
            ],
            report.TextsOf("tbody tr"));
        Assert.False(await IsOffAsync("agent@demo.example"));

        var answer = await visitor.PressAsync(report.ButtonOf(Confirm));

        Assert.Equal("Imported. Preferences changed: 1.", (await visitor.FollowAsync(answer)).TextOf("[role=status]"));
        Assert.True(await IsOffAsync("agent@demo.example"));
    }

    [Fact]
    public async Task A_wrong_row_stands_first_and_nothing_can_be_confirmed()
    {
        var visitor = await app.SignInAsync("operator");

        var report = await CheckAsync(visitor, "alpine-cloud,agent@demo.example,email-language,,nl,2025-11-02\nalpine-cloud,agent@demo.example,mandatory-action,all,no,2025-11-02\n");

        Assert.Equal(
            "3 agent@demo.example alpine-cloud mandatory-action – all = no Wrong This email is required and can't be turned off.",
            report.TextsOf("tbody tr")[0]);
        Assert.Contains("Rows that are wrong: 1.", report.TextOf(".notice--bad"), StringComparison.Ordinal);
        Assert.False(report.PostsTo(Confirm));
    }

    [Fact]
    public async Task Another_file_under_the_same_fingerprint_is_shown_and_not_imported()
    {
        var visitor = await app.SignInAsync("operator");
        var report = await CheckAsync(visitor, "alpine-cloud,billing-admin@demo.example,email-language,,nl,2025-11-02\n");
        var other = Convert.ToBase64String(Encoding.UTF8.GetBytes(Heading + "alpine-cloud,billing-admin@demo.example,promotional-notification,billing,no,2025-11-02\n"));

        var again = await visitor.ReadAsync(await visitor.PressAsync(report.ButtonOf(Confirm), ("Content", other)));

        Assert.Contains("something has changed", again.Text, StringComparison.Ordinal);
        Assert.False(await IsOffAsync("billing-admin@demo.example"));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_refused_at_its_field()
    {
        var visitor = await app.SignInAsync("operator");
        var page = await visitor.OpenAsync(Import);

        Assert.Equal("CSV file: The file is empty.", await FaultOf([]));
        Assert.Equal("CSV file: The file is larger than 5 MB.", await FaultOf(new byte[PreferenceCsv.MostBytes + 1]));
        Assert.StartsWith("CSV file: These columns are missing:", await FaultOf("organization,address\na,b"u8.ToArray()), StringComparison.Ordinal);

        async Task<string> FaultOf(byte[] content) =>
            (await visitor.ReadAsync(await visitor.UploadAsync(page.ButtonOf(Import), "File", content))).TextOf(".error-summary a[href='#File']");
    }

    [Fact]
    public async Task A_confirmation_of_no_file_is_no_request_of_this_page()
    {
        var visitor = await app.SignInAsync("operator");
        await visitor.OpenAsync(Import);

        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.ForgeAsync(Confirm, ("Content", "no base64"), ("Fingerprint", "x"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.ForgeAsync(Confirm)).StatusCode);
    }

    private static async Task<Page> CheckAsync(Visitor visitor, string rows)
    {
        var page = await visitor.OpenAsync(Import);
        return await visitor.ReadAsync(await visitor.UploadAsync(page.ButtonOf(Import), "File", Encoding.UTF8.GetBytes(Heading + rows)));
    }

    private Task<bool> IsOffAsync(string address) => app.InDatabaseAsync(db => db.Memberships
        .AnyAsync(member => member.Person.SignInAddress == address && member.Organization.Key == "alpine-cloud" && member.OptOuts.Any(optOut => optOut.Workspace == "billing")));
}
