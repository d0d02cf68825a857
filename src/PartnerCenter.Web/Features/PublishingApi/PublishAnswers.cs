using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;

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
