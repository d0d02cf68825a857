using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Data;
using PartnerCenter.Domain.Access;
using PartnerCenter.Web.Hosting;

namespace PartnerCenter.Benchmarks;

/// <summary>Does a publisher wait longer when more people are addressed? The call goes through the whole portal on a real socket.</summary>
internal static class PublishBenchmark
{
    private const int Few = 10;
    private const int Rounds = 50;
    private const double MostMilliseconds = 1000;

    public static async Task<int> RunAsync(int audience)
    {
        await using var world = new World();
        await world.MigrateAsync();
        await world.AddOrganizationAsync("few", Few, RoleCatalogue.BillingAdmin);
        await world.AddOrganizationAsync("many", audience, RoleCatalogue.BillingAdmin);
        var token = await CreateKeyAsync(world);

        await using var portal = Portal.Build(
        [
            "--applicationName=PartnerCenter.Web",
            "--urls=http://127.0.0.1:0",
            "--AllowedHosts=127.0.0.1",
            "--RateLimits:Enabled=false",
            $"--ConnectionStrings:PartnerCenter={world.ConnectionString}",
            $"--Mail:Folder={world.MailFolder}",
            "--Serilog:MinimumLevel:Default=Fatal",
        ]);
        await portal.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(portal.Urls.Single()) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        var (few, many) = await Stopwatches.InTurnsAsync(Rounds, () => PublishAsync(client, "few"), () => PublishAsync(client, "many"));
        Console.WriteLine($"publish: {few:0.0} ms for {Few} members, {many:0.0} ms for {audience:N0}: x{many / few:0.00} (goal: at most {MostMilliseconds} ms), mail fan-out going on meanwhile");
        await portal.StopAsync();
        return many <= MostMilliseconds ? 0 : 1;
    }

    private static async Task<string> CreateKeyAsync(World world)
    {
        await using var scope = world.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();
        db.Add(ApiKey.Create("bench", Secret.Create(), "Benchmark", DateTime.UtcNow, TimeSpan.FromDays(1), out var token));
        await db.SaveChangesAsync();
        return token;
    }

    private static async Task PublishAsync(HttpClient client, string organization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/communications");
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        request.Content = JsonContent.Create(new
        {
            workspace = "billing",
            kind = "mandatory-action",
            audience = new { roles = new[] { "billing_admin" }, organizations = new[] { organization } },
            dueInDays = 30,
            content = new { en = new { title = "Benchmark", body = "A body of **some** length." } },
        });
        using var response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }
}
