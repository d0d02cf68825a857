using System.Net;
using System.Net.Mime;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.PublishingApi;

/// <summary>Looking ahead by the API: the same body, the same limits of a key, and nothing written.</summary>
public sealed class SimulateTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Simulate = $"{ApiCaller.Communications}/simulate";

    [Fact]
    public async Task It_counts_who_would_get_mail_and_lists_them_by_their_ids()
    {
        var answer = await ReadAsync(await SendAsync(ToEverybody()));

        var ben = await MemberAsync("Ben Keller");
        var sanne = await MemberAsync("Sanne de Vries");
        var rows = answer["rows"]!.AsArray();
        Assert.Equal(answer["members"]!.GetValue<int>(), rows.Count);
        Assert.Equal(0, answer["rowsLeftOut"]!.GetValue<int>());
        Assert.Equal(answer["members"]!.GetValue<int>() - 1, answer["mails"]!.GetValue<int>());
        Assert.Equal(answer["mails"]!.GetValue<int>(), answer["languages"]!.AsObject().Sum(language => language.Value!.GetValue<int>()));
        Assert.Equal(answer["mails"]!.GetValue<int>(), answer["addresses"]!["SignIn"]!.GetValue<int>());
        Assert.Equal(answer["languages"]!["nl"]!.GetValue<int>(), answer["untranslated"]!.GetValue<int>());
        Assert.Equal("""{"OptedOut":1}""", answer["suppressed"]!.ToJsonString());
        Assert.Equal(rows.Select(row => row!["membership"]!.GetValue<int>()).Order(), rows.Select(row => row!["membership"]!.GetValue<int>()));
        Assert.True(JsonNode.DeepEquals(
            new JsonObject
            {
                ["membership"] = sanne,
                ["organization"] = "lowland-digital",
                ["language"] = "nl",
                ["textLanguage"] = "en",
                ["address"] = "d…@demo.example",
                ["addressSource"] = "SignIn",
                ["suppressed"] = null,
            },
            Row(sanne)));
        Assert.Equal(("OptedOut", null), (Row(ben)["suppressed"]!.GetValue<string>(), Row(ben)["address"]));

        JsonNode Row(int membership) => rows.Single(row => row!["membership"]!.GetValue<int>() == membership)!;
    }

    [Fact]
    public async Task It_needs_no_idempotency_key_and_writes_nothing()
    {
        var before = await app.InDatabaseAsync(AllRows.CountAsync);

        Assert.Equal(HttpStatusCode.OK, (await SendAsync(ApiCaller.Body())).StatusCode);

        Assert.Equal(before, await app.InDatabaseAsync(AllRows.CountAsync));
    }

    [Fact]
    public async Task It_names_nobody_and_shows_no_address_in_full()
    {
        var text = await (await SendAsync(ToEverybody())).Content.ReadAsStringAsync();

        Assert.DoesNotContain("Sanne", text, StringComparison.Ordinal);
        Assert.DoesNotContain("dutch-admin@", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_refused_as_when_publishing()
    {
        var body = ApiCaller.Body();
        body["workspace"] = "no-such-workspace";
        body["dueInDays"] = 0;

        var simulated = await SendAsync(body);
        var published = await new ApiCaller(app).PublishAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, simulated.StatusCode);
        Assert.Equal(Errors(await published.Content.ReadAsStringAsync()), Errors(await simulated.Content.ReadAsStringAsync()));

        static string Errors(string problem) => JsonNode.Parse(problem)!["errors"]!.ToJsonString();
    }

    [Fact]
    public async Task A_key_looks_ahead_only_at_what_it_may_publish()
    {
        var key = await ApiKeys.CreateAsync(app, "onlyharbor", limited => limited.LimitTo(ApiKeyLimitOf.Organization, ["harbor-apps"]));

        var answer = await SendAsync(ApiCaller.Body(), key);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("audience.organizations", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_key_nobody_is_told_anything() =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(ApiCaller.Body(), key: null)).StatusCode);

    [Fact]
    public async Task Of_many_the_first_thousand_are_listed_and_all_are_counted()
    {
        await using var many = new PortalApp();
        await many.InDatabaseAsync(async db =>
        {
            var alpine = await db.Organizations.SingleAsync(organization => organization.Key == "alpine-cloud");
            db.AddRange(Enumerable.Range(1, 1_100).Select(n => new Membership(alpine, new Person($"Member {n}", $"member{n}@example.com"), many.Clock.Now)));
            return await db.SaveChangesAsync();
        });
        var body = ToEverybody();
        body["audience"]!["organizations"] = new JsonArray("alpine-cloud");

        var answer = await ReadAsync(await SendAsync(body, portal: many));

        Assert.Equal(1_000, answer["rows"]!.AsArray().Count);
        Assert.Equal(answer["members"]!.GetValue<int>() - 1_000, answer["rowsLeftOut"]!.GetValue<int>());
        Assert.InRange(answer["rowsLeftOut"]!.GetValue<int>(), 100, 200);
    }

    private static JsonObject ToEverybody() => new()
    {
        ["workspace"] = "help-support",
        ["kind"] = "promotional-notification",
        ["audience"] = new JsonObject { ["roles"] = new JsonArray("default_user"), ["organizations"] = new JsonArray("alpine-cloud", "lowland-digital") },
        ["content"] = new JsonObject { ["en"] = new JsonObject { ["title"] = "The fair", ["body"] = "Come." } },
    };

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private Task<HttpResponseMessage> SendAsync(JsonNode body, string? key = ApiCaller.DemoKey, PortalApp? portal = null) =>
        new ApiCaller(portal ?? app, key).SendAsync(new HttpRequestMessage(HttpMethod.Post, Simulate)
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, MediaTypeNames.Application.Json),
        });

    private Task<int> MemberAsync(string name) => app.InDatabaseAsync(db =>
        db.Memberships.Where(membership => membership.Person.Name == name).Select(membership => membership.Id).SingleAsync());
}
