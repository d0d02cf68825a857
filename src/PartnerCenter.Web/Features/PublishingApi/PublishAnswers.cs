using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Mail.Dispatch;

namespace PartnerCenter.Web.Features.PublishingApi;

/// <summary>What was published.</summary>
/// <param name="Id">The id to ask about it with.</param>
public sealed record PublishedAnswer(long Id);

/// <summary>How far a communication has come.</summary>
public sealed record CommunicationAnswer
{
    public required long Id { get; init; }

    public required string Workspace { get; init; }

    public required string Kind { get; init; }

    public required DateTime PublishedAt { get; init; }

    public DateTime? DueAt { get; init; }

    public DateTime? ExpiresAt { get; init; }

    public required DeliveryAnswer Delivery { get; init; }

    public static CommunicationAnswer From(Communication communication, DeliveryCounts delivery) => new()
    {
        Id = communication.Id,
        Workspace = communication.Workspace,
        Kind = CommunicationPolicy.KeyOf(communication.Kind),
        PublishedAt = communication.PublishedAt,
        DueAt = communication.DueAt,
        ExpiresAt = communication.ExpiresAt,
        Delivery = DeliveryAnswer.From(delivery),
    };
}

/// <summary>Delivery in numbers.</summary>
/// <param name="FannedOut">Whether every addressed member has been considered for a mail; until then the numbers grow.</param>
/// <param name="Waiting">Mails that wait or are being sent.</param>
/// <param name="Sent">Mails that the relay took over.</param>
/// <param name="Failed">Mails that were refused, or set aside.</param>
/// <param name="Suppressed">Mails that a rule stopped, by rule.</param>
/// <param name="Readers">Members who opened it.</param>
/// <param name="Completions">How often it was completed.</param>
public sealed record DeliveryAnswer(
    bool FannedOut, int Waiting, int Sent, int Failed, IReadOnlyDictionary<string, int> Suppressed, int Readers, int Completions)
{
    public static DeliveryAnswer From(DeliveryCounts counts)
    {
        return new DeliveryAnswer(
            counts.IsFannedOut,
            Count(MailState.Queued, MailState.Claimed, MailState.Sending),
            Count(MailState.Sent),
            Count(MailState.Failed, MailState.Bounced, MailState.Quarantined),
            counts.Suppressed.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value),
            counts.Readers,
            counts.Completions);

        int Count(params MailState[] states) => states.Sum(state => counts.Mails.GetValueOrDefault(state));
    }
}

/// <summary>Who would get mail.</summary>
/// <param name="Members">Members who are addressed.</param>
/// <param name="Mails">Members who would get a mail.</param>
/// <param name="Languages">Mails by language.</param>
/// <param name="Addresses">Mails by which of the member's addresses they go to: Contact or SignIn.</param>
/// <param name="Untranslated">Mails whose text is in another language, because it was not given in that of the mail.</param>
/// <param name="Suppressed">Members who would get none, by the rule that stops it.</param>
/// <param name="Rows">The first 1,000 members, in the order of their ids.</param>
/// <param name="RowsLeftOut">How many more there are.</param>
public sealed record SimulatedAnswer(
    int Members,
    int Mails,
    IReadOnlyDictionary<string, int> Languages,
    IReadOnlyDictionary<string, int> Addresses,
    int Untranslated,
    IReadOnlyDictionary<string, int> Suppressed,
    IReadOnlyList<SimulatedMailAnswer> Rows,
    int RowsLeftOut)
{
    public static SimulatedAnswer From(ForecastCounts counts, IReadOnlyList<SimulatedMailAnswer> rows) => new(
        counts.Members,
        counts.Mails,
        counts.Languages,
        counts.Sources.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value),
        counts.Untranslated,
        counts.Suppressed.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value),
        rows,
        counts.Members - rows.Count);
}

/// <summary>What would become of the mail to one member.</summary>
/// <param name="Membership">The id of the member.</param>
/// <param name="Organization">The key of the organization.</param>
/// <param name="Language">The language of the mail.</param>
/// <param name="TextLanguage">The language of the text in it.</param>
/// <param name="Address">Where it would go, with all but the beginning of its name left out; null when it would not.</param>
/// <param name="AddressSource">Which of the member's addresses that is: Contact or SignIn.</param>
/// <param name="Suppressed">The rule that stops it; null when it would be sent.</param>
public sealed record SimulatedMailAnswer(
    int Membership, string Organization, string Language, string TextLanguage, string? Address, string? AddressSource, string? Suppressed)
{
    public static SimulatedMailAnswer From(ForecastMail mail) => new(
        mail.MembershipId,
        mail.OrganizationKey,
        mail.Language,
        mail.TextLanguage,
        mail.MaskedAddress,
        mail.AddressSource?.ToString(),
        mail.SuppressedBecause?.ToString());
}

/// <summary>The keys that a communication can name.</summary>
public sealed record CatalogueAnswer(
    IReadOnlyList<NamedKey> Workspaces,
    IReadOnlyList<NamedKey> Roles,
    IReadOnlyList<NamedKey> Kinds,
    IReadOnlyList<string> Completions,
    IReadOnlyList<string> Languages);

/// <param name="Key">What a request says.</param>
/// <param name="Name">What a reader sees.</param>
public sealed record NamedKey(string Key, string Name);
