using PartnerCenter.Domain;
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

    /// <summary>Until when the reader put it off; null when they did not, or the day has come.</summary>
    public DateTime? SnoozedUntil { get; init; }

    public Completion? Completion { get; init; }

    /// <summary>Who was asked by whom to do it; null when nobody was.</summary>
    public VisibleHandOver? HandOver { get; init; }

    /// <summary>It reaches the reader only because nobody who was addressed had read it.</summary>
    public bool IsEscalated { get; init; }

    /// <summary>The ways by which it reached the reader: why they see it.</summary>
    public required IReadOnlyList<ReaderPath> Paths { get; init; }

    /// <summary>How it stands for the reader: what their verbs are decided by.</summary>
    public CommunicationStanding Standing => new()
    {
        Kind = Kind,
        Scope = CompletionScope,
        DueAt = DueAt,
        Completion = Completion,
        IsArchived = ArchivedAt is not null,
        IsSnoozed = SnoozedUntil is not null,
        HandOver = HandOver?.Side ?? HandOverSide.None,
        HandedTo = HandOver?.To,
    };

    /// <summary>The list in which the reader finds it.</summary>
    public CommunicationPlace Place => this switch
    {
        { ArchivedAt: not null } => CommunicationPlace.Archived,
        { Completion: not null } => CommunicationPlace.Completed,
        { SnoozedUntil: not null } => CommunicationPlace.Snoozed,
        _ => CommunicationPolicy.IsAction(Kind) ? CommunicationPlace.Actions : CommunicationPlace.Notifications,
    };

    public bool IsOverdueAt(DateTime now) => Completion is null && DueAt < now;

    /// <summary>Whether the reader may do something with it now.</summary>
    public Verdict May(CommunicationVerb verb, DateTime now) => CommunicationVerbPolicy.May(verb, Standing, now);
}

/// <summary>The hand-over of an action as a reader sees it.</summary>
/// <param name="Side">How the reader stands to it.</param>
/// <param name="From">The name of who asked.</param>
/// <param name="To">The name of who was asked.</param>
/// <param name="AcceptedAt">When the colleague took it on; null while they have not answered.</param>
public sealed record VisibleHandOver(HandOverSide Side, string From, string To, DateTime? AcceptedAt);

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
