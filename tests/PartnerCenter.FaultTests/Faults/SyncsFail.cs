using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.FaultTests.Rig;

namespace PartnerCenter.FaultTests.Faults;

/// <summary>
/// F10: the disk takes what is written, and then says that it cannot keep it (EIO from fsync), for some of the portal's commits or for
/// all of them. Every other time the portal is killed while that lasts.
/// </summary>
[Trait("Length", "Long")]
public sealed class SyncsFail
{
    private const int FailuresToSee = 12;

    // What was in doubt waits for a quarter of an hour, give or take a fifth.
    private static readonly TimeSpan PastEveryWait = TimeSpan.FromMinutes(25);

    private static readonly TimeSpan Patient = TimeSpan.FromMinutes(2);

    [FactWithStrace]
    public async Task Nothing_counts_as_sent_or_published_that_is_not_and_the_portal_goes_on_by_itself()
    {
        var figures = new Figures("F10");
        var (mails, rounds) = (Rounds.Of(1500), Rounds.Of(10));
        await using var world = await World.CreateAsync(mails);
        using var sink = await SinkProcess.StartAsync(world);
        var clock = new WallClock(world);
        var portal = await PortalProcess.StartHookedAsync(world, sink, [clock.Hook]);
        try
        {
            await using var visitor = await Visitor.ComeAsync(world, () => portal);
            var communication = await world.PublishAsync(portal, World.Mandatory, "f10");
            var (failures, kills) = (0, 0);
            for (var round = 0; round < rounds; round++)
            {
                var from = (round + Random.Shared.NextDouble()) * mails * 0.85 / rounds;
                await Patience.UntilAsync($"{from:0} mails", TimeSpan.FromMinutes(5), () => sink.Copies().Count >= from);
                var wish = new Wish(World.Promotional, $"f10 {round}", $"Failing {round}") { ForOthers = true };
                // Each, or one in three.
                using var failing = await FailingSyncs.BeginAsync(world, portal.Process, first: 1, then: round % 3 == 0 ? 1 : 3);
                var promised = await PromisedAsync(world, portal, wish);
                await Patience.UntilAsync($"{FailuresToSee} failures", Patient, () => failing.Count >= FailuresToSee);
                Assert.False(portal.Process.HasEnded, portal.Process.Said);
                if (round % 2 == 1)
                {
                    portal.Dispose();
                    kills++;
                    failures += failing.Count;
                    portal = await PortalProcess.StartHookedAsync(world, sink, [clock.Hook]);
                }
                else
                {
                    await failing.EndAsync();
                    failures += failing.Count;
                }

                // A wish that was refused may have come true all the same; asked again, it is still one.
                var asked = await world.PublishAsync(portal, wish);
                Assert.Equal(promised ?? asked, asked);
                Assert.Equal([asked], await world.WithAsync(db => db.CommunicationContents
                    .Where(content => content.Title == wish.Title).Select(content => content.CommunicationId).Distinct().ToListAsync()));
            }

            var checker = new Checker(world, sink);
            await checker.SkipWaitsAsync(clock, PastEveryWait, TimeSpan.FromMinutes(5));
            await checker.SettledAsync(TimeSpan.FromMinutes(5));
            // A commit that failed leaves no more than its own mail in doubt, and a kill those that were on their way.
            var findings = await checker.CheckAsync(communication, isPromotional: false, mostInDoubt: failures + (kills * PortalProcess.MostInDoubt));
            await checker.NoMailHasSufferedAsync(communication);
            await checker.ActionCenterAsync(portal, "A fault");
            await visitor.LeaveAsync();
            figures.Write(string.Create(
                CultureInfo.InvariantCulture, $"{rounds} times, {failures} syncs failed, {kills} kills meanwhile: {findings}"));
        }
        finally
        {
            portal.Dispose();
        }
    }

    /// <returns>What the portal says that it has published; null if it says that it cannot now.</returns>
    private static async Task<long?> PromisedAsync(World world, PortalProcess portal, Wish wish)
    {
        using var publisher = world.Publisher(portal);
        using var answer = await World.SendAsync(publisher, wish);
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable && answer.Headers.RetryAfter is not null)
            return null;
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await World.IdOfAsync(answer);
    }
}
