using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using PartnerCenter.Domain.Mail;

namespace PartnerCenter.Mail.Transport;

/// <summary>
/// Hands mail to a relay. Unlike the framework's client it knows whether the final dot was out when something broke, which is the whole
/// difference between "try again" and "it may have gone". Connections are kept for the next mail: each sender takes one that is free before
/// it opens another, so there are never more of them than senders.
/// </summary>
/// <param name="options">The relay, with a host.</param>
/// <param name="trust">Whom to trust instead of the machine's authorities, for a relay with a certificate of the house's own.</param>
/// <param name="time">What tells how long a connection was idle.</param>
public sealed class SmtpTransport(SmtpOptions options, X509ChainPolicy? trust = null, TimeProvider? time = null)
    : IMailTransport, IDisposable, IAsyncDisposable
{
    /// <summary>After so many mails a connection is given back: a relay may spread its load by connections, or limit what one carries.</summary>
    public const int MailsPerConnection = 100;

    /// <summary>How long an idle connection is kept: shorter than what relays allow, and long enough for the next batch.</summary>
    public static readonly TimeSpan LongestIdle = TimeSpan.FromSeconds(10);

    private readonly IdleConversations _idle = new(LongestIdle, time ?? TimeProvider.System);

    public async Task<TransportAnswer> SendAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        if (Answers.Objection(mail, out var content) is { } objection)
            return objection;

        if (_idle.Take() is { } kept && await SendAsync(kept, mail, content, isKept: true, cancellation) is { } answer)
            return answer;
        return (await SendAsync(new SmtpConversation(options, trust), mail, content, isKept: false, cancellation))!;
    }

    public void Dispose() => _idle.Dispose();

    /// <summary>Takes leave of the relay.</summary>
    public ValueTask DisposeAsync() => _idle.DisposeAsync();

    /// <returns>Null if a kept connection turned out to be of no use before the relay said a word about this mail: it surely did not go.</returns>
    private async Task<TransportAnswer?> SendAsync(
        SmtpConversation relay, OutgoingMail mail, byte[] content, bool isKept, CancellationToken cancellation)
    {
        try
        {
            if (!isKept)
                await relay.OpenAsync(cancellation);
            var answer = await HandOverAsync(relay, mail, content, cancellation);
            return isKept && !relay.HasAnswered ? null : answer;
        }
        catch (OperationCanceledException)
        {
            return TransportOutcome.RelayUnavailable.Because($"{relay.Step}: It was called off.");
        }
        catch (Exception fault) when (fault is IOException or SocketException or AuthenticationException)
        {
            if (isKept && !relay.HasAnswered)
                return null;
            var outcome = relay.DotIsOut ? TransportOutcome.Unknown : TransportOutcome.RelayUnavailable;
            return outcome.Because($"{relay.Step}: {fault.Message}");
        }
        finally
        {
            await LeaveAsync(relay);
        }
    }

    private async Task LeaveAsync(SmtpConversation relay)
    {
        if (relay.IsInOrder && relay.Mails < MailsPerConnection && _idle.TryKeep(relay))
            return;
        if (relay.IsInOrder)
            await relay.QuitAsync();
        relay.Dispose();
    }

    private static async Task<TransportAnswer> HandOverAsync(
        SmtpConversation relay, OutgoingMail mail, byte[] content, CancellationToken cancellation)
    {
        MailAddressRule.TryNormalize(mail.EnvelopeFrom ?? mail.FromAddress, out var from);
        MailAddressRule.TryNormalize(mail.To, out var to);

        var refusal = await relay.AnnounceAsync(from, to, cancellation);
        if (relay.Step == "RCPT TO" && refusal is { IsAboutTheAddress: true })
            return TransportOutcome.AddressRefused.Because($"{relay.Step}: {refusal}");
        if (refusal is not null)
            return Refusal(refusal, relay);

        var reply = await relay.SayContentAsync(content);
        return reply.IsRefusal ? Refusal(reply, relay) : TransportOutcome.Accepted.Because(reply.ToString());
    }

    private static TransportAnswer Refusal(SmtpReply reply, SmtpConversation relay)
    {
        var outcome = reply.Code switch
        {
            // It closes down; once it has the whole mail, 421 speaks of the mail.
            421 when !relay.DotIsOut => TransportOutcome.RelayUnavailable,
            // It wants TLS or a user that it did not get: the settings are wrong, not the mail.
            530 or 534 or 535 or 538 => TransportOutcome.RelayUnavailable,
            < 500 => TransportOutcome.Deferred,
            _ => TransportOutcome.Refused,
        };
        return outcome.Because($"{relay.Step}: {reply}");
    }
}

/// <summary>What a relay answered: one code, and a text for each line.</summary>
internal sealed record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    public bool IsRefusal => Code >= 400;

    /// <summary>Whether a refusal of the recipient says that there is no such address.</summary>
    public bool IsAboutTheAddress => EnhancedCode switch
    {
        // About the sender; many relays complain of it only when they hear the recipient.
        "5.1.7" or "5.1.8" => false,
        ['5', '.', '1', '.', ..] => true,
        // A matter of policy.
        ['5', '.', '7', '.', ..] => false,
        _ => Code is 550 or 551 or 553,
    };

    // RFC 3463: if there is one, the text begins with it.
    private string EnhancedCode => Lines[0].Split(' ')[0];

    public override string ToString() => $"{Code} {string.Join(' ', Lines)}";

    /// <summary>Reads <c>250-text</c> or, for the last line, <c>250 text</c>.</summary>
    public static bool TryReadLine(string line, out int code, out bool isLast, out string text)
    {
        (code, isLast, text) = (0, true, "");
        if (line.Length < 3 || !line.Take(3).All(char.IsAsciiDigit) || line[0] is < '2' or > '5')
            return false;
        code = int.Parse(line[..3], CultureInfo.InvariantCulture);
        if (line.Length == 3)
            return true;
        (isLast, text) = (line[3] == ' ', line[4..]);
        return line[3] is ' ' or '-';
    }
}

/// <summary>What every transport says in the same way.</summary>
internal static class Answers
{
    private const int LongestText = 500;

    /// <summary>An answer in one line that a log and a table cell can hold.</summary>
    public static TransportAnswer Because(this TransportOutcome outcome, string text) =>
        new(outcome, string.Concat(text.Where(c => !char.IsControl(c)).Take(LongestText)));

    /// <summary>What is to be said against a mail before anybody is asked, or null.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="content">The mail as it travels.</param>
    public static TransportAnswer? Objection(OutgoingMail mail, out byte[] content)
    {
        content = [];
        if (!MailAddressRule.IsDeliverable(mail.To))
            return TransportOutcome.AddressRefused.Because("This is no address that mail can be sent to.");
        // A wrong setting must not use up the mails that it spoils.
        if (!MailAddressRule.IsDeliverable(mail.FromAddress))
            return TransportOutcome.RelayUnavailable.Because($"The sender ({mail.FromAddress}) is no address that mail can be sent from.");
        if (mail.EnvelopeFrom is { } envelope && !MailAddressRule.IsDeliverable(envelope))
            return TransportOutcome.RelayUnavailable.Because($"The address for what comes back ({envelope}) is no address that mail can be sent to.");
        try
        {
            content = MimeMessage.Write(mail);
            return null;
        }
        catch (ArgumentException fault)
        {
            return TransportOutcome.Refused.Because($"It cannot be written: {fault.Message}");
        }
    }
}
