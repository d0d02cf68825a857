using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace PartnerCenter.BrowserTests;

/// <summary>The company's other system: it publishes over the API with the key of the demo, and asks what became of it.</summary>
public sealed class Publisher : IDisposable
{
    private const string DemoKey = "pck_demo_PartnerCenterDemoKeyForLocalTryingOutOnly00";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient _http;

    public Publisher(Uri portal)
    {
        _http = new HttpClient { BaseAddress = portal };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", DemoKey);
    }

    /// <summary>Publishes for one role of one organization.</summary>
    /// <returns>The id of the communication.</returns>
    public async Task<long> Publish(string kind, string title, string role = "billing_admin", string organization = "alpine-cloud")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/communications")
        {
            Content = JsonContent.Create(new
            {
                workspace = "billing",
                kind,
                audience = new { roles = new[] { role }, organizations = new[] { organization } },
                dueInDays = kind.EndsWith("-action", StringComparison.Ordinal) ? 30 : (int?)null,
                content = new
                {
                    en = new { title, body = "The figures of **last month** are in.\n\nLook at them before the books are closed." },
                    nl = new { title = $"{title} (nl)", body = "De cijfers van **vorige maand** zijn er.\n\nBekijk ze voordat de boeken sluiten." },
                },
            }),
        };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());

        using var answer = await _http.SendAsync(request);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(answer.IsSuccessStatusCode, $"The portal refused to publish: {body}");
        return body.GetProperty("id").GetInt64();
    }

    /// <summary>Waits until each mail about it is sent or stopped.</summary>
    /// <returns>The delivery in numbers.</returns>
    public async Task<JsonElement> WaitUntilDelivered(long communication)
    {
        using var deadline = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(Interval);
        while (true)
        {
            var answer = await _http.GetFromJsonAsync<JsonElement>($"/api/v1/communications/{communication}", deadline.Token);
            var delivery = answer.GetProperty("delivery");
            if (delivery.GetProperty("fannedOut").GetBoolean() && delivery.GetProperty("waiting").GetInt32() == 0)
                return delivery;
            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }

    public void Dispose() => _http.Dispose();
}
