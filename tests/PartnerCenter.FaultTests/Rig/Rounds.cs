using System.Globalization;

namespace PartnerCenter.FaultTests.Rig;

/// <summary>How much of a fault is done: <c>FAULT_SCALE</c> makes it less on a slow machine (0.2) or more for a night (5).</summary>
internal static class Rounds
{
    private static readonly double Scale =
        double.TryParse(Environment.GetEnvironmentVariable("FAULT_SCALE"), CultureInfo.InvariantCulture, out var scale) ? scale : 1;

    /// <param name="usual">On two cores that nobody else uses.</param>
    public static int Of(int usual) => Math.Max(1, (int)Math.Round(usual * Scale));
}
