using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Data;
using PartnerCenter.Domain.Access;
using PartnerCenter.Web.Hosting;

namespace PartnerCenter.Benchmarks;

/// <summary>A portal that runs on a database of a size, on a real socket, and somebody who is signed in there.</summary>
internal sealed class RunningPortal : IAsyncDisposable
{
    private readonly World _world;
    private readonly WebApplication _portal;
    private readonly HttpClient _client;

    private RunningPortal(World world, WebApplication portal, string session)
    {
        (_world, _portal) = (world, portal);
        _client = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(portal.Urls.Single()) };
        _client.DefaultRequestHeaders.Add("Cookie", $"pc={session}");
    }

    public IServiceProvider Services => _portal.Services;

    /// <param name="live">How many of the communications are shown.</param>
    /// <param name="communications">How many there are.</param>
    /// <param name="members">How many members the organization has.</param>
    /// <param name="replace">What is measured without some part of the portal puts another in its place.</param>
    public static async Task<RunningPortal> OpenAsync(int live, int communications, int members, Action<IServiceCollection>? replace = null)
    {
        var world = new World();
        await world.MigrateAsync();
        await world.AddOrganizationAsync("bench", members, RoleCatalogue.BillingAdmin);
        await world.AddCommunicationsAsync(communications, live, RoleCatalogue.BillingAdmin);
        var session = await SignInAsync(world);
        var portal = Portal.Build(
            [
                "--applicationName=PartnerCenter.Web",
                "--environment=Development",
                "--Demo=false",
                "--urls=http://127.0.0.1:0",
                $"--ConnectionStrings:PartnerCenter={world.ConnectionString}",
                $"--Mail:Folder={world.MailFolder}",
                "--RateLimits:Enabled=false",
                "--Serilog:MinimumLevel:Default=Fatal",
            ],
            replace);
        await portal.StartAsync();
        return new RunningPortal(world, portal, session);
    }

    /// <summary>Reads a page to its end.</summary>
    /// <returns>How many bytes it has.</returns>
    public async Task<int> ReadAsync(string address)
    {
        using var answer = await _client.GetAsync(address);
        if (answer.StatusCode != System.Net.HttpStatusCode.OK)
            throw new InvalidOperationException($"{address} answers {(int)answer.StatusCode}.");
        return (await answer.Content.ReadAsByteArrayAsync()).Length;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _portal.StopAsync();
        await _portal.DisposeAsync();
        await _world.DisposeAsync();
    }

    // Somebody who has been here before: newcomers are sent to their first visit.
    private static async Task<string> SignInAsync(World world)
    {
        await using var scope = world.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();
        var membership = await db.Memberships.Include(membership => membership.Person).OrderBy(membership => membership.Id).FirstAsync();
        membership.SetUp(DateTime.UtcNow);
        var id = Secret.Create();
        db.Add(new SignInSession(id, membership.Person, DateTime.UtcNow));
        await db.SaveChangesAsync();
        return id;
    }
}
