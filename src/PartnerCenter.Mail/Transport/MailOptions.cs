using System.ComponentModel.DataAnnotations;
using PartnerCenter.Domain.Mail;

namespace PartnerCenter.Mail.Transport;

/// <summary>The section <c>Mail</c> of the configuration.</summary>
public sealed class MailOptions : IValidatableObject
{
    public const string Section = "Mail";

    /// <summary>The folder for mail where nobody names one.</summary>
    public const string DefaultFolder = "App_Data/mail";

    private const int MessageKeyLength = 32;

    /// <summary>Where <c>.eml</c> files are put when no relay is named; relative to the content root.</summary>
    public string Folder { get; set; } = DefaultFolder;

    [Required]
    public string FromAddress { get; set; } = "notices@partnercenter.example";

    /// <summary>The sender of promotional mail; null means <see cref="FromAddress"/>.</summary>
    public string? PromotionalFromAddress { get; set; }

    /// <summary>
    /// Where mail comes back to that cannot be delivered; null means to its sender. Each mail has its own: <c>bounces@example.com</c> is
    /// written as <c>bounces+KEY@example.com</c>.
    /// </summary>
    public string? BounceAddress { get; set; }

    [Required]
    public string FromName { get; set; } = "PartnerCenter";

    /// <summary>Where the sender can be reached by post: in many countries, mail that advertises has to say it. One line.</summary>
    public string? PostalAddress { get; set; }

    /// <summary>How many mails one instance sends at the same time. It is also the most that a kill can double.</summary>
    [Range(1, 64)]
    public int Parallel { get; set; } = 8;

    /// <summary>How many more may be written down as being sent, so that the next mail is ready when a connection is free.</summary>
    public int Ahead => (Parallel + 1) / 2;

    /// <summary>How long another instance may stay silent before what it holds is taken over, in seconds.</summary>
    [Range(1, 3600)]
    public int SilenceSeconds { get; set; } = 60;

    /// <summary>How long a dispatcher that found nothing waits before it looks again, in milliseconds.</summary>
    [Range(10, 600_000)]
    public int PollMilliseconds { get; set; } = 1000;

    /// <summary>When the quiet hours begin, on the reader's clock: mail that can be turned off waits until they are over.</summary>
    public TimeOnly QuietFrom { get; set; } = new(21, 0);

    /// <summary>When the quiet hours end, and digests go. The same as their begin means that there are none.</summary>
    public TimeOnly QuietUntil { get; set; } = new(7, 0);

    /// <summary>How many promotional mails a person gets on one day; the rest goes in one mail on the next.</summary>
    [Range(0, 1000)]
    public int PromotionalPerDay { get; set; } = 2;

    public MailPacing Pacing => new(QuietFrom, QuietUntil, PromotionalPerDay);

    public SmtpOptions Smtp { get; set; } = new();

    /// <returns>Which address mail cannot be sent from or come back to: found when the portal starts, and not by the first mail.</returns>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        (string Name, string? Address)[] addresses =
        [
            (nameof(FromAddress), FromAddress),
            (nameof(PromotionalFromAddress), PromotionalFromAddress),
            (nameof(BounceAddress), BounceAddressFor(new string('0', MessageKeyLength)) ?? BounceAddress),
        ];
        return
            from address in addresses
            where address.Address is { Length: > 0 } given && !MailAddressRule.IsDeliverable(given)
            select new ValidationResult($"{Section}:{address.Name} is no address that mail can be sent with: '{address.Address}'.", [address.Name]);
    }

    /// <param name="messageKey">The unique part of the Message-ID of a mail.</param>
    /// <returns>Where this mail comes back to when it cannot be delivered; null for its sender.</returns>
    public string? BounceAddressFor(string messageKey) =>
        BounceAddress?.Split('@') is [var box, var domain] ? $"{box}+{messageKey}@{domain}" : null;
}

/// <summary>The section <c>Mail:Smtp</c>. Without a host, mail is written to files.</summary>
public sealed class SmtpOptions
{
    public string? Host { get; set; }

    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    public SmtpSecurity Security { get; set; } = SmtpSecurity.StartTls;

    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>For each step of the conversation.</summary>
    [Range(1, 600)]
    public int TimeoutSeconds { get; set; } = 60;
}

/// <summary>How the conversation with the relay is protected.</summary>
public enum SmtpSecurity
{
    /// <summary>Not at all: only for a relay on the same machine, or a catcher in development.</summary>
    None,

    /// <summary>It turns to TLS before anything is said that matters; a relay that cannot is not used.</summary>
    StartTls,

    /// <summary>TLS from the first byte (port 465).</summary>
    Tls,
}
