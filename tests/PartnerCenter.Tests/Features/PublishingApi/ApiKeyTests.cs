using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.PublishingApi;

public sealed class ApiKeyTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("pck_")]
    [InlineData("pck_demo")]
    [InlineData("pck_demo_")]
    [InlineData("pck_demo_wrong")]
    [InlineData("pck_nobody_PartnerCenterDemoKeyForLocalTryingOutOnly00")]
    [InlineData("PartnerCenterDemoKeyForLocalTryingOutOnly00")]
    [InlineData(ApiCaller.DemoKey + "0")]
    public async Task One_that_is_missing_or_wrong_opens_nothing(string? key)
    {
        var caller = new ApiCaller(app, key);

        var answers = await Task.WhenAll(
            caller.PublishAsync(ApiCaller.Body("Must not be stored")),
            caller.GetAsync("/api/v1/catalogue"),
            caller.GetAsync($"{ApiCaller.Communications}/1"));

        foreach (var answer in answers)
            await RefusesAsync(answer);
        Assert.False(await app.InDatabaseAsync(db => db.CommunicationContents.AnyAsync(content => content.Title == "Must not be stored")));
    }

    [Fact]
    public async Task One_that_has_expired_opens_nothing()
    {
        var caller = new ApiCaller(app, await ApiKeys.CreateAsync(app, "short", lifetime: TimeSpan.FromHours(1)));
        app.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(HttpStatusCode.Created, (await caller.PublishAsync(ApiCaller.Body())).StatusCode);

        app.Clock.Advance(TimeSpan.FromMinutes(1));

        await RefusesAsync(await caller.PublishAsync(ApiCaller.Body()));
    }

    [Fact]
    public async Task One_that_was_revoked_opens_nothing_from_the_next_request_on()
    {
        var caller = new ApiCaller(app, await ApiKeys.CreateAsync(app, "gone"));
        Assert.Equal(HttpStatusCode.OK, (await caller.GetAsync("/api/v1/catalogue")).StatusCode);

        await app.InDatabaseAsync(async db =>
        {
            (await db.ApiKeys.SingleAsync(key => key.Id == "gone")).Revoke(app.Clock.Now);
            return await db.SaveChangesAsync();
        });

        await RefusesAsync(await caller.GetAsync("/api/v1/catalogue"));
    }

    [Fact]
    public async Task It_counts_only_as_a_bearer()
    {
        using var http = app.CreateDefaultClient();
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Basic {ApiCaller.DemoKey}");
        http.DefaultRequestHeaders.Add("X-Api-Key", ApiCaller.DemoKey);

        await RefusesAsync(await http.GetAsync($"/api/v1/catalogue?access_token={ApiCaller.DemoKey}"));
    }

    [Fact]
    public async Task Somebody_s_session_does_not_stand_in_for_it()
    {
        var visitor = await app.SignInAsync("operator");

        var read = await visitor.GetAsync("/api/v1/catalogue");
        var written = await visitor.PostWithoutTokenAsync(ApiCaller.Communications);

        await RefusesAsync(read);
        await RefusesAsync(written);
    }

    [Fact]
    public async Task It_opens_no_page()
    {
        var caller = new ApiCaller(app);

        var answer = await caller.GetAsync("/operator");

        Assert.Equal("/?returnUrl=%2Foperator", answer.LocationOf());
    }

    [Theory]
    [InlineData("audience", """{"roles":["billing_admin"],"organizations":["lowland-digital"]}""", "audience.organizations")]
    [InlineData("audience", """{"roles":["billing_admin"]}""", "audience.organizations")]
    [InlineData("workspace", "\"pricing\"", "workspace")]
    [InlineData("kind", "\"recommended-action\"", "kind")]
    public async Task One_with_limits_publishes_nothing_beyond_them(string field, string value, string named)
    {
        var caller = new ApiCaller(app, await LimitedAsync());
        var body = ApiCaller.Body();
        Assert.Equal(HttpStatusCode.Created, (await caller.PublishAsync(body)).StatusCode);
        body[field] = JsonNode.Parse(value);

        var answer = await caller.PublishAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal([named], Problem.FieldsOf(await Problem.ReadAsync(answer)));
    }

    [Fact]
    public async Task One_with_limits_cannot_find_out_members_of_other_organizations()
    {
        var caller = new ApiCaller(app, await LimitedAsync());
        var elsewhere = await app.InDatabaseAsync(db => db.Memberships.Where(membership => membership.Organization.Key == "harbor-apps").Select(membership => membership.Id).FirstAsync());

        var foreign = await caller.PublishAsync(ToMember(elsewhere));
        var unknown = await caller.PublishAsync(ToMember(999999));

        Assert.Equal(
            (await foreign.Content.ReadAsStringAsync()).Replace($"{elsewhere}", "#", StringComparison.Ordinal).Split("traceId")[0],
            (await unknown.Content.ReadAsStringAsync()).Replace("999999", "#", StringComparison.Ordinal).Split("traceId")[0]);
    }

    private static JsonObject ToMember(int membership)
    {
        var body = ApiCaller.Body();
        body["audience"] = new JsonObject { ["membership"] = membership };
        return body;
    }

    private static async Task RefusesAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer", answer.Header("WWW-Authenticate"));
        Assert.Equal(["Authorization"], Problem.FieldsOf(await Problem.ReadAsync(answer)));
    }

    private Task<string> LimitedAsync() => ApiKeys.CreateAsync(app, Guid.NewGuid().ToString("N"), key =>
    {
        key.LimitTo(ApiKeyLimitOf.Organization, ["alpine-cloud"]);
        key.LimitTo(ApiKeyLimitOf.Workspace, ["billing"]);
        key.LimitTo(ApiKeyLimitOf.Kind, ["mandatory-action"]);
    });
}
