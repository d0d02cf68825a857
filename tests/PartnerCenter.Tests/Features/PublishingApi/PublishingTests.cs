using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.PublishingApi;

public sealed class PublishingTests(PortalApp app) : IClassFixture<PortalApp>
{
    private readonly ApiCaller _caller = new(app);

    [Fact]
    public async Task What_is_published_is_created_and_can_be_asked_about()
    {
        var answer = await _caller.PublishAsync(ApiCaller.Body());

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var id = await IdOf(answer);
        Assert.EndsWith($"{ApiCaller.Communications}/{id}", answer.LocationOf(), StringComparison.Ordinal);
        var published = await _caller.GetAsync(answer.LocationOf());
        Assert.Equal(HttpStatusCode.OK, published.StatusCode);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse($$$"""
                {"id":{{{id}}},"workspace":"billing","kind":"mandatory-action","publishedAt":"2026-03-02T09:00:00Z","dueAt":"2026-04-01T09:00:00Z","expiresAt":null,
                 "delivery":{"fannedOut":false,"waiting":0,"sent":0,"failed":0,"suppressed":{},"readers":0,"completions":0}}
                """),
            await JsonOf(published)));
    }

    [Fact]
    public async Task It_reaches_its_reader_in_the_portal_and_by_mail_and_delivery_is_counted()
    {
        var reader = await app.SignInAsync("billing-admin");
        var answer = await _caller.PublishAsync(ApiCaller.Body("From the API to the reader"));
        var id = await IdOf(answer);

        await app.SendMailsAsync();
        var page = await reader.OpenAsync($"/o/alpine-cloud/action-center/{id}");
        await reader.PressAsync(page.ButtonOf($"/o/alpine-cloud/action-center/{id}/complete"));

        Assert.Equal("From the API to the reader", page.Heading);
        var delivery = (await JsonOf(await _caller.GetAsync(answer.LocationOf())))["delivery"]!;
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"fannedOut":true,"waiting":0,"sent":1,"failed":0,"suppressed":{},"readers":1,"completions":1}"""), delivery));
    }

    [Fact]
    public async Task A_suppressed_mail_is_counted_under_its_rule()
    {
        var body = ApiCaller.Body();
        body["kind"] = "promotional-notification";
        body.Remove("dueInDays");
        body.Remove("completion");
        var answer = await _caller.PublishAsync(body);

        await app.SendMailsAsync();

        var delivery = (await JsonOf(await _caller.GetAsync(answer.LocationOf())))["delivery"]!;
        Assert.Equal("""{"OptedOut":1}""", delivery["suppressed"]!.ToJsonString());
    }

    [Fact]
    public async Task A_due_date_can_be_given_as_a_time()
    {
        var body = ApiCaller.Body();
        body.Remove("dueInDays");
        body["dueAt"] = "2026-05-01T12:00:00+02:00";

        var answer = await _caller.PublishAsync(body);

        Assert.Equal("2026-05-01T10:00:00Z", (await JsonOf(await _caller.GetAsync(answer.LocationOf())))["dueAt"]!.GetValue<string>());
    }

    [Fact]
    public async Task It_can_be_addressed_to_one_member()
    {
        var membership = await app.InDatabaseAsync(db => db.Memberships.SingleAsync(membership => membership.Person.SignInAddress == "guest@demo.example"));
        var (guest, admin) = (await app.SignInAsync("guest"), await app.SignInAsync("global-admin"));
        var body = ApiCaller.Body("Only for Gita");
        body["workspace"] = "help-support";
        body["audience"] = new JsonObject { ["membership"] = membership.Id };

        var id = await IdOf(await _caller.PublishAsync(body));

        Assert.Equal("Only for Gita", (await guest.OpenAsync($"/o/alpine-cloud/action-center/{id}")).Heading);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.OpenAsync($"/o/alpine-cloud/action-center/{id}")).Status);
    }

    [Fact]
    public async Task Every_sample_is_accepted()
    {
        var samples = Assert.IsType<JsonArray>(JsonNode.Parse(await File.ReadAllTextAsync(Repository.PathOf("docs/samples/communications.json"))));
        Assert.True(samples.Count >= 40, $"There are {samples.Count} samples.");

        foreach (var (sample, number) in samples.Select((sample, index) => (sample!, index + 1)))
        {
            var answer = await _caller.PublishAsync(sample, $"sample-{number:00}");

            Assert.True(answer.StatusCode == HttpStatusCode.Created, $"Sample {number}: {await answer.Content.ReadAsStringAsync()}");
        }
    }

    [Fact]
    public async Task The_samples_have_every_kind_and_every_workspace_in_both_languages()
    {
        var samples = Assert.IsType<JsonArray>(JsonNode.Parse(await File.ReadAllTextAsync(Repository.PathOf("docs/samples/communications.json"))));

        Assert.Equal(4, samples.Select(sample => sample!["kind"]!.GetValue<string>()).Distinct().Count());
        Assert.Equal(13, samples.Select(sample => sample!["workspace"]!.GetValue<string>()).Distinct().Count());
        Assert.All(samples, sample => Assert.Equal(["en", "nl"], sample!["content"]!.AsObject().Select(text => text.Key).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task The_same_request_twice_makes_one_communication()
    {
        var first = await _caller.PublishAsync(ApiCaller.Body("Once only"), "twice");

        var second = await _caller.PublishAsync(ApiCaller.Body("Once only"), "twice");

        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Equal(await IdOf(first), await IdOf(second));
        Assert.Equal(1, await app.InDatabaseAsync(db => db.CommunicationContents.CountAsync(content => content.Title == "Once only")));
    }

    [Fact]
    public async Task The_same_request_laid_out_differently_is_the_same_request()
    {
        var body = ApiCaller.Body("Laid out differently");
        await _caller.PublishAsync(body, "layout");
        var reversed = new JsonObject(body.Reverse().Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));
        reversed["content"] = new JsonObject(body["content"]!.AsObject().Reverse().Select(text => KeyValuePair.Create(text.Key, text.Value?.DeepClone())));

        var second = await _caller.PublishAsync(reversed.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true }), "layout");

        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
    }

    [Fact]
    public async Task Two_such_requests_at_the_same_instant_make_one_communication()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _caller.PublishAsync(ApiCaller.Body("All at once"), "at-once")));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(7, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Equal(1, await app.InDatabaseAsync(db => db.CommunicationContents.CountAsync(content => content.Title == "All at once")));
    }

    [Fact]
    public async Task Another_body_under_the_same_key_is_refused()
    {
        await _caller.PublishAsync(ApiCaller.Body("The first"), "taken");

        var answer = await _caller.PublishAsync(ApiCaller.Body("The second"), "taken");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(["Idempotency-Key"], Problem.FieldsOf(await Problem.ReadAsync(answer)));
        Assert.Equal(0, await app.InDatabaseAsync(db => db.CommunicationContents.CountAsync(content => content.Title == "The second")));
    }

    [Fact]
    public async Task Another_publisher_may_use_the_same_idempotency_key()
    {
        var other = new ApiCaller(app, await ApiKeys.CreateAsync(app, "other"));
        var mine = await _caller.PublishAsync(ApiCaller.Body("Mine"), "shared");

        var theirs = await other.PublishAsync(ApiCaller.Body("Theirs"), "shared");

        Assert.Equal(HttpStatusCode.Created, theirs.StatusCode);
        Assert.NotEqual(await IdOf(mine), await IdOf(theirs));
    }

    [Fact]
    public async Task What_another_publisher_published_is_not_there()
    {
        var other = new ApiCaller(app, await ApiKeys.CreateAsync(app, "nosy"));
        var mine = (await _caller.PublishAsync(ApiCaller.Body())).LocationOf();

        var foreign = await other.GetAsync(mine);
        var unknown = await other.GetAsync($"{ApiCaller.Communications}/999999");

        Assert.All([foreign, unknown], answer => Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode));
        await Problem.ReadAsync(foreign);
    }

    [Fact]
    public async Task A_hostile_text_renders_harmless_in_the_portal()
    {
        var reader = await app.SignInAsync("billing-admin");
        var body = ApiCaller.Body("<img src=x onerror=alert(1)>");
        body["content"]!["en"]!["body"] = "[a](javascript:alert(1)) <b onclick=\"alert(1)\">b</b> <script>alert(1)</script>";

        var id = await IdOf(await _caller.PublishAsync(body));

        // Opening it checks the page for handlers, inline scripts and javascript: links.
        var page = await reader.OpenAsync($"/o/alpine-cloud/action-center/{id}");
        Assert.Equal("<img src=x onerror=alert(1)>", page.Heading);
        Assert.Equal("a <b onclick=\"alert(1)\">b</b> <script>alert(1)</script>", page.TextOf(".prose"));
    }

    [Fact]
    public async Task The_catalogue_lists_the_keys_that_a_communication_can_name()
    {
        var answer = await _caller.GetAsync("/api/v1/catalogue");

        var catalogue = await JsonOf(answer);
        Assert.Equal(13, catalogue["workspaces"]!.AsArray().Count);
        Assert.Equal(28, catalogue["roles"]!.AsArray().Count);
        Assert.Equal("""{"key":"billing","name":"Billing"}""", catalogue["workspaces"]!.AsArray()[3]!.ToJsonString());
        Assert.Equal(
            ["mandatory-action", "recommended-action", "transactional-notification", "promotional-notification"],
            catalogue["kinds"]!.AsArray().Select(kind => kind!["key"]!.GetValue<string>()));
        Assert.Equal("""["organization","person"]""", catalogue["completions"]!.ToJsonString());
        Assert.Equal("""["en","nl"]""", catalogue["languages"]!.ToJsonString());
    }

    private static async Task<JsonObject> JsonOf(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonObject>())!;

    private static async Task<long> IdOf(HttpResponseMessage answer) => (await JsonOf(answer))["id"]!.GetValue<long>();
}
