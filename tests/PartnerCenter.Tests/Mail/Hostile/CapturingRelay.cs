using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using PartnerCenter.Mail.Transport;

namespace PartnerCenter.Tests.Mail.Hostile;

/// <summary>A relay that takes everything and writes down what it heard, line by line, as the strictest reader would: a line ends with CR LF and contains neither.</summary>
internal sealed class CapturingRelay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<CapturedMail> _mails = new();
    private readonly ConcurrentQueue<string> _odd = new();

    public CapturingRelay()
    {
        _listener.Start();
        _ = ListenAsync();
    }

    public SmtpOptions Options => new()
    {
        Host = "127.0.0.1",
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port,
        Security = SmtpSecurity.None,
        TimeoutSeconds = 60,
    };

    public IReadOnlyList<CapturedMail> Mails => [.. _mails];

    /// <summary>Commands that nobody needs to send one mail to one recipient, and lines that end otherwise.</summary>
    public IReadOnlyList<string> Odd => [.. _odd];

    public void Dispose() => _listener.Dispose();

    private async Task ListenAsync()
    {
        try
        {
            while (true)
                _ = ConverseAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ConverseAsync(TcpClient client)
    {
        using var connection = client;
        client.NoDelay = true;
        var stream = client.GetStream();
        await using var heard = new BufferedStream(stream, 64 * 1024);
        try
        {
            await SayAsync(stream, "220 relay.example");
            List<string> announced = [];
            while (await HearAsync(heard) is { } line)
            {
                announced.Add(line);
                switch (line)
                {
                    case "DATA":
                        await SayAsync(stream, "354 go ahead");
                        var content = await HearContentAsync(heard);
                        _mails.Enqueue(new CapturedMail([.. announced], content));
                        announced.Clear();
                        break;
                    case "QUIT":
                        await SayAsync(stream, "221 bye");
                        return;
                    case ['E', 'H', 'L', 'O', ..]:
                        announced.Clear();
                        await SayAsync(stream, "250-relay.example\r\n250 PIPELINING");
                        continue;
                    default:
                        if (!line.StartsWith("MAIL FROM:", StringComparison.Ordinal) && !line.StartsWith("RCPT TO:", StringComparison.Ordinal))
                            _odd.Enqueue(line);
                        break;
                }

                await SayAsync(stream, "250 ok");
            }
        }
        catch (IOException)
        {
            // The other side went away.
        }
    }

    private static async Task SayAsync(Stream stream, string answer) => await stream.WriteAsync(Encoding.ASCII.GetBytes($"{answer}\r\n"));

    private async Task<byte[]> HearContentAsync(Stream heard)
    {
        using var content = new MemoryStream();
        while (await HearAsync(heard) is { } line and not ".")
            content.Write(Encoding.Latin1.GetBytes($"{(line.StartsWith('.') ? line[1..] : line)}\r\n"));
        return content.ToArray();
    }

    private async Task<string?> HearAsync(Stream heard)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await heard.ReadAsync(one) > 0)
        {
            line.Add(one[0]);
            if (one[0] != '\n')
                continue;
            var text = Encoding.Latin1.GetString([.. line]);
            if (!text.EndsWith("\r\n", StringComparison.Ordinal) || text[..^2].Any(c => c is '\r' or '\0' or > '~'))
                _odd.Enqueue(text);
            return text.TrimEnd('\r', '\n');
        }

        return null;
    }
}

/// <summary>One mail as a relay heard it.</summary>
/// <param name="Commands">From the one that announced it to DATA.</param>
/// <param name="Content">What came after it.</param>
internal sealed record CapturedMail(IReadOnlyList<string> Commands, byte[] Content)
{
    private IEnumerable<string> Lines => Encoding.Latin1.GetString(Content).Split("\r\n");

    /// <summary>The names of its headers, in order.</summary>
    public IReadOnlyList<string> HeaderNames => [.. Lines.TakeWhile(line => line.Length > 0).Where(line => line[0] is not (' ' or '\t')).Select(line => line.Split(':')[0])];

    public string MessageId => Lines.First(line => line.StartsWith("Message-ID: ", StringComparison.Ordinal))["Message-ID: ".Length..];

    /// <summary>To whom it goes, if it goes to exactly one as it should.</summary>
    public string? Recipient => Commands is [['M', 'A', 'I', 'L', ..], ['R', 'C', 'P', 'T', ' ', 'T', 'O', ':', '<', .. var to, '>'], "DATA"] ? to : null;
}
