using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Mail.Composition;

namespace PartnerCenter.Web.Shell.Communications;

/// <summary>A communication as a line of a list.</summary>
public sealed record CommunicationRow
{
    private const int LongestLine = 140;

    public required long Id { get; init; }

    public required string Title { get; init; }

    public required string Line { get; init; }

    /// <summary>The language of the text, where it is not that of the page.</summary>
    public required string Language { get; init; }

    public required CommunicationKind Kind { get; init; }

    public required string Workspace { get; init; }

    public required DateTime PublishedAt { get; init; }

    public DateTime? DueAt { get; init; }

    public required bool IsRead { get; init; }

    public DateTime? ArchivedAt { get; init; }

    public DateTime? SnoozedUntil { get; init; }

    public Completion? Completion { get; init; }

    public VisibleHandOver? HandOver { get; init; }

    /// <summary>Where the work is done.</summary>
    public string? Link { get; init; }

    /// <summary>What the reader can do with it is decided by this.</summary>
    public required CommunicationStanding Standing { get; init; }

    public static CommunicationRow From(VisibleCommunication communication) => new()
    {
        Id = communication.Id,
        Title = communication.Title,
        Line = SafeMarkdown.ToLine(communication.Body, LongestLine),
        Language = communication.Language,
        Kind = communication.Kind,
        Workspace = communication.Workspace,
        PublishedAt = communication.PublishedAt,
        DueAt = communication.DueAt,
        IsRead = communication.IsRead,
        ArchivedAt = communication.ArchivedAt,
        SnoozedUntil = communication.SnoozedUntil,
        Completion = communication.Completion,
        HandOver = communication.HandOver,
        Link = communication.Link,
        Standing = communication.Standing,
    };

    /// <summary>Whether the reader can do something with it now.</summary>
    public bool May(CommunicationVerb verb, DateTime now) => CommunicationVerbPolicy.May(verb, Standing, now).IsAllowed;
}
