using PartnerCenter.FaultTests.Rig;

namespace PartnerCenter.FaultTests.Faults;

/// <summary>F2: two instances send, and one after the other is killed as by <c>kill -9</c> at moments that nobody chose.</summary>
public sealed class KilledWhileSending
{
    [Fact]
    public Task Nothing_is_lost_and_what_is_doubled_was_in_doubt() => RunAsync(mails: Rounds.Of(1500), kills: Rounds.Of(8));

    [Fact]
    [Trait("Length", "Long")]
    public Task Nothing_is_lost_of_ten_thousand_mails_and_what_is_doubled_was_in_doubt() => RunAsync(mails: Rounds.Of(10_000), kills: Rounds.Of(20));

    private static async Task RunAsync(int mails, int kills)
    {
        var figures = new Figures("F2");
        await using var world = await World.CreateAsync(mails, mixed: true);
        using var sink = await SinkProcess.StartAsync(world);
        PortalProcess[] portals = [await PortalProcess.StartAsync(world, sink), await PortalProcess.StartAsync(world, sink)];
        try
        {
            await using var visitor = await Visitor.ComeAsync(world, () => portals[0]);
            var communication = await world.PublishAsync(portals[0], World.Mandatory, "f2");
            for (var kill = 0; kill < kills; kill++)
            {
                // Whatever the speed of the machine: the kills are spread over the whole of the mails.
                var from = (kill + Random.Shared.NextDouble()) * mails * 0.85 / kills;
                await Patience.UntilAsync($"{from:0} mails", TimeSpan.FromMinutes(5), () => sink.Copies().Count >= from);
                var victim = kill % 2;
                portals[victim].Dispose();
                portals[victim] = await PortalProcess.StartAsync(world, sink);
            }

            var checker = new Checker(world, sink);
            await checker.SettledAsync(TimeSpan.FromMinutes(5));
            var findings = await checker.CheckAsync(communication, isPromotional: false, mostInDoubt: kills * PortalProcess.MostInDoubt);
            await checker.ActionCenterAsync(portals[0], "A fault");
            await visitor.LeaveAsync();
            figures.Write($"{kills} kills: {findings}");
        }
        finally
        {
            foreach (var portal in portals)
                portal.Dispose();
        }
    }
}
