using System.Diagnostics;

namespace PartnerCenter.Tests.Hosting.Published;

/// <summary>A running executable of the portal.</summary>
internal sealed class PortalProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    public PortalProcess(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _output = ReadOutputAsync();
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Waits until the portal says that it runs.</summary>
    public async Task RunsAsync()
    {
        if (await Task.WhenAny(_started.Task, _output).WaitAsync(Patience) == _output)
            Assert.Fail($"The portal did not start. {await _output}{await _errors}");
    }

    /// <summary>Waits until it has ended by itself.</summary>
    public async Task<Ended> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return new Ended(_process.ExitCode, await _output, await _errors);
    }

    /// <summary>Asks it to stop, as a supervisor does.</summary>
    public async Task<Ended> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        return await EndAsync();
    }

    /// <summary>Ends it without any warning (SIGKILL).</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private async Task<string> ReadOutputAsync()
    {
        var output = new System.Text.StringBuilder();
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            output.AppendLine(line);
            if (line.Contains("Application started", StringComparison.Ordinal))
                _started.TrySetResult();
        }

        return output.ToString();
    }
}
