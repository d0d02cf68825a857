using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text;
using System.Text.Json.Nodes;
using PartnerCenter.Data.Demo;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.PublishingApi;

/// <summary>Another system that publishes with a key; no browser, no cookies.</summary>
internal sealed class ApiCaller(PortalApp app, string? key = ApiCaller.DemoKey)
{
    public const string DemoKey = $"pck_{DemoData.ApiKeyId}_{DemoData.ApiKeySecret}";
    public const string Communications = "/api/v1/communications";

    private readonly HttpClient _http = app.CreateDefaultClient();

    /// <summary>A body that can be published; a test changes what it is about.</summary>
    public static JsonObject Body(string title = "Send in the certificate") => new()
    {
        ["workspace"] = "billing",
        ["kind"] = "mandatory-action",
        ["audience"] = new JsonObject { ["roles"] = new JsonArray("billing_admin"), ["organizations"] = new JsonArray("alpine-cloud") },
        ["dueInDays"] = 30,
        ["completion"] = "organization",
        ["link"] = "https://work.example.com/certificates",
        ["content"] = new JsonObject
        {
            ["en"] = new JsonObject { ["title"] = title, ["body"] = "We need **it**." },
            ["nl"] = new JsonObject { ["title"] = "Stuur het certificaat", ["body"] = "Wij hebben **het** nodig." },
        },
    };

    public Task<HttpResponseMessage> PublishAsync(JsonNode body, string? idempotencyKey = "") => PublishAsync(body.ToJsonString(), idempotencyKey);

    /// <param name="body">What is sent, JSON or not.</param>
    /// <param name="idempotencyKey">Null for none; empty for a new one.</param>
    /// <param name="contentType">What the sender says it is.</param>
    public Task<HttpResponseMessage> PublishAsync(string body, string? idempotencyKey = "", string? contentType = MediaTypeNames.Application.Json)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (contentType is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        var request = new HttpRequestMessage(HttpMethod.Post, Communications) { Content = content };
        if (idempotencyKey is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey.Length == 0 ? Guid.NewGuid().ToString() : idempotencyKey);
        return SendAsync(request);
    }

    public Task<HttpResponseMessage> GetAsync(string address) => SendAsync(new HttpRequestMessage(HttpMethod.Get, address));

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return _http.SendAsync(request);
    }
}

/// <summary>A problem document (RFC 9457), as a publisher reads it.</summary>
internal static class Problem
{
    /// <summary>Reads it and checks what every one must be: JSON of the right type with the status in it, and nothing of our inside.</summary>
    public static async Task<JsonObject> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("PartnerCenter.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Microsoft.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);

        var problem = Assert.IsType<JsonObject>(JsonNode.Parse(text));
        Assert.Equal((int)answer.StatusCode, problem["status"]?.GetValue<int>());
        Assert.NotEmpty(problem["title"]?.GetValue<string>() ?? "");
        return problem;
    }

    /// <summary>The fields that it names.</summary>
    public static IEnumerable<string> FieldsOf(JsonObject problem) => problem["errors"] is JsonObject errors
        ? errors.Select(error => error.Key)
        : [problem["field"]?.GetValue<string>() ?? ""];
}
