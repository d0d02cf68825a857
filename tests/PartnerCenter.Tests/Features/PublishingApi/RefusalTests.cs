using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.PublishingApi;

/// <summary>What the API refuses: with a problem document that names the field, and nothing stored.</summary>
public sealed class RefusalTests(PortalApp app) : IClassFixture<PortalApp>
{
    private readonly ApiCaller _caller = new(app);

    public static TheoryData<string, string, string> WrongValues => new()
    {
        { "workspace", "\"no-such-workspace\"", "workspace" },
        { "workspace", "\"\"", "workspace" },
        { "workspace", "null", "workspace" },
        { "kind", "\"no-such-kind\"", "kind" },
        { "kind", "\"account-mail\"", "kind" },
        { "kind", "\"MandatoryAction\"", "kind" },
        { "audience", "null", "audience" },
        { "audience", "{}", "audience" },
        { "audience", """{"roles":[]}""", "audience" },
        { "audience", """{"roles":["no_such_role"]}""", "audience.roles" },
        { "audience", """{"roles":["billing_admin"],"organizations":["no-such-organization"]}""", "audience.organizations" },
        { "audience", """{"roles":["billing_admin"],"organizations":[]}""", "audience.organizations" },
        { "audience", """{"membership":999999}""", "audience.membership" },
        { "audience", """{"membership":1,"roles":["billing_admin"]}""", "audience" },
        { "dueInDays", "0", "dueInDays" },
        { "dueInDays", "-1", "dueInDays" },
        { "dueInDays", "731", "dueInDays" },
        { "dueInDays", "null", "dueInDays" },
        { "dueAt", "\"2026-01-01T00:00:00Z\"", "dueAt" },
        { "expiresInDays", "30", "expiresInDays" },
        { "expiresAt", "\"2026-12-01T00:00:00Z\"", "expiresAt" },
        { "completion", "\"nobody\"", "completion" },
        { "requiredByAgreement", "true", "requiredByAgreement" },
        { "link", "\"http://plain.example\"", "link" },
        { "link", "\"javascript:alert(1)\"", "link" },
        { "link", "\"//evil.example\"", "link" },
        { "link", "\"/\\\\evil.example\"", "link" },
        { "link", "\"https://user:password@evil.example\"", "link" },
        { "content", "null", "content.en" },
        { "content", """{"nl":{"title":"Alleen","body":"Nederlands"}}""", "content.en" },
        { "content", """{"en":{"title":"A","body":"B"},"de":{"title":"A","body":"B"}}""", "content.de" },
        { "content", """{"en":{"title":"","body":"B"}}""", "content.en.title" },
        { "content", """{"en":{"title":"A"}}""", "content.en.body" },
        { "content", """{"en":{"title":"A\nB","body":"B"}}""", "content.en.title" },
        { "content", """{"en":{"title":"A","body":"B\u0000"}}""", "content.en.body" },
    };

    public static TheoryData<string, string> Unreadable => new()
    {
        { "", "body" },
        { "   ", "body" },
        { "null", "body" },
        { "{", "body" },
        { """{"workspace":"billing",}""", "body" },
        { "[]", "body" },
        { "\"text\"", "body" },
        { "not json at all", "body" },
        { """{"unknownField":1}""", "unknownField" },
        { """{"audience":{"rolls":[]}}""", "audience.rolls" },
        { """{"content":{"en":{"titel":"A"}}}""", "content.en.titel" },
        { """{"dueInDays":"soon"}""", "dueInDays" },
        { """{"dueInDays":1.5}""", "dueInDays" },
        { """{"dueInDays":99999999999}""", "dueInDays" },
        { """{"dueAt":"tomorrow"}""", "dueAt" },
        { """{"expiresInDays":"soon"}""", "expiresInDays" },
        { """{"expiresAt":"tomorrow"}""", "expiresAt" },
        { """{"audience":{"roles":"billing_admin"}}""", "audience.roles" },
        { """{"audience":{"roles":[1]}}""", "audience.roles[0]" },
        { """{"requiredByAgreement":"yes"}""", "requiredByAgreement" },
        { """{"workspace":["billing"]}""", "workspace" },
    };

    [Theory]
    [MemberData(nameof(WrongValues))]
    public async Task A_wrong_value_is_named_by_its_field(string field, string value, string named)
    {
        var body = ApiCaller.Body("Must not be stored");
        body[field] = JsonNode.Parse(value);
        if (field == "dueAt")
            body.Remove("dueInDays");

        var answer = await _caller.PublishAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal([named], Problem.FieldsOf(await Problem.ReadAsync(answer)));
        await NothingIsStoredAsync();
    }

    [Theory]
    [InlineData("audience", """{"roles":[null]}""", "audience.roles")]
    [InlineData("audience", """{"roles":["billing_admin",""]}""", "audience.roles")]
    [InlineData("audience", """{"roles":["billing_admin"],"organizations":[null]}""", "audience.organizations")]
    [InlineData("content", """{"en":null}""", "content.en.title")]
    public async Task Where_nothing_stands_in_place_of_a_value_one_is_asked_for(string field, string value, string named)
    {
        var body = ApiCaller.Body("Must not be stored");
        body[field] = JsonNode.Parse(value);

        var answer = await _caller.PublishAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("""["Enter a value."]""", (await Problem.ReadAsync(answer))["errors"]![named]?.ToJsonString());
        await NothingIsStoredAsync();
    }

    [Fact]
    public async Task A_limited_key_is_told_that_the_name_is_missing_and_not_that_it_may_not_use_nothing()
    {
        var limited = new ApiCaller(app, await ApiKeys.CreateAsync(app, "limited", key => key.LimitTo(ApiKeyLimitOf.Organization, ["alpine-cloud"])));
        var body = ApiCaller.Body("Must not be stored");
        body["audience"]!["organizations"] = new JsonArray("alpine-cloud", null);

        var answer = await limited.PublishAsync(body);

        Assert.Equal("""{"audience.organizations":["Enter a value."]}""", (await Problem.ReadAsync(answer))["errors"]!.ToJsonString());
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once()
    {
        var answer = await _caller.PublishAsync("""{"workspace":"x","kind":"y","audience":{"roles":["z"]},"link":"ftp://x","content":{"nl":{}}}""");

        Assert.Equal(
            ["audience.roles", "content.en", "content.nl.body", "content.nl.title", "kind", "link", "workspace"],
            Problem.FieldsOf(await Problem.ReadAsync(answer)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_body_of_more_than_32_KB_is_refused()
    {
        var body = ApiCaller.Body("Must not be stored");
        body["content"]!["nl"]!["body"] = new string('é', 16 * 1024 + 1);

        var answer = await _caller.PublishAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(["content.nl.body"], Problem.FieldsOf(await Problem.ReadAsync(answer)));
        await NothingIsStoredAsync();
    }

    [Fact]
    public async Task A_body_of_32_KB_is_published()
    {
        var body = ApiCaller.Body("Just fits");
        body["content"]!["nl"]!["body"] = new string('é', 16 * 1024);

        var answer = await _caller.PublishAsync(body);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Fact]
    public async Task A_title_of_more_than_120_characters_is_refused()
    {
        var answer = await _caller.PublishAsync(ApiCaller.Body(new string('x', 121)));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(["content.en.title"], Problem.FieldsOf(await Problem.ReadAsync(answer)));
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task What_cannot_be_read_is_refused_without_a_word_about_our_inside(string body, string named)
    {
        var answer = await _caller.PublishAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal([named], Problem.FieldsOf(await Problem.ReadAsync(answer)));
    }

    [Fact]
    public async Task JSON_nested_without_end_is_refused()
    {
        var answer = await _caller.PublishAsync("{\"content\":" + string.Concat(Enumerable.Repeat("{\"a\":", 200)) + "1" + new string('}', 201));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await Problem.ReadAsync(answer);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/xml")]
    [InlineData(null)]
    public async Task Another_content_type_is_not_taken(string? contentType)
    {
        var answer = await _caller.PublishAsync(ApiCaller.Body("Must not be stored").ToJsonString(), contentType: contentType);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Equal(["Content-Type"], Problem.FieldsOf(await Problem.ReadAsync(answer)));
        await NothingIsStoredAsync();
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData(201)]
    public async Task Without_a_usable_idempotency_key_nothing_is_published(object? idempotencyKey)
    {
        var sent = idempotencyKey is int length ? new string('k', length) : (string?)idempotencyKey;

        var answer = await _caller.PublishAsync(ApiCaller.Body("Must not be stored"), sent);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(["Idempotency-Key"], Problem.FieldsOf(await Problem.ReadAsync(answer)));
        await NothingIsStoredAsync();
    }

    [Theory]
    [InlineData("PUT", ApiCaller.Communications, 405)]
    [InlineData("DELETE", $"{ApiCaller.Communications}/1", 405)]
    [InlineData("GET", $"{ApiCaller.Communications}/x", 404)]
    [InlineData("GET", "/api/v1/nothing", 404)]
    [InlineData("GET", "/api/", 404)]
    public async Task An_address_or_method_that_there_is_not_is_answered_as_a_problem_too(string method, string address, int status)
    {
        var answer = await _caller.SendAsync(new HttpRequestMessage(new HttpMethod(method), address));

        Assert.Equal(status, (int)answer.StatusCode);
        await Problem.ReadAsync(answer);
    }

    private async Task NothingIsStoredAsync() =>
        Assert.False(await app.InDatabaseAsync(db => db.CommunicationContents.AnyAsync(content => content.Title == "Must not be stored")));
}
