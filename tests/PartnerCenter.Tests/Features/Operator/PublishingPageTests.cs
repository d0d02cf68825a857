using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.Operator;

public sealed class PublishingPageTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string New = "/operator/communications/new";
    private const string Publish = "main form button:not([formaction])";

    private static readonly (string Name, string? Value)[] Complete =
    [
        ("workspace", "billing"),
        ("kind", "mandatory-action"),
        ("audience.roles", "billing_admin"),
        ("audience.organizations", "alpine-cloud"),
        ("dueInDays", "14"),
        ("completion", "person"),
        ("link", " https://work.example.com/tax "),
        ("content[en].title", "Check the figures"),
        ("content[en].body", "They look **odd**."),
        ("content[nl].title", "Controleer de cijfers"),
        ("content[nl].body", "Ze lijken **vreemd**."),
    ];

    [Fact]
    public async Task What_is_published_there_reaches_its_readers()
    {
        var visitor = await app.SignInAsync("operator");
        var page = await visitor.OpenAsync(New);

        var answer = await visitor.PressAsync(page.Find(Publish), Complete);

        var details = await visitor.FollowAsync(answer);
        Assert.Equal("Published. Mails follow in the background.", details.TextOf("[role=status]"));
        Assert.Equal("Check the figures", details.Heading);
        var reader = await app.SignInAsync("billing-admin");
        var id = answer.LocationOf().Split('/')[^1];
        var read = await reader.OpenAsync($"/o/alpine-cloud/action-center/{id}");
        Assert.Equal("odd", read.TextOf(".prose strong"));
        Assert.Equal("14 days left", read.TextOf("article .due"));
        var before = await reader.OpenAsync(read.Find("article a.button").GetAttribute("href")!);
        Assert.Equal("https://work.example.com/tax", before.Find("main a[href^='https:']").GetAttribute("href"));
        Assert.Equal(HttpStatusCode.NotFound, (await (await app.SignInAsync("guest")).OpenAsync($"/o/alpine-cloud/action-center/{id}")).Status);
    }

    [Fact]
    public async Task It_names_the_operator_as_the_publisher()
    {
        var visitor = await app.SignInAsync("operator");
        var page = await visitor.OpenAsync(New);

        await visitor.PressAsync(page.Find(Publish), Complete);

        var latest = await visitor.OpenAsync("/operator");
        Assert.Equal("Check the figures", latest.TextOf("tbody tr:first-child a"));
        Assert.Equal(["Mandatory action", "Billing", "2 March 2026", "Olivia Stone"], latest.TextsOf("tbody tr:first-child td"));
    }

    [Fact]
    public async Task Without_an_organization_it_addresses_all_of_them()
    {
        var visitor = await app.SignInAsync("operator");
        var page = await visitor.OpenAsync(New);

        await visitor.PressAsync(page.Find(Publish), With(
            ("workspace", "help-support"),
            ("kind", "promotional-notification"),
            ("audience.roles", "default_user"),
            ("audience.organizations", null),
            ("dueInDays", ""),
            ("completion", ""),
            ("content[en].title", "To everybody")));

        var reader = await app.SignInAsync("developer");
        Assert.Contains("To everybody", (await reader.OpenAsync("/o/harbor-apps/action-center?view=notifications")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_form_says_of_each_field_what_is_missing()
    {
        var visitor = await app.SignInAsync("operator");
        var page = await visitor.OpenAsync(New);

        var again = await visitor.ReadAsync(await visitor.PressAsync(page.Find(Publish)));

        Assert.StartsWith("Error:", again.Title, StringComparison.Ordinal);
        Assert.Equal(
            ["#audience", "#content.en", "#kind", "#workspace"],
            again.FindAll(".error-summary a").Select(link => link.GetAttribute("href")).Order(StringComparer.Ordinal));
        Assert.All(["workspace", "kind", "audience", "content.en"], field => Assert.NotEmpty(again.TextOf($"[id='{field}-error']")));
    }

    [Theory]
    [InlineData("workspace", "no-such-workspace", "workspace")]
    [InlineData("kind", "no-such-kind", "kind")]
    [InlineData("kind", "account-mail", "kind")]
    [InlineData("audience.roles", "no_such_role", "audience.roles")]
    [InlineData("audience.roles", "", "audience.roles")]
    [InlineData("audience.organizations", "no-such-organization", "audience.organizations")]
    [InlineData("audience.organizations", "", "audience.organizations")]
    [InlineData("dueInDays", "", "dueInDays")]
    [InlineData("dueInDays", "0", "dueInDays")]
    [InlineData("dueInDays", "-1", "dueInDays")]
    [InlineData("dueInDays", "731", "dueInDays")]
    [InlineData("dueInDays", "soon", "dueInDays")]
    [InlineData("dueInDays", "99999999999", "dueInDays")]
    [InlineData("expiresInDays", "30", "expiresInDays")]
    [InlineData("expiresInDays", "soon", "expiresInDays")]
    [InlineData("completion", "nobody", "completion")]
    [InlineData("link", "javascript:alert(1)", "link")]
    [InlineData("link", "http://plain.example", "link")]
    [InlineData("link", "//evil.example", "link")]
    [InlineData("content[en].title", "", "content.en.title")]
    [InlineData("content[en].body", " ", "content.en.body")]
    [InlineData("content[nl].body", "", "content.nl.body")]
    public async Task A_wrong_field_is_named_and_everything_that_was_typed_is_kept(string field, string value, string named)
    {
        var visitor = await app.SignInAsync("operator");
        var page = await visitor.OpenAsync(New);
        var before = await CountAsync();

        var again = await visitor.ReadAsync(await visitor.PressAsync(page.Find(Publish), With((field, value))));

        Assert.Equal([$"#{named}"], again.FindAll(".error-summary a").Select(link => link.GetAttribute("href")));
        Assert.NotEmpty(again.TextOf($"[id='{named}-error']"));
        Assert.True(again.Has($"[id='{named}']"), "The link in the summary leads to the field.");
        Assert.Equal(before, await CountAsync());

        var typed = With((field, value)).ToDictionary(pair => pair.Name, pair => pair.Value);
        Assert.Equal(typed["content[en].title"], again.Find("[name='content[en].title']").GetAttribute("value") ?? "");
        Assert.Equal(typed["content[nl].body"], again.Find("[name='content[nl].body']").TextContent);
        Assert.Equal(typed["dueInDays"], again.Find("[name=dueInDays]").GetAttribute("value") ?? "");
        if (field != "workspace")
            Assert.Equal("billing", again.Find("[name=workspace] option[selected]").GetAttribute("value"));
        if (field != "audience.roles")
            Assert.Equal("billing_admin", again.Find("[name='audience.roles'][checked]").GetAttribute("value"));
        if (field != "audience.organizations")
            Assert.Equal("alpine-cloud", again.Find("[name='audience.organizations'][checked]").GetAttribute("value"));
        if (field != "link")
            Assert.Equal("https://work.example.com/tax", again.Find("[name=link]").GetAttribute("value")?.Trim());
    }

    [Fact]
    public async Task A_due_date_on_a_notification_is_refused_by_the_rule_s_own_sentence()
    {
        var visitor = await app.SignInAsync("operator");
        var page = await visitor.OpenAsync(New);

        var again = await visitor.ReadAsync(await visitor.PressAsync(page.Find(Publish), With(("kind", "promotional-notification"), ("completion", ""))));

        Assert.Equal(["#dueInDays"], again.FindAll(".error-summary a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task A_promotional_notification_is_published_with_its_end()
    {
        var visitor = await app.SignInAsync("operator");
        var page = await visitor.OpenAsync(New);

        var answer = await visitor.PressAsync(page.Find(Publish), With(
            ("kind", "promotional-notification"), ("dueInDays", ""), ("completion", ""), ("expiresInDays", "10"), ("content[en].title", "Only for ten days")));

        var details = await visitor.FollowAsync(answer);
        Assert.Equal("Only for ten days", details.Heading);
        Assert.Contains("Expires", details.TextsOf(".facts dt"));
        Assert.Contains("12 March 2026", details.TextsOf(".facts dd"));
    }

    [Fact]
    public async Task An_error_is_told_in_the_language_of_the_reader()
    {
        await app.InDatabaseAsync(async db =>
        {
            (await db.People.SingleAsync(person => person.SignInAddress == "dutch-admin@demo.example")).MakeOperator();
            return await db.SaveChangesAsync();
        });
        var visitor = await app.SignInAsync("dutch-admin");
        var page = await visitor.OpenAsync(New);

        var again = await visitor.ReadAsync(await visitor.PressAsync(page.Find(Publish), With(("dueInDays", "gauw"))));

        Assert.Equal("‘gauw’ hoort niet in dit veld.", again.TextOf("[id='dueInDays-error']").Replace("Fout: ", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("global-admin")]
    [InlineData("newcomer")]
    public async Task Whoever_is_no_operator_is_refused_everywhere(string person)
    {
        var visitor = await app.ArriveAsync(person);
        var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "For them", RoleCatalogue.GlobalAdmin));
        await visitor.OpenAsync("/o/alpine-cloud");
        var before = await CountAsync();

        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.OpenAsync("/operator")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.OpenAsync(New)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.OpenAsync($"/operator/communications/{id}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.ForgeAsync(New, [.. Complete.Select(field => (field.Name, field.Value!))])).StatusCode);
        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task The_operator_belongs_to_no_organization()
    {
        var visitor = await app.SignInAsync("operator");

        var page = await visitor.OpenAsync("/o/alpine-cloud");

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
    }

    private static (string Name, string? Value)[] With(params (string Name, string? Value)[] changes) =>
        [.. Complete.Where(field => changes.All(change => change.Name != field.Name)), .. changes];

    private Task<int> CountAsync() => app.InDatabaseAsync(db => db.Communications.CountAsync());
}
