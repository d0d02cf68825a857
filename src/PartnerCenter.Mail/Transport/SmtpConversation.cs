using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace PartnerCenter.Mail.Transport;

/// <summary>
/// One connection to a relay (RFC 5321, 2920, 3207, 4954), for one mail after the other. It knows how to talk, not what an answer means for
/// a mail. Whatever keeps it from getting to the first mail is an exception; so is silence, a cut, and an answer that is none.
/// </summary>
internal sealed class SmtpConversation(SmtpOptions options, X509ChainPolicy? trust) : IDisposable
{
    private const int LongestReplyLine = 4096;
    private const int MostReplyLines = 100;
    private const int ClosingDown = 421;

    // After the answer to a mail nothing may hold up the news of it.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly TcpClient _client = new() { NoDelay = true };
    private readonly byte[] _heard = new byte[LongestReplyLine];
    private int _heardLength;
    private Stream _stream = Stream.Null;
    private bool _pipelines;
    private bool _mustReset;

    /// <summary>What was being done last, for the text of an answer.</summary>
    public string Step { get; private set; } = "connect";

    /// <summary>Whether the final dot may have reached the relay: from then on a fault leaves the mail in doubt.</summary>
    public bool DotIsOut { get; private set; }

    /// <summary>How many mails it was asked to take.</summary>
    public int Mails { get; private set; }

    /// <summary>Whether the relay has said anything about the present mail; that it closes down says nothing about a mail.</summary>
    public bool HasAnswered { get; private set; }

    /// <summary>Whether the last mail is over and done with on both sides, so that another may follow.</summary>
    public bool IsInOrder { get; private set; }

    /// <summary>Whether the relay has closed the connection, or said something unasked, since the last answer.</summary>
    public bool IsDisturbed => _heardLength > 0 || _client.Client.Poll(0, SelectMode.SelectRead);

    public void Dispose()
    {
        _stream.Dispose();
        _client.Dispose();
    }

    /// <summary>Gets to where mail can be handed over: connected, protected and signed in as the options ask.</summary>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        await WithinLimitAsync("connect", ConnectAsync, cancellation);
        if (options.Security == SmtpSecurity.Tls)
            await WithinLimitAsync("TLS", SecureAsync, cancellation);

        await WithinLimitAsync("greeting", async limit => Demand(await HearAsync(2, limit)), cancellation);
        var offers = await HelloAsync(cancellation);
        if (options.Security == SmtpSecurity.StartTls)
        {
            Step = "STARTTLS";
            if (!offers.Contains("STARTTLS"))
                throw new IOException("The relay does not offer it.");
            Demand(await SayAsync("STARTTLS", "STARTTLS", 2, cancellation));
            await WithinLimitAsync("TLS", SecureAsync, cancellation);
            offers = await HelloAsync(cancellation);
        }

        _pipelines = offers.Contains("PIPELINING");
        if (!string.IsNullOrEmpty(options.User))
            await SignInAsync(options.User, options.Password ?? "", offers, cancellation);
    }

    /// <param name="step">The command without its arguments.</param>
    /// <param name="line">The command, without end of line.</param>
    /// <param name="success">The first digit of the answer that is hoped for; a refusal is an answer, too.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<SmtpReply> SayAsync(string step, string line, int success, CancellationToken cancellation)
    {
        SmtpReply? reply = null;
        await WithinLimitAsync(
            step,
            async limit =>
            {
                await WriteAsync(Encoding.ASCII.GetBytes($"{line}\r\n"), limit);
                reply = await HearAsync(success, limit);
            },
            cancellation);
        return reply!;
    }

    /// <summary>Asks the relay to take a mail: in one go where it offers that, else step by step.</summary>
    /// <returns>The first refusal, to <see cref="Step"/>; null when the relay waits for the content.</returns>
    public async Task<SmtpReply?> AnnounceAsync(string from, string to, CancellationToken cancellation)
    {
        (HasAnswered, IsInOrder, DotIsOut) = (false, false, false);
        if (_mustReset)
            Demand(await SayAsync("RSET", "RSET", 2, cancellation));
        _mustReset = true;
        Mails++;

        (string Step, string Line, int Success)[] commands =
            [("MAIL FROM", $"MAIL FROM:<{from}>", 2), ("RCPT TO", $"RCPT TO:<{to}>", 2), ("DATA", "DATA", 3)];
        if (_pipelines)
        {
            var group = string.Concat(commands.Select(command => $"{command.Line}\r\n"));
            await WithinLimitAsync("MAIL FROM", limit => WriteAsync(Encoding.ASCII.GetBytes(group), limit), cancellation);
        }

        for (var i = 0; i < commands.Length; i++)
        {
            var (step, line, success) = commands[i];
            var reply = _pipelines ? await HearAsync(step, success, cancellation) : await SayAsync(step, line, success, cancellation);
            HasAnswered |= reply.Code != ClosingDown;
            if (!reply.IsRefusal)
                continue;
            IsInOrder = reply.Code != ClosingDown && (!_pipelines || await HearOutAsync([.. commands[(i + 1)..].Select(command => command.Success)]));
            return reply;
        }

        return null;
    }

    /// <summary>Says what follows <c>DATA</c>. From the dot on there is no way back, hence no cancellation.</summary>
    /// <param name="content">It ends with an end of line.</param>
    public async Task<SmtpReply> SayContentAsync(byte[] content)
    {
        await WithinLimitAsync("content", limit => WriteAsync(DotStuffed(content), limit), CancellationToken.None);
        DotIsOut = true;
        var reply = await SayAsync("content", ".", 2, CancellationToken.None);
        IsInOrder = reply.Code != ClosingDown;
        _mustReset = reply.IsRefusal;
        return reply;
    }

    /// <summary>Takes leave. By now all is said that matters, so a fault is none.</summary>
    public async Task QuitAsync()
    {
        using var limit = new CancellationTokenSource(Farewell);
        try
        {
            await SayAsync("QUIT", "QUIT", 2, limit.Token);
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException)
        {
            // The relay has answered for the mail; how it hangs up is its own affair.
        }
    }

    // The answers to what was said along with a refused command. The refusal decides already, so they may not hold up the news of it. A relay
    // that waits for a content all the same would take even an empty one for a mail: there, only hanging up is safe.
    private async Task<bool> HearOutAsync(int[] successes)
    {
        using var limit = new CancellationTokenSource(Farewell);
        try
        {
            var awaitsContent = false;
            foreach (var success in successes)
                awaitsContent = !(await HearAsync(success, limit.Token)).IsRefusal;
            return !awaitsContent;
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task ConnectAsync(CancellationToken limit)
    {
        await _client.ConnectAsync(options.Host!, options.Port, limit);
        _stream = _client.GetStream();
    }

    private async Task SecureAsync(CancellationToken limit)
    {
        var tls = new SslStream(_stream);
        _stream = tls;
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = options.Host, CertificateChainPolicy = trust?.Clone() }, limit);
    }

    /// <returns>What the relay offers, each alone and with each of its words: "AUTH", "AUTH PLAIN", "AUTH LOGIN".</returns>
    private async Task<HashSet<string>> HelloAsync(CancellationToken cancellation)
    {
        var reply = await SayAsync("EHLO", $"EHLO {OwnName()}", 2, cancellation);
        Demand(reply);
        HashSet<string> offers = new(StringComparer.OrdinalIgnoreCase);
        foreach (var words in reply.Lines.Skip(1).Select(line => line.Split(' ')))
        {
            offers.Add(words[0]);
            offers.UnionWith(words.Skip(1).Select(word => $"{words[0]} {word}"));
        }

        return offers;
    }

    // An address in brackets is always a true name; the machine's own name is often none that a relay accepts.
    private string OwnName()
    {
        var address = ((IPEndPoint)_client.Client.LocalEndPoint!).Address;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? $"[IPv6:{new IPAddress(address.GetAddressBytes())}]"
            : $"[{address}]";
    }

    private async Task SignInAsync(string user, string password, HashSet<string> offers, CancellationToken cancellation)
    {
        Step = "AUTH";
        if (offers.Contains("AUTH PLAIN"))
        {
            await SaySecretAsync($"AUTH PLAIN {Base64($"\0{user}\0{password}")}", 2);
        }
        else if (offers.Contains("AUTH LOGIN"))
        {
            await SaySecretAsync("AUTH LOGIN", 3);
            await SaySecretAsync(Base64(user), 3);
            await SaySecretAsync(Base64(password), 2);
        }
        else
        {
            throw new IOException("The relay offers neither PLAIN nor LOGIN.");
        }

        async Task SaySecretAsync(string line, int success)
        {
            // Only the code is passed on: a relay may repeat what it was told.
            if (await SayAsync("AUTH", line, success, cancellation) is { IsRefusal: true, Code: var code })
                throw new IOException($"The relay does not let this user in ({code}).");
        }
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private async Task WithinLimitAsync(string step, Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        Step = step;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(options.TimeoutSeconds));
        try
        {
            await work(limit.Token);
        }
        catch (OperationCanceledException fault) when (!cancellation.IsCancellationRequested)
        {
            throw new IOException($"No answer within {options.TimeoutSeconds} s.", fault);
        }
    }

    private async Task WriteAsync(byte[] bytes, CancellationToken limit)
    {
        RequireSilence();
        await _stream.WriteAsync(bytes, limit);
        await _stream.FlushAsync(limit);
    }

    private static byte[] DotStuffed(byte[] content)
    {
        using var stuffed = new MemoryStream(content.Length + 64);
        var startsLine = true;
        foreach (var b in content)
        {
            if (startsLine && b == '.')
                stuffed.WriteByte(b);
            stuffed.WriteByte(b);
            startsLine = b == '\n';
        }

        return stuffed.ToArray();
    }

    // What was said unasked would pass for the answer to the next command; ahead of TLS, it may come from someone in between.
    private void RequireSilence()
    {
        if (_heardLength > 0)
            throw new IOException("The relay spoke out of turn.");
    }

    private static void Demand(SmtpReply reply)
    {
        if (reply.IsRefusal)
            throw new IOException(reply.ToString());
    }

    private async Task<SmtpReply> HearAsync(string step, int success, CancellationToken cancellation)
    {
        SmtpReply? reply = null;
        await WithinLimitAsync(step, async limit => reply = await HearAsync(success, limit), cancellation);
        return reply!;
    }

    private async Task<SmtpReply> HearAsync(int success, CancellationToken limit)
    {
        List<string> lines = [];
        int? code = null;
        while (lines.Count < MostReplyLines)
        {
            var line = await HearLineAsync(limit);
            if (!SmtpReply.TryReadLine(line, out var lineCode, out var isLast, out var text) || (code ?? lineCode) != lineCode)
                break;
            code = lineCode;
            lines.Add(text);
            if (!isLast)
                continue;
            var reply = new SmtpReply(lineCode, lines);
            return reply.IsRefusal || lineCode / 100 == success
                ? reply
                : throw new IOException($"The relay's {lineCode} makes no sense here.");
        }

        throw new IOException("The relay does not speak SMTP.");
    }

    private async Task<string> HearLineAsync(CancellationToken limit)
    {
        int end;
        while ((end = Array.IndexOf(_heard, (byte)'\n', 0, _heardLength)) < 0)
        {
            if (_heardLength == _heard.Length)
                throw new IOException("The relay's answer has no end.");
            var read = await _stream.ReadAsync(_heard.AsMemory(_heardLength), limit);
            if (read == 0)
                throw new IOException("The relay hung up.");
            _heardLength += read;
        }

        var line = Encoding.ASCII.GetString(_heard, 0, end).TrimEnd('\r');
        _heardLength -= end + 1;
        Array.Copy(_heard, end + 1, _heard, 0, _heardLength);
        return line;
    }
}
