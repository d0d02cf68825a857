using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using PartnerCenter.Mail.Transport;

namespace PartnerCenter.Tests.Mail.Transport;

/// <summary>
/// A relay on a real socket that answers as the test says and writes down what it hears. Its steps are <c>greeting</c>, the commands,
/// <c>secret</c> for a line of AUTH LOGIN, <c>body</c> for the moment after 354 and <c>.</c> for the final dot.
/// </summary>
internal sealed class SmtpPeer : IDisposable
{
    /// <summary>In place of an answer: the connection is closed.</summary>
    public const string Cut = "(cut)";

    /// <summary>In place of an answer: nothing is said or read any more.</summary>
    public const string Hang = "(hang)";

    /// <summary>What <see cref="Heard"/> holds where the conversation turned to TLS.</summary>
    public const string Tls = "(tls)";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<string> _heard = new();
    private readonly Dictionary<string, Queue<Func<string>>> _script = [];
    private int _mails;
    private bool _pipelines;

    public SmtpPeer()
    {
        On("greeting", "220 peer.example ready");
        On("EHLO", "250-peer.example\r\n250 8BITMIME");
        On("STARTTLS", "220 2.0.0 go ahead");
        On("secret", "500 what?");
        On("RSET", "250 2.0.0 forgotten");
        On("MAIL", "250 2.1.0 sender ok");
        On("RCPT", "250 2.1.5 recipient ok");
        On("DATA", "354 go ahead");
        On("body", "");
        On(".", "250 2.0.0 taken as 4711");
        On("QUIT", "221 2.0.0 bye");

        // A small window, so that a peer that does not read is noticed soon.
        _listener.Server.ReceiveBufferSize = 4096;
        _listener.Start();
        _ = RunAsync();
    }

    /// <summary>Commands in order.</summary>
    public IReadOnlyList<string> Heard => [.. _heard];

    /// <summary>First words of the commands in order.</summary>
    public IReadOnlyList<string> Verbs => [.. _heard.Select(line => line.Split(' ', ':')[0])];

    /// <summary>What came between DATA and the final dot, with the dots that travel doubled.</summary>
    public string Content { get; private set; } = "";

    /// <summary>How many mails were ended by a dot.</summary>
    public int Mails => _mails;

    public int Connections { get; private set; }

    /// <summary>Whether it offers to hear commands in groups, and then answers none before DATA, as RFC 2920 allows.</summary>
    public bool Pipelines
    {
        get => _pipelines;
        set
        {
            _pipelines = value;
            On("EHLO", value ? "250-peer.example\r\n250-PIPELINING\r\n250 8BITMIME" : "250-peer.example\r\n250 8BITMIME");
        }
    }

    /// <summary>Whether a command came before the one ahead of it was answered.</summary>
    public bool HeardAhead { get; private set; }

    /// <summary>Whether answers come one byte at a time.</summary>
    public bool Dribbles { get; set; }

    public bool StartsWithTls { get; set; }

    public X509Certificate2? Certificate { get; set; }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Options that lead here.</summary>
    public SmtpOptions Options => new() { Host = "127.0.0.1", Port = Port, Security = SmtpSecurity.None, TimeoutSeconds = 30 };

    /// <summary>A chain policy that trusts the peer's certificate alone.</summary>
    public X509ChainPolicy Trust => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { Certificate! },
        RevocationMode = X509RevocationMode.NoCheck,
    };

    public static X509Certificate2 NewCertificate(string? hostName = null, int expiresInDays = 1)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=peer", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        if (hostName is null)
            names.AddIpAddress(IPAddress.Loopback);
        else
            names.AddDnsName(hostName);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-10), DateTimeOffset.UtcNow.AddDays(expiresInDays));
        // Windows wants a key that was stored once.
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }

    /// <summary>Says what is answered at a step: one answer after the other, the last one for ever.</summary>
    public void On(string step, params string[] answers) => _script[step] = new(answers.Select(answer => (Func<string>)(() => answer)));

    /// <summary>Answers a step from now on as if it were QUIT; ends when it is reached.</summary>
    public Task HearsAsync(string step)
    {
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        On(step, () =>
        {
            heard.TrySetResult();
            return "221 2.0.0 bye";
        });
        return heard.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>Does something at a step, then answers.</summary>
    public void On(string step, Func<string> answer) => _script[step] = new([answer]);

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
        Certificate?.Dispose();
    }

    private async Task RunAsync()
    {
        while (true)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                Connections++;
                _ = ConverseAsync(client);
            }
            catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ConverseAsync(TcpClient client)
    {
        using var connection = client;
        try
        {
            await ConverseAsync(client.GetStream());
        }
        catch (Exception fault) when (fault is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The other side went away, or this one did as told.
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ConverseAsync(Stream stream)
    {
        List<string> unanswered = [];
        if (StartsWithTls)
            stream = await SecureAsync(stream);
        await AnswerAsync(stream, "greeting");
        while (await HearLineAsync(stream) is { } line)
        {
            _heard.Enqueue(line);
            var verb = line.Split(' ', ':')[0];
            HeardAhead |= stream is NetworkStream { DataAvailable: true };
            if (Pipelines && verb is ("MAIL" or "RCPT"))
            {
                unanswered.Add(verb);
                continue;
            }

            foreach (var earlier in unanswered)
                await AnswerAsync(stream, earlier);
            unanswered.Clear();
            var answer = await AnswerAsync(stream, _script.ContainsKey(verb) ? verb : "secret");
            if (verb == "STARTTLS" && answer.StartsWith('2'))
                stream = await SecureAsync(stream);
            if (verb == "DATA" && answer.StartsWith('3'))
                await HearContentAsync(stream);
        }
    }

    private async Task HearContentAsync(Stream stream)
    {
        await AnswerAsync(stream, "body");
        var content = new StringBuilder();
        while (await HearLineAsync(stream) is { } line)
        {
            if (line == ".")
            {
                Content = content.ToString();
                Interlocked.Increment(ref _mails);
                await AnswerAsync(stream, ".");
                return;
            }

            content.Append(line).Append("\r\n");
        }
    }

    private async Task<Stream> SecureAsync(Stream stream)
    {
        var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Certificate }, _end.Token);
        _heard.Enqueue(Tls);
        return tls;
    }

    private string NextAnswer(string step)
    {
        lock (_script)
        {
            var answers = _script[step];
            return (answers.Count > 1 ? answers.Dequeue() : answers.Peek())();
        }
    }

    private async Task<string> AnswerAsync(Stream stream, string step)
    {
        var answer = NextAnswer(step);
        if (answer == Cut)
            throw new IOException("Cut as told.");
        if (answer == Hang)
            await Task.Delay(Timeout.Infinite, _end.Token);
        if (answer.Length == 0)
            return answer;

        var bytes = Encoding.UTF8.GetBytes($"{answer}\r\n");
        foreach (var piece in Dribbles ? bytes.Chunk(1) : [bytes])
            await stream.WriteAsync(piece, _end.Token);
        return answer;
    }

    /// <returns>A line up to CR LF, or null at the end. A CR or LF alone ends none.</returns>
    private async Task<string?> HearLineAsync(Stream stream)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one, _end.Token) > 0)
        {
            line.Add(one[0]);
            if (line is [.. var text, (byte)'\r', (byte)'\n'])
                return Encoding.ASCII.GetString([.. text]);
        }

        return null;
    }
}
