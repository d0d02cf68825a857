using PartnerCenter.FaultTests.Relay;
using PartnerCenter.FaultTests.Rig;

// The faults need the machine for themselves: two at a time would only slow each other down.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace PartnerCenter.FaultTests;

/// <summary>The assembly as a process of its own: the other side of a test.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args) => args switch
    {
        ["sink", var log, var port] => Sink.RunAsync(log, int.Parse(port, System.Globalization.CultureInfo.InvariantCulture)),
        ["portal", var hooks, .. var rest] => HookedPortal.RunAsync(Hook.Read(hooks), rest),
        _ => Task.FromResult(2),
    };
}
