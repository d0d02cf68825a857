using PartnerCenter.FaultTests.Rig;

namespace PartnerCenter.FaultTests.Faults;

/// <summary>F4: the portal is asked to end (SIGTERM) while it sends as fast as it can.</summary>
public sealed class StoppedInGoodOrder
{
    private const int TimeoutSeconds = 10;

    // What is on its way may take its time, and no more than that.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(TimeoutSeconds + 10);

    [Fact]
    public Task Nothing_is_doubled_and_nothing_is_in_doubt() => RunAsync(mails: Rounds.Of(1000), stops: Rounds.Of(4));

    [Fact]
    [Trait("Length", "Long")]
    public Task Nothing_is_doubled_and_nothing_is_in_doubt_however_often_it_is_stopped() => RunAsync(mails: Rounds.Of(5000), stops: Rounds.Of(20));

    private static async Task RunAsync(int mails, int stops)
    {
        var figures = new Figures("F4");
        await using var world = await World.CreateAsync(mails);
        using var sink = await SinkProcess.StartAsync(world);
        var portal = await StartAsync(world, sink);
        try
        {
            var communication = await world.PublishAsync(portal, World.Mandatory, "f4");
            for (var stop = 0; stop < stops; stop++)
            {
                var from = (stop + Random.Shared.NextDouble()) * mails * 0.85 / stops;
                await Patience.UntilAsync($"{from:0} mails", TimeSpan.FromMinutes(3), () => sink.Copies().Count >= from);
                portal.Process.Signal("TERM");
                await portal.Process.EndAsync(Longest);
                Assert.Equal(0, portal.Process.ExitCode);
                portal.Dispose();
                portal = await StartAsync(world, sink);
            }

            var checker = new Checker(world, sink);
            await checker.SettledAsync(TimeSpan.FromMinutes(5));
            var findings = await checker.CheckAsync(communication, isPromotional: false, mostInDoubt: 0);
            Assert.Equal(0, findings.Doubles);
            figures.Write($"{stops} stops: {findings}");
        }
        finally
        {
            portal.Dispose();
        }
    }

    private static Task<PortalProcess> StartAsync(World world, SinkProcess sink) =>
        PortalProcess.StartAsync(world, sink, $"--Mail:Smtp:TimeoutSeconds={TimeoutSeconds}");
}
