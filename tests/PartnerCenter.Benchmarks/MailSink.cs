using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using PartnerCenter.Mail.Transport;

namespace PartnerCenter.Benchmarks;

/// <summary>
/// A relay in a process of its own, as far away as it is told: it takes every mail and answers after a while. Commands that came together
/// are answered together, as RFC 2920 has it.
/// </summary>
internal sealed class MailSink : IDisposable
{
    public const string Command = "sink";

    private readonly Process _process;

    private MailSink(Process process, int port)
    {
        _process = process;
        Options = new() { Host = "127.0.0.1", Port = port, Security = SmtpSecurity.None };
    }

    /// <summary>Options that lead here.</summary>
    public SmtpOptions Options { get; }

    public static async Task<MailSink> StartAsync(TimeSpan delay)
    {
        var milliseconds = delay.TotalMilliseconds.ToString(CultureInfo.InvariantCulture);
        var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(MailSink).Assembly.Location, Command, milliseconds])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        return new MailSink(process, int.Parse((await process.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture));
    }

    /// <summary>What runs in the process: until nobody holds its input any more.</summary>
    public static async Task<int> RunAsync(int delayMilliseconds)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start(backlog: 128);
        _ = ListenAsync(listener, TimeSpan.FromMilliseconds(delayMilliseconds));
        Console.WriteLine(((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture));
        await Console.In.ReadToEndAsync();
        return 0;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static async Task ListenAsync(TcpListener listener, TimeSpan delay)
    {
        while (true)
            _ = ConverseAsync(await listener.AcceptTcpClientAsync(), delay);
    }

    private static async Task ConverseAsync(TcpClient client, TimeSpan delay)
    {
        using var connection = client;
        client.NoDelay = true;
        var stream = client.GetStream();
        var heard = new byte[64 * 1024];
        var length = 0;
        var isInContent = false;
        var answers = new StringBuilder("220 sink.example\r\n");
        try
        {
            while (true)
            {
                if (answers.Length > 0)
                {
                    if (delay > TimeSpan.Zero)
                        await Task.Delay(delay);
                    await stream.WriteAsync(Encoding.ASCII.GetBytes(answers.ToString()));
                    answers.Clear();
                }

                var read = await stream.ReadAsync(heard.AsMemory(length));
                if (read == 0)
                    return;
                length += read;
                length = Answer(heard.AsSpan(0, length), ref isInContent, answers);
            }
        }
        catch (IOException)
        {
            // The other side went away.
        }
    }

    /// <returns>How many bytes, at the beginning now, are not answered yet.</returns>
    private static int Answer(Span<byte> heard, ref bool isInContent, StringBuilder answers)
    {
        var rest = heard;
        while (true)
        {
            var end = isInContent ? EndOfContent(rest) : rest.IndexOf("\r\n"u8) is >= 0 and var line ? line + 2 : -1;
            if (end < 0)
            {
                // Of a content, only its last bytes can be the beginning of its end.
                if (isInContent && rest.Length > 4)
                    rest = rest[^4..];
                break;
            }

            var command = isInContent ? "." : Encoding.ASCII.GetString(rest[..(end - 2)]);
            answers.Append(command switch
            {
                ['E', 'H', 'L', 'O', ..] => "250-sink.example\r\n250 PIPELINING\r\n",
                "DATA" => "354 go ahead\r\n",
                "QUIT" => "221 bye\r\n",
                _ => "250 ok\r\n",
            });
            isInContent = command == "DATA";
            rest = rest[end..];
        }

        rest.CopyTo(heard);
        return rest.Length;
    }

    private static int EndOfContent(ReadOnlySpan<byte> rest) => rest.IndexOf("\r\n.\r\n"u8) is >= 0 and var at ? at + 5 : -1;
}
