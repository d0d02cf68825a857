using System.Globalization;
using PartnerCenter.FaultTests.Rig;

namespace PartnerCenter.FaultTests.Faults;

/// <summary>F3: an instance is frozen (SIGSTOP) for half to three times the silence that others wait for, and then goes on as if nothing had been.</summary>
[Trait("Length", "Long")]
public sealed class FrozenAndThawed
{
    // As others count it: a machine that is slow must not make a short freeze a long one.
    private const int SilenceSeconds = 8;

    private static readonly string Silence = string.Create(CultureInfo.InvariantCulture, $"--Mail:SilenceSeconds={SilenceSeconds}");

    // In silences: the short one nobody may notice.
    private static readonly double[] Lengths = [0.5, 1.5, 2, 3];

    [Fact]
    public async Task What_it_still_believes_to_own_is_not_recorded_twice()
    {
        var figures = new Figures("F3");
        var (mails, stops) = (Rounds.Of(3000), Rounds.Of(10));
        await using var world = await World.CreateAsync(mails, mixed: true);
        using var sink = await SinkProcess.StartAsync(world);
        using var first = await PortalProcess.StartAsync(world, sink, Silence);
        using var second = await PortalProcess.StartAsync(world, sink, Silence);
        PortalProcess[] portals = [first, second];
        // Who looks at one that is frozen waits, and sees no error.
        await using var visitor = await Visitor.ComeAsync(world, () => first);
        var communication = await world.PublishAsync(first, World.Mandatory, "f3");
        for (var stop = 0; stop < stops; stop++)
        {
            var from = (stop + Random.Shared.NextDouble()) * mails * 0.85 / stops;
            await Patience.UntilAsync($"{from:0} mails", TimeSpan.FromMinutes(5), () => sink.Copies().Count >= from);
            portals[stop % 2].Process.Signal("STOP");
            // The length of the freeze is the fault itself.
            await Task.Delay(TimeSpan.FromSeconds(SilenceSeconds * Lengths[stop % Lengths.Length]));
            portals[stop % 2].Process.Signal("CONT");
        }

        var checker = new Checker(world, sink);
        await checker.SettledAsync(TimeSpan.FromMinutes(5));
        var longOnes = Enumerable.Range(0, stops).Count(stop => Lengths[stop % Lengths.Length] >= 1);
        var findings = await checker.CheckAsync(communication, isPromotional: false, mostInDoubt: longOnes * PortalProcess.MostInDoubt);
        await checker.ActionCenterAsync(first, "A fault");
        await visitor.LeaveAsync();
        figures.Write($"{stops} freezes, {longOnes} of them longer than the silence: {findings}, {world.CountInLog("was taken over by another instance")} outcomes came too late and did not count");
    }
}
