using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using PartnerCenter.Tests.PortalsUnderTest;

namespace PartnerCenter.Tests.Mail.Peers;

/// <summary>A running program of others. It is ended by its id, with the test that started it.</summary>
internal sealed class PeerProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly Channel<string> _said = Channel.CreateUnbounded<string>();
    private readonly Task<string> _errors;

    private PeerProcess(string program, IEnumerable<string> arguments)
    {
        _process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _errors = _process.StandardError.ReadToEndAsync();
        _ = ListenAsync();
    }

    public static PeerProcess Start(string program, params IEnumerable<string> arguments) => new(program, arguments);

    /// <summary>Starts what listens on a port but does not say when.</summary>
    /// <param name="program">Its file.</param>
    /// <param name="arguments">Its arguments, once the port is known.</param>
    public static async Task<(PeerProcess Process, int Port)> StartListeningAsync(string program, Func<int, IEnumerable<string>> arguments)
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = Loopback.FreePort();
            var process = Start(program, arguments(port));
            if (await process.ListensAsync(port))
                return (process, port);

            // Somebody else took the port in between.
            process.Dispose();
            if (attempt == 5)
                Assert.Fail($"{program} does not listen. {await process._errors}");
        }
    }

    /// <summary>Waits for the next line that it writes.</summary>
    public async Task<string> HearAsync()
    {
        try
        {
            return await _said.Reader.ReadAsync().AsTask().WaitAsync(Patience);
        }
        catch (ChannelClosedException)
        {
            Assert.Fail($"It ended. {await _errors}");
            throw;
        }
    }

    public async Task TellAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <returns>Whether it lets somebody in before it ends.</returns>
    private async Task<bool> ListensAsync(int port)
    {
        var start = Stopwatch.GetTimestamp();
        while (!_process.HasExited && Stopwatch.GetElapsedTime(start) < Patience)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return !_process.HasExited;
            }
            catch (SocketException)
            {
                // Not yet: there is nothing that could be waited for, so it is asked again.
                await Task.Yield();
            }
        }

        return false;
    }

    private async Task ListenAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
            _said.Writer.TryWrite(line);
        _said.Writer.Complete();
    }
}
