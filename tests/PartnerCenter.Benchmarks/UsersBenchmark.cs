using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Data;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Features.Users;
using PartnerCenter.Web.Security;

namespace PartnerCenter.Benchmarks;

/// <summary>Does the list of users open in a large organization, whatever it is filtered and sorted by?</summary>
internal static class UsersBenchmark
{
    private const int Few = 100;
    private const int Rounds = 50;
    private const double MostMilliseconds = 250;

    private static readonly (string Name, Func<UsersFilterForm> Filter)[] Lists =
    [
        ("everybody by name", () => new()),
        ("one role by date", () => new() { Role = RoleCatalogue.UserManagementAdmin.Key, Sort = UserSort.Joined, Descending = true, Size = 100 }),
        ("part of a name", () => new() { Text = "person 9", Workspace = WorkspaceCatalogue.Pricing, Status = MembershipStatus.Active, Sort = UserSort.Address }),
    ];

    public static async Task<int> RunAsync(int many)
    {
        await using var world = new World();
        await world.MigrateAsync();
        await world.AddOrganizationAsync("few", Few, RoleCatalogue.UserManagementAdmin);
        await world.AddOrganizationAsync("many", many, RoleCatalogue.UserManagementAdmin);

        var isMissed = false;
        foreach (var (name, filter) in Lists)
        {
            var (small, large) = await Stopwatches.InTurnsAsync(Rounds, () => ListAsync(world, "few", filter()), () => ListAsync(world, "many", filter()));
            Console.WriteLine($"users, {name}: {small:0.0} ms for {Few} members, {large:0.0} ms for {many:N0}: x{large / small:0.00} (goal: at most {MostMilliseconds} ms)");
            isMissed |= large > MostMilliseconds;
        }

        return isMissed ? 1 : 0;
    }

    private static async Task ListAsync(World world, string organization, UsersFilterForm filter)
    {
        await using var scope = world.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();
        var reader = await db.Memberships
            .Include(membership => membership.Roles)
            .Include(membership => membership.Person)
            .Include(membership => membership.Organization).ThenInclude(row => row.Enrollments)
            .AsSplitQuery()
            .OrderBy(membership => membership.Id)
            .FirstAsync(membership => membership.Organization.Key == organization);
        await new UsersQuery(db, WorkspaceCatalogue.BuiltIn, TimeProvider.System)
            .ListAsync(new Member(reader, WorkspaceCatalogue.BuiltIn, DateTime.UtcNow), filter, CancellationToken.None);
    }
}
