namespace PartnerCenter.Domain.Mail;

/// <summary>What a mail system told of a mail after it had taken it over. Each is written down once.</summary>
public sealed class MailEvent
{
    /// <summary>What is kept of <see cref="Detail"/>, in characters.</summary>
    public const int LongestDetail = 500;

    private MailEvent()
    {
    }

    public MailEvent(OutboxMail mail, string address, MailEventKind kind, DateTime at, string? detail, DateTime now)
    {
        OutboxMailId = mail.Id;
        Address = address;
        Kind = kind;
        At = at;
        Detail = string.IsNullOrWhiteSpace(detail) ? null : detail.Trim()[..Math.Min(detail.Trim().Length, LongestDetail)];
        ReceivedAt = now;
    }

    public long Id { get; private set; }

    public long OutboxMailId { get; private set; }

    /// <summary>Where the mail had gone; what came back may go elsewhere later.</summary>
    public string Address { get; private set; } = "";

    public MailEventKind Kind { get; private set; }

    /// <summary>When it happened, in UTC, as the mail system says.</summary>
    public DateTime At { get; private set; }

    /// <summary>What the receiver said.</summary>
    public string? Detail { get; private set; }

    public DateTime ReceivedAt { get; private set; }
}

/// <summary>What can become of a mail after it was sent.</summary>
public enum MailEventKind
{
    /// <summary>The receiver refused it for good.</summary>
    Bounced,

    /// <summary>The receiver could not take it: a mailbox is full, or a server is away.</summary>
    SoftBounced,

    /// <summary>The reader called it spam.</summary>
    Complained,
}
