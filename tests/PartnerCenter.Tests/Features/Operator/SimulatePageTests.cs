using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.Operator;

public sealed class SimulatePageTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string New = "/operator/communications/new";
    private const string Simulate = "main button[formaction='/operator/communications/simulate']";
    private const string Export = "main button[formaction='/operator/communications/simulate/export']";
    private const string Back = "main button[formaction='/operator/communications/edit']";
    private const string Publish = "main form button:not([formaction])";

    // Everybody of two organizations; a billing admin of the demo has turned promotional mail off.
    private static readonly (string Name, string? Value)[] ToEverybody =
    [
        ("workspace", "help-support"),
        ("kind", "promotional-notification"),
        ("audience.roles", "default_user"),
        ("audience.organizations", "alpine-cloud"),
        ("audience.organizations", "lowland-digital"),
        ("content[en].title", "The fair"),
        ("content[en].body", "First line.\n\n\"Second\" <line> & more"),
    ];

    [Fact]
    public async Task It_shows_who_would_get_mail_and_why_others_would_not()
    {
        var visitor = await app.SignInAsync("operator");

        var page = await SimulateAsync(visitor);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("Who would get mail?", page.Heading);
        Assert.Equal("The fair", page.TextOf("#planned"));
        var mailed = await app.InDatabaseAsync(db => db.Memberships.CountAsync(membership =>
            membership.Status == MembershipStatus.Active && (membership.Organization.Key == "alpine-cloud" || membership.Organization.Key == "lowland-digital"))) - 1;
        Assert.Equal($"{mailed} of {mailed + 1} addressed members would get mail", page.TextOf("#outcome"));
        Assert.Equal(["Ben Keller", "Alpine Cloud", "The recipient had turned off emails of this kind."], Assert.Single(Rows(page, "not-mailed")));
        var sanne = Rows(page, "mailed").Single(cells => cells[0] == "Sanne de Vries");
        Assert.Equal("Nederlands text: English", sanne[2]);
        Assert.Equal("d…@demo.example Sign-in address", sanne[3]);
        Assert.Equal(["Would get no mail 1", "The recipient had turned off emails of this kind. 1"], Facts(page, "no-mail-counts"));
        Assert.Contains($"To their sign-in address {mailed}", Facts(page, "mail-counts"));
        Assert.DoesNotContain("dutch-admin@demo.example", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_written_by_looking_ahead()
    {
        var visitor = await app.SignInAsync("operator");
        await visitor.OpenAsync(New);
        var before = await RowsOfAllTablesAsync();

        var page = await SimulateAsync(visitor);
        await visitor.PressAsync(page.Find(Export));
        await visitor.PressAsync(page.Find(Back));

        Assert.Equal(before, await RowsOfAllTablesAsync());
    }

    [Fact]
    public async Task What_it_says_is_what_then_happens()
    {
        var visitor = await app.SignInAsync("operator");
        var page = await SimulateAsync(visitor);

        var answer = await visitor.PressAsync(page.Find(Publish));

        var id = long.Parse(answer.LocationOf().Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
        await app.FanOutAsync();
        var mails = await app.InDatabaseAsync(db => db.OutboxMails.Where(mail => mail.CommunicationId == id).ToListAsync());
        Assert.Equal(Rows(page, "mailed").Count, mails.Count(mail => mail.State == MailState.Queued));
        Assert.Equal(Rows(page, "not-mailed").Count, mails.Count(mail => mail.State == MailState.Suppressed));
        var body = await app.InDatabaseAsync(db => db.CommunicationContents.SingleAsync(content => content.CommunicationId == id));
        Assert.Equal("First line.\n\n\"Second\" <line> & more", body.Body);
    }

    [Fact]
    public async Task Going_back_keeps_everything_that_was_typed()
    {
        (string Name, string? Value)[] typed =
        [
            ("workspace", "billing"), ("kind", "mandatory-action"), ("audience.roles", "billing_admin"), ("audience.organizations", "harbor-apps"),
            ("dueInDays", "14"), ("completion", "person"), ("link", "https://work.example.com/tax"),
            ("content[en].title", "Check \"the\" figures"), ("content[en].body", "Line 1\n\n- Line 2"),
            ("content[nl].title", "Controleer"), ("content[nl].body", "Regel 1\nRegel 2"),
        ];
        var visitor = await app.SignInAsync("operator");
        var page = await SimulateAsync(visitor, typed);

        var again = await visitor.ReadAsync(await visitor.PressAsync(page.Find(Back)));

        Assert.Equal("New communication", again.Heading);
        Assert.False(again.Has(".error-summary"));
        Assert.Equal("billing", again.Find("[name=workspace] option[selected]").GetAttribute("value"));
        Assert.Equal("mandatory-action", again.Find("[name=kind] option[selected]").GetAttribute("value"));
        Assert.Equal("billing_admin", again.Find("[name='audience.roles'][checked]").GetAttribute("value"));
        Assert.Equal("harbor-apps", again.Find("[name='audience.organizations'][checked]").GetAttribute("value"));
        Assert.Equal("person", again.Find("[name=completion] option[selected]").GetAttribute("value"));
        foreach (var (name, value) in typed.Where(field => field.Name is "dueInDays" or "link" || field.Name.EndsWith("title", StringComparison.Ordinal)))
            Assert.Equal(value, again.Find($"[name='{name}']").GetAttribute("value"));
        foreach (var (name, value) in typed.Where(field => field.Name.EndsWith("body", StringComparison.Ordinal)))
            Assert.Equal(value, again.Find($"[name='{name}']").TextContent);
    }

    [Fact]
    public async Task An_agreement_and_an_end_are_kept_too()
    {
        var visitor = await app.SignInAsync("operator");
        var agreed = await SimulateAsync(visitor, With(("kind", "transactional-notification"), ("requiredByAgreement", "true")));
        var ending = await SimulateAsync(visitor, With(("expiresInDays", "10")));

        Assert.Empty(Rows(agreed, "not-mailed"));
        Assert.True((await visitor.ReadAsync(await visitor.PressAsync(agreed.Find(Back)))).Has("[name=requiredByAgreement][checked]"));
        Assert.Equal("10", (await visitor.ReadAsync(await visitor.PressAsync(ending.Find(Back)))).Find("[name=expiresInDays]").GetAttribute("value"));
    }

    [Theory]
    [InlineData("/operator/communications/simulate")]
    [InlineData("/operator/communications/simulate/export")]
    public async Task A_draft_that_could_not_be_published_is_refused_by_the_same_sentences(string address)
    {
        var visitor = await app.SignInAsync("operator");
        var form = await visitor.OpenAsync(New);
        var wrong = With(("workspace", "no-such-workspace"), ("dueInDays", "5"), ("content[en].title", ""));
        var published = await visitor.ReadAsync(await visitor.PressAsync(form.Find(Publish), wrong));

        var page = await visitor.ReadAsync(await visitor.ForgeAsync(address, [.. wrong.Select(field => (field.Name, field.Value!))]));

        Assert.Equal("New communication", page.Heading);
        Assert.StartsWith("Error:", page.Title, StringComparison.Ordinal);
        Assert.Equal(published.TextsOf(".error-summary li"), page.TextsOf(".error-summary li"));
        Assert.Equal("5", page.Find("[name=dueInDays]").GetAttribute("value"));
    }

    [Fact]
    public async Task What_is_no_number_is_told_as_when_publishing()
    {
        var visitor = await app.SignInAsync("operator");

        var page = await SimulateAsync(visitor, With(("dueInDays", "soon")));

        Assert.Equal(["#dueInDays"], page.FindAll(".error-summary a").Select(link => link.GetAttribute("href")));
        Assert.Equal("soon", page.Find("[name=dueInDays]").GetAttribute("value"));
    }

    [Fact]
    public async Task The_export_has_everybody_and_no_address_in_full()
    {
        var visitor = await app.SignInAsync("operator");
        var page = await SimulateAsync(visitor);

        var answer = await visitor.PressAsync(page.Find(Export));

        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        var lines = Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync()).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("Name,Organization,Outcome,Mail language,Text language,Address,Which address,Why not", lines[0]);
        Assert.Equal(Rows(page, "mailed").Count + Rows(page, "not-mailed").Count, lines.Length - 1);
        Assert.Contains("Sanne de Vries,Lowland Digital,Would get mail,Nederlands,English,d…@demo.example,Sign-in address,", lines);
        Assert.Contains("Ben Keller,Alpine Cloud,Would get no mail,English,English,,,The recipient had turned off emails of this kind.", lines);
        Assert.DoesNotContain(lines, line => line.Contains("dutch-admin@", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_at_all_is_said_in_words()
    {
        var visitor = await app.SignInAsync("operator");

        var page = await SimulateAsync(visitor, With(("audience.roles", "developer")));

        Assert.Equal("Nobody has a role that this is addressed to, so nobody would get mail. Choose other roles or organizations.", page.TextOf(".empty"));
        Assert.False(page.Has(Export));
        Assert.True(page.Has(Publish));
    }

    [Fact]
    public async Task Of_many_the_first_hundred_are_listed_and_all_are_counted()
    {
        await using var many = new PortalApp();
        await many.InDatabaseAsync(async db =>
        {
            var alpine = await db.Organizations.SingleAsync(organization => organization.Key == "alpine-cloud");
            for (var n = 0; n < 620; n++)
            {
                var membership = new Membership(alpine, new Person($"Member {n}", $"member{n}@example.com"), many.Clock.Now);
                membership.Grant(RoleCatalogue.CpvAdmin, "Test", many.Clock.Now);
                if (n % 4 == 0)
                    membership.Disable(many.Clock.Now);
                db.Add(membership);
            }

            return await db.SaveChangesAsync();
        });
        var visitor = await many.SignInAsync("operator");

        var page = await SimulateAsync(visitor, [.. ToEverybody.Where(field => !field.Name.StartsWith("audience", StringComparison.Ordinal)), ("audience.roles", "cpv_admin"), ("audience.organizations", "alpine-cloud")]);

        Assert.Equal("465 of 620 addressed members would get mail", page.TextOf("#outcome"));
        Assert.Equal((100, 100), (Rows(page, "mailed").Count, Rows(page, "not-mailed").Count));
        Assert.Equal(["The first 100 of 465. The export has all of them.", "The first 100 of 155. The export has all of them."], page.TextsOf(".section-lead"));
        Assert.Contains("The recipient's account was not active. 155", Facts(page, "no-mail-counts"));
    }

    [Fact]
    public async Task Whoever_is_no_operator_is_refused()
    {
        var visitor = await app.SignInAsync("global-admin");
        await visitor.OpenAsync("/o/alpine-cloud");

        foreach (var address in new[] { "simulate", "simulate/export", "edit" })
        {
            var answer = await visitor.ForgeAsync($"/operator/communications/{address}", [.. ToEverybody.Select(field => (field.Name, field.Value!))]);

            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    private static (string Name, string? Value)[] With(params (string Name, string? Value)[] changes) =>
        [.. ToEverybody.Where(field => changes.All(change => change.Name != field.Name)), .. changes];

    private static List<List<string>> Rows(Page page, string table) =>
        [.. page.FindAll($"[aria-labelledby={table}] tbody tr").Select(row => row.Children.Select(cell => string.Join(' ', cell.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).ToList())];

    private static IEnumerable<string> Facts(Page page, string id) =>
        page.TextsOf($"#{id} dt").Zip(page.TextsOf($"#{id} dd"), (term, value) => $"{term} {value}");

    private static async Task<Page> SimulateAsync(Visitor visitor, (string Name, string? Value)[]? typed = null)
    {
        var form = await visitor.OpenAsync(New);
        return await visitor.ReadAsync(await visitor.PressAsync(form.Find(Simulate), typed ?? ToEverybody));
    }

    private Task<Dictionary<string, int>> RowsOfAllTablesAsync() => app.InDatabaseAsync(AllRows.CountAsync);
}
