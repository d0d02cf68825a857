using PartnerCenter.FaultTests.Rig;

namespace PartnerCenter.FaultTests.Faults;

/// <summary>F5: the wall clocks of two instances jump by hours and days, together and apart, while both send.</summary>
[Trait("Length", "Long")]
public sealed class ClocksJump
{
    // An instance that the machine lets wait for seconds is not dead.
    private const string NobodyDies = "--Mail:SilenceSeconds=60";

    // The change to summer time and back looks like the first two.
    private static readonly TimeSpan[] Jumps =
        [TimeSpan.FromHours(1), TimeSpan.FromHours(-1), TimeSpan.FromDays(3), TimeSpan.FromDays(-2)];

    [Fact]
    public async Task Nothing_is_doubled_and_nothing_waits_for_ever()
    {
        var figures = new Figures("F5");
        var (mails, jumps) = (Rounds.Of(3000), Rounds.Of(20));
        await using var world = await World.CreateAsync(mails, mixed: true);
        using var sink = await SinkProcess.StartAsync(world);
        WallClock[] clocks = [new(world, "clock1"), new(world, "clock2")];
        using var first = await PortalProcess.StartHookedAsync(world, sink, [clocks[0].Hook], NobodyDies);
        using var second = await PortalProcess.StartHookedAsync(world, sink, [clocks[1].Hook], NobodyDies);
        var communication = await world.PublishAsync(first, World.Mandatory, "f5");
        var furthest = TimeSpan.Zero;
        for (var jump = 0; jump < jumps; jump++)
        {
            var from = jump * mails * 0.85 / jumps;
            await Patience.UntilAsync($"{from:0} mails", TimeSpan.FromMinutes(5), () => sink.Copies().Count >= from);
            var by = Jumps[Random.Shared.Next(Jumps.Length)];
            var which = Random.Shared.Next(3);
            foreach (var clock in clocks.Where((_, number) => which == 2 || which == number))
                clock.Set(by);
            // What was queued by a clock that was ahead waits while every clock is behind, and nothing would go on: one of them is never.
            furthest = by > furthest ? by : furthest;
            if (by < furthest)
                clocks[jump % 2].Set(furthest);
        }

        // Whatever was queued by a clock that was ahead is due once the clocks are right again, or it waits as long as they were wrong.
        clocks[0].Set(TimeSpan.FromDays(3));
        var checker = new Checker(world, sink);
        await checker.SettledAsync(TimeSpan.FromMinutes(5));
        var findings = await checker.CheckAsync(communication, isPromotional: false, mostInDoubt: 0);
        Assert.Equal(0, findings.Doubles);
        await checker.NoMailHasSufferedAsync(communication);
        figures.Write($"{jumps} jumps of one clock or of both: {findings}");
    }
}
