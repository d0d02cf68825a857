using System.Text.Json.Nodes;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.OpenApi;

public sealed class OpenApiDocumentTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Committed = "docs/api/v1.json";

    [Fact]
    public async Task It_lists_every_operation_of_the_API_and_nothing_else()
    {
        var document = await ReadAsync();

        var operations =
            from path in document["paths"]!.AsObject()
            from operation in path.Value!.AsObject()
            select $"{operation.Key} {path.Key} {operation.Value!["operationId"]}";
        Assert.Equal(
            [
                "get /api/v1/catalogue getCatalogue",
                "get /api/v1/communications/{id} getCommunication",
                "post /api/v1/communications publishCommunication",
                "post /api/v1/communications/simulate simulateCommunication",
                "post /api/v1/mail-events reportMailEvents",
            ],
            operations.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task It_says_that_a_key_is_sent_as_a_bearer()
    {
        var document = await ReadAsync();

        var scheme = document["components"]!["securitySchemes"]!["apiKey"]!;
        Assert.Equal(("http", "bearer"), (scheme["type"]!.GetValue<string>(), scheme["scheme"]!.GetValue<string>()));
        Assert.Equal("""[{"apiKey":[]}]""", document["security"]!.ToJsonString());
    }

    [Fact]
    public async Task It_says_what_a_publisher_can_get_back()
    {
        var document = await ReadAsync();

        var answers = document["paths"]!["/api/v1/communications"]!["post"]!["responses"]!.AsObject();
        Assert.Equal(["200", "201", "400", "401", "422"], answers.Select(answer => answer.Key).Order(StringComparer.Ordinal).Intersect(["200", "201", "400", "401", "422"]));
    }

    [Fact]
    public async Task It_says_that_every_publishing_needs_an_idempotency_key()
    {
        var document = await ReadAsync();

        var key = Assert.Single(document["paths"]!["/api/v1/communications"]!["post"]!["parameters"]!.AsArray())!;
        Assert.Equal(("Idempotency-Key", "header"), (key["name"]!.GetValue<string>(), key["in"]!.GetValue<string>()));
        Assert.True(key["required"]?.GetValue<bool>());
    }

    [Fact]
    public async Task Its_schemas_name_the_fields_of_a_communication()
    {
        var document = await ReadAsync();

        Assert.Equal(
            ["audience", "completion", "content", "dueAt", "dueInDays", "expiresAt", "expiresInDays", "kind", "link", "requiredByAgreement", "workspace"],
            document["components"]!["schemas"]!["PublishRequest"]!["properties"]!.AsObject().Select(field => field.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_committed_copy_is_the_same()
    {
        var current = (await ReadAsync()).ToJsonString(new System.Text.Json.JsonSerializerOptions
        {
            WriteIndented = true,
            NewLine = "\n",
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }) + "\n";
        var written = Path.Combine(AppContext.BaseDirectory, "openapi-v1.json");
        await File.WriteAllTextAsync(written, current);

        var committed = File.Exists(Repository.PathOf(Committed)) ? Repository.Read(Committed) : "";

        Assert.True(
            committed == current,
            $"The API has changed and {Committed} has not. If clients can live with the change, take the new document over: cp '{written}' {Committed}");
    }

    private async Task<JsonObject> ReadAsync()
    {
        using var http = app.CreateDefaultClient();
        return Assert.IsType<JsonObject>(JsonNode.Parse(await http.GetStringAsync("/openapi/v1.json")));
    }
}
