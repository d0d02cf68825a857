using System.Net.Security;
using System.Security.Cryptography;
using System.Text;

namespace PartnerCenter.FaultTests.Relay;

/// <summary>One connection to the <see cref="Sink"/>: RFC 5321 with PIPELINING, several mails one after the other.</summary>
internal sealed class SinkConversation(Sink sink, Stream stream, int connection) : IAsyncDisposable
{
    private readonly byte[] _heard = new byte[64 * 1024];

    private Stream _stream = stream;
    private int _from;
    private int _until;

    private bool _hasSender;
    private string? _to;

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    public async Task TalkAsync()
    {
        if (!await AnswerAsync(Phase.Greeting, "220 sink.example ESMTP"))
            return;
        while (await HearLineAsync() is { } line)
        {
            if (!await ObeyAsync(line))
                return;
        }
    }

    private async Task<bool> ObeyAsync(string line)
    {
        switch (line.Split(' ', ':')[0].ToUpperInvariant())
        {
            case "EHLO":
                return await AnswerAsync(Phase.Ehlo, "250-sink.example\n250-PIPELINING\n250-STARTTLS\n250-AUTH PLAIN LOGIN\n250 8BITMIME");
            case "STARTTLS":
                if (!await AnswerAsync(Phase.StartTls, "220 2.0.0 Go ahead"))
                    return false;
                var tls = new SslStream(_stream);
                await tls.AuthenticateAsServerAsync(sink.Certificate);
                _stream = tls;
                return true;
            case "AUTH":
                return await AnswerAsync(Phase.Auth, "235 2.7.0 Welcome");
            case "MAIL":
                _hasSender = true;
                _to = null;
                return await AnswerAsync(Phase.Mail, "250 2.1.0 Ok");
            case "RCPT":
                return await HearRecipientAsync(line);
            case "DATA":
                return await HearMailAsync();
            case "RSET":
                (_hasSender, _to) = (false, null);
                return await SayAsync("250 2.0.0 Ok");
            case "NOOP":
                return await SayAsync("250 2.0.0 Ok");
            case "QUIT":
                await AnswerAsync(Phase.Quit, "221 2.0.0 Bye");
                return false;
            default:
                return await SayAsync("500 5.5.2 Unknown command");
        }
    }

    private async Task<bool> HearRecipientAsync(string line)
    {
        if (!_hasSender)
            return await SayAsync("503 5.5.1 Sender first");
        var to = line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
        if (_to is not null)
            return await SayAsync("452 4.5.3 One recipient, please");

        var act = sink.Next(Phase.Rcpt, to);
        if (act?.Say is null or ['2', ..])
            _to = to;
        return await PlayAsync(act, Phase.Rcpt, to, "250 2.1.5 Ok");
    }

    private async Task<bool> HearMailAsync()
    {
        if (_to is not { } to)
            return await SayAsync("503 5.5.1 No recipient");
        var act = sink.Next(Phase.Data, to);
        if (!await PlayAsync(act, Phase.Data, to, "354 Go on"))
            return false;
        if (act?.Say is not (null or ['3', ..]))
            return true;

        var dataAt = DateTime.UtcNow;
        var lines = new List<string>();
        while (true)
        {
            if (await HearLineAsync() is not { } line)
                return false;
            if (line == ".")
                break;
            lines.Add(line);
        }

        (_hasSender, _to) = (false, null);
        act = sink.Next(Phase.Dot, to);
        // Written down before the answer: whoever hears 250 can rely on it.
        if (act?.Say is not (['4', ..] or ['5', ..]))
            sink.Write(Read(lines, to, dataAt));
        return await PlayAsync(act, Phase.Dot, to, "250 2.0.0 Taken");
    }

    private SinkRecord Read(List<string> lines, string to, DateTime dataAt)
    {
        var end = lines.IndexOf("");
        var headers = lines.Take(end).ToList();
        var unfolded = string.Concat(headers.Select(header => header[0] is ' ' or '\t' ? header : $"\n{header}"));
        var body = string.Join('\n', lines.Skip(end).Where(line => !line.StartsWith("--", StringComparison.Ordinal)));
        return new()
        {
            Event = SinkEvent.Taken,
            At = DateTime.UtcNow,
            Connection = connection,
            Phase = Phase.Dot,
            To = to,
            MessageId = Between(unfolded, "\nMessage-ID: <", ">"),
            DataAt = dataAt,
            Headers = [.. headers.Where(header => header[0] is not (' ' or '\t')).Select(header => header.Split(':')[0])],
            Unsubscribe = Between(unfolded, "\nList-Unsubscribe: <", ">")?.Replace(" ", "", StringComparison.Ordinal),
            Body = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(body)))[..16],
        };
    }

    private static string? Between(string text, string start, string end) =>
        text.IndexOf(start, StringComparison.Ordinal) is >= 0 and var at
            ? text[(at + start.Length)..text.IndexOf(end, at, StringComparison.Ordinal)]
            : null;

    private Task<bool> AnswerAsync(Phase phase, string usual) => PlayAsync(sink.Next(phase, to: null), phase, to: null, usual);

    /// <returns>Whether the conversation goes on.</returns>
    private async Task<bool> PlayAsync(Act? act, Phase phase, string? to, string usual)
    {
        if (act is null)
            return await SayAsync(usual);

        sink.Write(new() { Event = SinkEvent.Acted, At = DateTime.UtcNow, Connection = connection, Phase = phase, To = to });
        await Task.Delay(act.DelayMilliseconds);
        if (act.Say != "")
            await SayAsync(act.Say ?? usual, act.InPieces);
        if (act.Then == Then.Hang)
            await HearUntilTheyHangUpAsync();
        return act.Then == Then.GoOn;
    }

    private async Task HearUntilTheyHangUpAsync()
    {
        while (await _stream.ReadAsync(_heard) > 0)
        {
            // Whatever they say, there is no answer.
        }
    }

    private async Task<bool> SayAsync(string answer, bool inPieces = false)
    {
        var bytes = Encoding.ASCII.GetBytes(answer.Replace("\n", "\r\n", StringComparison.Ordinal) + "\r\n");
        if (!inPieces)
        {
            await _stream.WriteAsync(bytes);
            return true;
        }

        foreach (var b in bytes)
            await _stream.WriteAsync(new[] { b });
        return true;
    }

    private async Task<string?> HearLineAsync()
    {
        using var line = new MemoryStream();
        while (true)
        {
            var end = Array.IndexOf(_heard, (byte)'\n', _from, _until - _from);
            line.Write(_heard, _from, (end < 0 ? _until : end) - _from);
            if (end >= 0)
            {
                _from = end + 1;
                return Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length).TrimEnd('\r');
            }

            (_from, _until) = (0, await _stream.ReadAsync(_heard));
            if (_until == 0)
                return null;
        }
    }
}
