using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace PartnerCenter.FaultTests.Rig;

/// <summary>A process that the rig has started. Signals go to it by its id and to nothing else.</summary>
internal sealed class ChildProcess : IDisposable
{
    private const int MostLinesKept = 400;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said = new();

    private ChildProcess(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Kill();
    }

    /// <summary>The last lines that it wrote.</summary>
    public string Said => string.Join('\n', _said);

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    public static ChildProcess Start(string program, IEnumerable<string> args, string folder, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, args)
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var inherited in start.Environment.Keys.Where(name => name.StartsWith("ASPNETCORE_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(inherited);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return new ChildProcess(new Process { StartInfo = start });
    }

    /// <summary>Waits until it has written a line that begins so.</summary>
    /// <returns>What follows on that line.</returns>
    public async Task<string> HearAsync(string beginning, TimeSpan atMost)
    {
        string? line = null;
        await Patience.UntilAsync($"a line '{beginning}…'", atMost, () =>
        {
            line = _said.FirstOrDefault(line => line.Contains(beginning, StringComparison.Ordinal));
            return line is null && HasEnded ? throw new InvalidOperationException($"It ended with {ExitCode}:\n{Said}") : line is not null;
        });
        return line![(line!.IndexOf(beginning, StringComparison.Ordinal) + beginning.Length)..].Trim();
    }

    public void Tell(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    public void Forget() => _said.Clear();

    /// <summary>As <c>kill -9</c> does: without a word to it. Comes back when it is gone.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill();
            _process.WaitForExit();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    /// <param name="signal">STOP, CONT or TERM.</param>
    public void Signal(string signal)
    {
        using var kill = Process.Start("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -{signal} {_process.Id}")]);
        kill.WaitForExit();
    }

    public async Task EndAsync(TimeSpan atMost)
    {
        using var deadline = new CancellationTokenSource(atMost);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"It has not ended within {atMost.TotalSeconds:0} s:\n{Said}", late);
        }
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        _said.Enqueue(line);
        if (_said.Count > MostLinesKept)
            _said.TryDequeue(out _);
    }
}
