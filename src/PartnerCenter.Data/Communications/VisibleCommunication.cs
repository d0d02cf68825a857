using PartnerCenter.Domain.Communications;

namespace PartnerCenter.Data.Communications;

/// <summary>A communication as one reader sees it.</summary>
public sealed record VisibleCommunication
{
    public required long Id { get; init; }

    public required string Workspace { get; init; }

    public required CommunicationKind Kind { get; init; }

    public required DateTime PublishedAt { get; init; }

    public DateTime? DueAt { get; init; }

    public required CompletionScope CompletionScope { get; init; }

    public string? Link { get; init; }

    public bool RequiredByAgreement { get; init; }

    /// <summary>The language of the text: the reader's, or the default one if the text is missing there.</summary>
    public required string Language { get; init; }

    public required string Title { get; init; }

    /// <summary>Markdown: the whole body on a detail page, its beginning in a list.</summary>
    public required string Body { get; init; }

    public required bool IsRead { get; init; }

    public DateTime? ReadAt { get; init; }

    public DateTime? ArchivedAt { get; init; }

    public Completion? Completion { get; init; }

    /// <summary>The ways by which it reached the reader: why they see it.</summary>
    public required IReadOnlyList<ReaderPath> Paths { get; init; }

    public bool IsOverdueAt(DateTime now) => Completion is null && DueAt < now;
}

/// <summary>What waits for a reader.</summary>
/// <param name="OpenMandatory">Mandatory actions that are open.</param>
/// <param name="OpenActions">Actions that are open and not archived: the rows of the tab Actions.</param>
/// <param name="Notifications">Notifications that are not archived: the rows of the tab Notifications.</param>
/// <param name="Badge">Open mandatory actions, and whatever else is unread.</param>
/// <param name="OpenActionsByWorkspace">The open actions of each workspace.</param>
public sealed record CommunicationCounts(
    int OpenMandatory,
    int OpenActions,
    int Notifications,
    int Badge,
    IReadOnlyDictionary<string, int> OpenActionsByWorkspace);

/// <summary>Narrows a list. Nothing set means everything.</summary>
public sealed record CommunicationFilter
{
    public string? Workspace { get; init; }

    public CommunicationKind? Kind { get; init; }
}

/// <summary>One page of a list.</summary>
/// <param name="Rows">The rows of this page.</param>
/// <param name="HasMore">Whether a next page follows.</param>
public sealed record CommunicationList(IReadOnlyList<VisibleCommunication> Rows, bool HasMore);
