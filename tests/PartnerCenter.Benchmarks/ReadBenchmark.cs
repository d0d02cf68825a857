using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Data;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Benchmarks;

/// <summary>Does reading stay flat when history grows? The live set is the same in both sizes; only what is over is more.</summary>
internal static class ReadBenchmark
{
    private const int Few = 10_000;
    private const int Live = 200;
    private const int Rounds = 200;
    private const double MostPage = 1.5;
    private const double MostBadge = 2.0;

    public static async Task<int> RunAsync(int many)
    {
        await using var small = await WorldOfAsync(Few);
        await using var large = await WorldOfAsync(many);

        var page = await Stopwatches.InTurnsAsync(Rounds, () => FirstPageAsync(small), () => FirstPageAsync(large));
        var badge = await Stopwatches.InTurnsAsync(Rounds, () => BadgeAsync(small), () => BadgeAsync(large));

        Console.WriteLine($"first page of actions: {page.First:0.00} ms with {Few:N0}, {page.Second:0.00} ms with {many:N0}: x{page.Second / page.First:0.00} (goal: at most x{MostPage})");
        Console.WriteLine($"exact badge:           {badge.First:0.00} ms with {Few:N0}, {badge.Second:0.00} ms with {many:N0}: x{badge.Second / badge.First:0.00} (goal: at most x{MostBadge})");
        return page.Second / page.First <= MostPage && badge.Second / badge.First <= MostBadge ? 0 : 1;
    }

    private static async Task<World> WorldOfAsync(int communications)
    {
        var world = new World();
        await world.MigrateAsync();
        await world.AddOrganizationAsync("bench", members: 1, RoleCatalogue.BillingAdmin);
        await world.AddCommunicationsAsync(communications, Live, RoleCatalogue.BillingAdmin);
        return world;
    }

    private static Task FirstPageAsync(World world) => AskAsync(world, async (visibility, reader) =>
        await visibility.OpenActionsAsync(reader, new CommunicationFilter(), size: 25));

    private static Task BadgeAsync(World world) => AskAsync(world, async (visibility, reader) => await visibility.CountAsync(reader));

    private static async Task AskAsync(World world, Func<Visibility, Reader, Task> question)
    {
        await using var scope = world.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();
        var membership = await db.Memberships.AsNoTracking().Include(membership => membership.Roles).FirstAsync();
        await question(
            scope.ServiceProvider.GetRequiredService<Visibility>(),
            Reader.From(membership, ProgramCatalogue.All, WorkspaceCatalogue.BuiltIn, "en", DateTime.UtcNow));
    }
}
