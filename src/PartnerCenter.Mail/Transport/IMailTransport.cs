using System.Text.RegularExpressions;

namespace PartnerCenter.Mail.Transport;

/// <summary>Takes one mail to one recipient out of the house. It says honestly when it cannot tell whether the mail went.</summary>
public interface IMailTransport
{
    /// <param name="mail">The mail.</param>
    /// <param name="cancellation">Gives up while nothing is lost by it; once the mail is on its way it has no effect.</param>
    /// <returns>What became of it. Faults of relay and network are answers, not exceptions.</returns>
    Task<TransportAnswer> SendAsync(OutgoingMail mail, CancellationToken cancellation);
}

/// <summary>A mail to one recipient, ready to go.</summary>
public sealed record OutgoingMail
{
    /// <summary>With angle brackets; the same on every attempt.</summary>
    public required string MessageId { get; init; }

    public required string FromAddress { get; init; }

    /// <summary>Where the mail goes back to when it cannot be delivered (RFC 5321, 4.4); null means to <see cref="FromAddress"/>.</summary>
    public string? EnvelopeFrom { get; init; }

    public required string FromName { get; init; }

    /// <summary>Exactly one address.</summary>
    public required string To { get; init; }

    public required string Subject { get; init; }

    public required string Text { get; init; }

    public required string Html { get; init; }

    /// <summary>ISO 639-1.</summary>
    public required string Language { get; init; }

    public required DateTimeOffset Date { get; init; }

    /// <summary>Further headers, by name.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}

/// <summary>What became of a mail.</summary>
/// <param name="Outcome">What it means for the outbox.</param>
/// <param name="Text">What the relay or the fault said, in one line.</param>
public sealed partial record TransportAnswer(TransportOutcome Outcome, string Text)
{
    /// <summary>The answer as a log may have it: of a reply, which can repeat any address or name, only its codes (RFC 5321, RFC 3463).</summary>
    public string WithoutWordsOfOthers => Reply().Match(Text) is { Success: true } codes ? codes.Value : Text;

    [GeneratedRegex(@"^(?:[A-Za-z ]+: )?[2-5]\d\d(?: [245]\.\d{1,3}\.\d{1,3})?", RegexOptions.NonBacktracking)]
    private static partial Regex Reply();
}

/// <summary>What a transport's answer means.</summary>
public enum TransportOutcome
{
    /// <summary>The relay took it over.</summary>
    Accepted,

    /// <summary>The relay could not be reached or is not well: no fault of this mail, and it surely did not go.</summary>
    RelayUnavailable,

    /// <summary>The relay asks to try this mail later.</summary>
    Deferred,

    /// <summary>The receiver does not know the address.</summary>
    AddressRefused,

    /// <summary>Refused for good.</summary>
    Refused,

    /// <summary>Nobody can tell: the connection broke after the mail was on its way.</summary>
    Unknown,
}
