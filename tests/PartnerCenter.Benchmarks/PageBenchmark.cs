using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Data;
using PartnerCenter.Domain.Access;
using PartnerCenter.Web.Hosting;

namespace PartnerCenter.Benchmarks;

/// <summary>
/// What a member waits for the Action Center, through the whole portal on a real socket: with a hundred times the history, and with a
/// hundred times the members.
/// </summary>
internal static class PageBenchmark
{
    private const int Few = 10_000;
    private const int FewMembers = 1_000;
    private const int Live = 200;
    private const int Rounds = 60;
    private const double MostByHistory = 1.2;
    private const double MostByMembers = 1.1;

    public static async Task<int> RunAsync(int communications, int members)
    {
        await using var small = await Place.OpenAsync(Few, FewMembers);
        await using var aged = await Place.OpenAsync(communications, FewMembers);
        await using var wide = await Place.OpenAsync(Few, members);

        var byHistory = await Stopwatches.InTurnsAsync(Rounds, small.ReadAsync, aged.ReadAsync);
        var byMembers = await Stopwatches.InTurnsAsync(Rounds, small.ReadAsync, wide.ReadAsync);

        Console.WriteLine($"page of actions: {byHistory.First:0.0} ms with {Few:N0} communications, {byHistory.Second:0.0} ms with {communications:N0}: x{byHistory.Second / byHistory.First:0.00} (goal: at most x{MostByHistory})");
        Console.WriteLine($"page of actions: {byMembers.First:0.0} ms with {FewMembers:N0} members, {byMembers.Second:0.0} ms with {members:N0}: x{byMembers.Second / byMembers.First:0.00} (goal: at most x{MostByMembers})");
        return byHistory.Second / byHistory.First <= MostByHistory && byMembers.Second / byMembers.First <= MostByMembers ? 0 : 1;
    }

    /// <summary>A portal that runs on a database of a size, and somebody who is signed in there.</summary>
    private sealed class Place : IAsyncDisposable
    {
        private readonly World _world;
        private readonly WebApplication _portal;
        private readonly HttpClient _client;

        private Place(World world, WebApplication portal, string session)
        {
            (_world, _portal) = (world, portal);
            _client = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(portal.Urls.Single()) };
            _client.DefaultRequestHeaders.Add("Cookie", $"pc={session}");
        }

        public static async Task<Place> OpenAsync(int communications, int members)
        {
            var world = new World();
            await world.MigrateAsync();
            await world.AddOrganizationAsync("bench", members, RoleCatalogue.BillingAdmin);
            await world.AddCommunicationsAsync(communications, Live, RoleCatalogue.BillingAdmin);
            var session = await SignInAsync(world);
            var portal = Portal.Build(
            [
                "--applicationName=PartnerCenter.Web",
                "--environment=Development",
                "--Demo=false",
                "--urls=http://127.0.0.1:0",
                $"--ConnectionStrings:PartnerCenter={world.ConnectionString}",
                $"--Mail:Folder={world.MailFolder}",
                "--Serilog:MinimumLevel:Default=Fatal",
            ]);
            await portal.StartAsync();
            return new Place(world, portal, session);
        }

        public async Task ReadAsync()
        {
            using var answer = await _client.GetAsync("/o/bench/action-center");
            answer.EnsureSuccessStatusCode();
            await answer.Content.ReadAsByteArrayAsync();
        }

        public async ValueTask DisposeAsync()
        {
            _client.Dispose();
            await _portal.StopAsync();
            await _portal.DisposeAsync();
            await _world.DisposeAsync();
        }

        private static async Task<string> SignInAsync(World world)
        {
            await using var scope = world.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();
            var id = Secret.Create();
            db.Add(new SignInSession(id, await db.People.OrderBy(person => person.Id).FirstAsync(), DateTime.UtcNow));
            await db.SaveChangesAsync();
            return id;
        }
    }
}
