namespace PartnerCenter.Domain.Communications;

/// <summary>What a reader can do with a communication. What each demands stands in <see cref="CommunicationVerbPolicy"/>.</summary>
public enum CommunicationVerb
{
    Read,
    MarkUnread,
    Archive,
    Restore,
    Complete,
    Reopen,

    /// <summary>Not now: out of the open actions until a day.</summary>
    Snooze,

    /// <summary>Ends a snooze early.</summary>
    Wake,

    /// <summary>Asks a colleague to do it.</summary>
    HandOver,

    /// <summary>The colleague takes it on.</summary>
    Accept,

    /// <summary>The colleague gives it back, or who asked takes it back.</summary>
    Return,
}

/// <summary>How a communication stands for one reader: everything that decides what they may do with it.</summary>
public sealed record CommunicationStanding
{
    public required CommunicationKind Kind { get; init; }

    public CompletionScope Scope { get; init; }

    public DateTime? DueAt { get; init; }

    /// <summary>The completion, for whom the action is completed; null while it is open.</summary>
    public Completion? Completion { get; init; }

    public bool IsArchived { get; init; }

    /// <summary>The reader put it off, and its day has not come.</summary>
    public bool IsSnoozed { get; init; }

    public HandOverSide HandOver { get; init; }

    /// <summary>The name of the colleague who has it, or is asked to take it.</summary>
    public string? HandedTo { get; init; }
}

/// <summary>How a reader stands to the hand-over of an action.</summary>
public enum HandOverSide
{
    /// <summary>Nobody handed it over.</summary>
    None,

    /// <summary>The reader asked a colleague.</summary>
    Giver,

    /// <summary>The reader is asked, and has not answered.</summary>
    Asked,

    /// <summary>The reader took it on.</summary>
    Taker,

    /// <summary>It is between two others.</summary>
    Onlooker,
}
