using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Data.Communications;

public sealed class VisibilityInRandomWorldsTests : IDisposable
{
    private const int Rounds = 2;
    private const int StepsPerRound = 40;
    private const int ListingsPerMember = 8;

    private readonly TemporaryDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Whatever_happened_every_list_and_count_agrees_with_a_naive_memory_of_it(int seed)
    {
        var world = new RandomWorld(_database, seed);
        await world.BeginAsync();

        for (var round = 0; round < Rounds; round++)
        {
            for (var step = 0; step < StepsPerRound; step++)
                await world.StepAsync();
            foreach (var member in world.Members)
                await CompareAsync(world, member);
        }
    }

    private static async Task CompareAsync(RandomWorld world, RandomWorld.MemberMemory member)
    {
        CommunicationFilter[] filters = [new(), new() { Workspace = "billing" }];
        foreach (var filter in filters)
        {
            AssertSame(world.OpenActions(member, filter), await member.View.OpenActionsAsync(filter), "open actions", world);
            AssertSame(world.Notifications(member, filter), await member.View.NotificationsAsync(filter), "notifications", world);
            AssertSame(world.Completed(member, filter), await member.View.CompletedAsync(filter), "completed", world);
            AssertSame(world.Archived(member, filter), await member.View.ArchivedAsync(filter), "archived", world);
        }

        CommunicationFilter critical = new() { Kind = CommunicationKind.MandatoryAction }, billing = filters[1];
        var glances = await member.View.FirstOfAsync(
            Glance.Critical(most: 3),
            new(CommunicationPlace.Actions, Most: 2) { Workspace = billing.Workspace },
            new(CommunicationPlace.Notifications, Most: 2));
        AssertSame(world.OpenActions(member, critical).Take(3), glances[0], "critical", world);
        AssertSame(world.OpenActions(member, billing).Take(2), glances[1], "first actions of billing", world);
        AssertSame(world.Notifications(member, new()).Take(2), glances[2], "first notifications", world);

        AssertSame(world.Snoozed(member, new()), await member.View.SnoozedAsync(), "put off", world);
        for (var i = 0; i < ListingsPerMember; i++)
        {
            var listing = world.AnyListing();
            var wanted = world.Listed(member, listing).ToList();
            AssertSame(wanted, await member.View.PageByPageAsync(listing, size: 2), $"{listing}", world);
            foreach (var (place, id) in wanted.Index().Where(item => item.Index < 2 || item.Index >= wanted.Count - 2))
            {
                var neighbors = await member.View.NeighborsAsync(listing, (await member.View.FindAsync(id))!);
                Assert.Equal(
                    (place == 0 ? null : wanted[place - 1], place == wanted.Count - 1 ? (long?)null : wanted[place + 1]),
                    (neighbors.Previous, neighbors.Next));
            }
        }

        var (expected, counts) = (world.Counts(member), await member.View.CountAsync());
        AssertSame(Flat(expected), Flat(counts), "counts", world);

        var found = await member.View.SeeAsync(async (visibility, reader) =>
        {
            var all = new List<string>();
            foreach (var id in world.AllIds)
                all.Add(await visibility.FindAsync(reader, id) is { } row ? $"{id} {row.IsRead}" : $"{id} -");
            return all;
        });
        AssertSame(world.AllIds.Select(id => world.IsVisible(member, id) ? $"{id} {world.IsRead(member, id)}" : $"{id} -"), found, "found by id", world);

        void AssertSame<T>(IEnumerable<T> wanted, IEnumerable<T> actual, string what, RandomWorld of) => Assert.True(
            wanted.SequenceEqual(actual),
            $"{what} of {member.Name}: {string.Join(", ", actual)} instead of {string.Join(", ", wanted)}, {of}");
    }

    private static IEnumerable<string> Flat(CommunicationCounts counts) =>
    [
        $"mandatory {counts.OpenMandatory}", $"actions {counts.OpenActions}", $"notifications {counts.Notifications}",
        $"badge {counts.Badge}",
        .. counts.OpenActionsByWorkspace.OrderBy(tile => tile.Key, StringComparer.Ordinal).Select(tile => $"{tile.Key} {tile.Value}"),
    ];
}
