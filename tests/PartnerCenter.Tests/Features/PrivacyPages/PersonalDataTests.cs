using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Privacy;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.PrivacyPages;

public sealed class PersonalDataTests : IAsyncLifetime, IDisposable
{
    private readonly PortalApp _app = new();
    private MilasStory _mila = null!;

    public async Task InitializeAsync() => _mila = await MilasStory.TellAsync(_app);

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_person_downloads_everything_that_is_kept_about_them_from_their_profile()
    {
        var page = await _mila.Browser.OpenAsync("/my-profile");
        using var answer = await _mila.Browser.GetAsync(page.Find("main a[download]").GetAttribute("href")!);
        var text = await answer.Content.ReadAsStringAsync();
        using var file = JsonDocument.Parse(text);
        var root = file.RootElement;

        Assert.Equal("application/json; charset=utf-8", $"{answer.Content.Headers.ContentType}");
        Assert.Equal("attachment; filename=\"partnercenter-personal-data.json\"", $"{answer.Content.Headers.ContentDisposition}");
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Contains("Órs-Jansen", text, StringComparison.Ordinal);
        Assert.Equal(PersonalData.Format, root.GetProperty("format").GetString());
        Assert.Equal(
            ["format", "madeAt", "organizations", .. PrivacyTable.Rows.Select(row => row.Section).OfType<string>()],
            root.EnumerateObject().Select(section => section.Name));
        Assert.Equal((MilasStory.Name, MilasStory.SignIn), (root.GetProperty("person")[0].GetProperty("name").GetString(), root.GetProperty("person")[0].GetProperty("signInAddress").GetString()));
        Assert.Equal(["alpine-cloud", "lowland-digital"], root.GetProperty("organizations").EnumerateArray().Select(row => row.GetProperty("key").GetString()).Order());
        Assert.Equal(2, root.GetProperty("memberships").GetArrayLength());
        Assert.All(["sessions", "identities", "roles", "optOuts", "preferenceChanges", "contactVerifications", "accessRequests", "accessReviews", "activityLog", "supportRequests", "supportNotes", "communications", "readAndArchived", "completions", "feeds", "mails", "mailEvents", "handOvers"],
            section => Assert.NotEqual(0, root.GetProperty(section).GetArrayLength()));
    }

    [Fact]
    public async Task It_has_no_secret_and_nothing_of_others()
    {
        var text = await (await _mila.Browser.GetAsync("/my-profile/data")).Content.ReadAsStringAsync();
        Assert.DoesNotContain("at-the-provider", text, StringComparison.Ordinal);
        Assert.DoesNotContain("hint-for", text, StringComparison.Ordinal);
        var secrets = await _app.InDatabaseAsync(async db => (await db.Sessions.Select(row => row.IdHash).ToListAsync())
            .Concat(await db.ExternalIdentities.Select(row => row.KeyHash).ToListAsync())
            .Concat(await db.FeedLinks.Select(row => row.SecretHash).ToListAsync())
            .Concat(await db.ContactVerifications.Select(row => row.TokenHash).ToListAsync())
            .Concat(await db.ContactVerifications.Select(row => row.CodeHash).ToListAsync()).ToList());
        var others = await _app.InDatabaseAsync(db => db.OutboxMails
            .Where(mail => mail.Address != null && mail.Address != MilasStory.SignIn && mail.Address != MilasStory.Contact)
            .Select(mail => mail.Address!).Distinct().ToListAsync());

        Assert.NotEmpty(secrets);
        Assert.NotEmpty(others);
        Assert.All(secrets.Concat(others), secret => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase));
        foreach (var other in new[] { "omar.haddad", "Pieter Bakker", "publisher@demo.example" })
            Assert.DoesNotContain(other, text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_operator_finds_anybody_and_gets_the_same_file()
    {
        var visitor = await _app.SignInAsync("operator");
        var found = await visitor.OpenAsync("/operator/people?text=d%27%C3%93rs");
        var person = await visitor.OpenAsync(found.Find("main table a").GetAttribute("href")!);

        using var answer = await visitor.PressAsync(person.Find("main form[action$='/data'] button"));

        Assert.Equal(MilasStory.Name, person.Heading);
        Assert.Contains("\"format\": \"partnercenter-personal-data/1\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("Nobody has such a name or address.", (await visitor.OpenAsync("/operator/people?text=nobody-like-that")).TextOf("main .empty"));
        Assert.False((await visitor.OpenAsync("/operator/people")).Has("main table"));
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.ForgeAsync("/operator/people/4711/data")).StatusCode);
    }

    [Fact]
    public async Task Every_organization_of_the_person_sees_in_its_log_which_operator_took_the_file()
    {
        var visitor = await _app.SignInAsync("operator");
        await visitor.OpenAsync($"/operator/people/{_mila.PersonId}");
        Assert.Empty(await DownloadsAsync());

        using var answer = await visitor.ForgeAsync($"/operator/people/{_mila.PersonId}/data");

        using var file = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Contains(file.RootElement.GetProperty("activityLog").EnumerateArray(), entry => entry.GetProperty("action").GetString() == nameof(AuditAction.PersonalDataDownloaded));
        Assert.Equal(
            [("alpine-cloud", "Olivia Stone", MilasStory.Name), ("lowland-digital", "Olivia Stone", MilasStory.Name)],
            await DownloadsAsync());
    }

    private Task<List<(string Organization, string By, string Of)>> DownloadsAsync() => _app.InDatabaseAsync(async db =>
        (await (from entry in db.AuditEntries
                join organization in db.Organizations on entry.OrganizationId equals organization.Id
                where entry.Action == AuditAction.PersonalDataDownloaded
                orderby organization.Key
                select new { organization.Key, entry.Actor, entry.Subject }).ToListAsync())
            .ConvertAll(row => (row.Key, row.Actor, row.Subject!)));
}
