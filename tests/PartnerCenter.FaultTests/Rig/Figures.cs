using System.Diagnostics;
using System.Globalization;

namespace PartnerCenter.FaultTests.Rig;

/// <summary>Writes down what a fault came to, for docs/faults.md, when <c>FAULT_FIGURES</c> names a file.</summary>
internal sealed class Figures(string fault)
{
    private readonly long _start = Stopwatch.GetTimestamp();

    public void Write(string text)
    {
        if (Environment.GetEnvironmentVariable("FAULT_FIGURES") is { Length: > 0 } file)
            File.AppendAllText(file, string.Create(CultureInfo.InvariantCulture, $"| {fault} | {text} | {Stopwatch.GetElapsedTime(_start).TotalSeconds:0} s |\n"));
    }
}
