using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Domain.Support;

/// <summary>A member asks the program for help, and both sides write to each other until it is done.</summary>
public sealed class SupportRequest
{
    public const int LongestSummary = 120;

    public const int LongestText = 4000;

    private SupportRequest()
    {
    }

    /// <param name="requester">Who asks.</param>
    /// <param name="draft">What is asked.</param>
    /// <param name="now">The time in UTC.</param>
    public SupportRequest(Membership requester, SupportRequestDraft draft, DateTime now)
    {
        OrganizationId = requester.OrganizationId;
        MembershipId = requester.Id;
        Requester = requester;
        Workspace = draft.Workspace;
        Type = draft.Type;
        Summary = Words(draft.Summary);
        Details = Words(draft.Details);
        CreatedAt = now;
        ChangedAt = now;
        StateSince = now;
    }

    /// <summary>The number by which people call it.</summary>
    public int Id { get; private set; }

    public int OrganizationId { get; private set; }

    public int MembershipId { get; private set; }

    public Membership Requester { get; private set; } = null!;

    /// <summary>The key of the workspace that it is about.</summary>
    public string Workspace { get; private set; } = "";

    public SupportRequestType Type { get; private set; }

    public string Summary { get; private set; } = "";

    public string Details { get; private set; } = "";

    /// <summary>How it stood after the last note; <see cref="StateAt"/> says how it stands now.</summary>
    public SupportState State { get; private set; }

    /// <summary>Since when it has stood so, in UTC.</summary>
    public DateTime StateSince { get; private set; }

    public DateTime CreatedAt { get; private set; }

    /// <summary>When something was last written to it, in UTC.</summary>
    public DateTime ChangedAt { get; private set; }

    public int Version { get; private set; }

    /// <summary>What was written since, the oldest first when the database gave them so.</summary>
    public List<SupportNote> Notes { get; private set; } = [];

    /// <summary>How it stands: what was resolved and not reopened in time is closed, without anybody doing anything.</summary>
    public SupportState StateAt(DateTime now) =>
        State == SupportState.Resolved && now >= StateSince + SupportRequestPolicy.ReopenResolvedWithin ? SupportState.Closed : State;

    /// <summary>Whether one side can do this now.</summary>
    public Verdict May(SupportVerb verb, SupportSide side, DateTime now) =>
        SupportRequestPolicy.May(verb, side, StateAt(now), ClosedAt(now), now);

    /// <summary>Does it, with what is said about it.</summary>
    /// <param name="verb">What.</param>
    /// <param name="side">For which side.</param>
    /// <param name="by">The name of who does it.</param>
    /// <param name="text">What they say.</param>
    /// <param name="now">The time in UTC.</param>
    /// <exception cref="RuleViolationException">The request does not stand so that this can be done, or words are missing.</exception>
    public void Use(SupportVerb verb, SupportSide side, string by, string? text, DateTime now)
    {
        May(verb, side, now).Enforce();
        if (string.IsNullOrWhiteSpace(text) && SupportRequestPolicy.NeedsWords(verb))
            throw new RuleViolationException(Reasons.Missing);

        Notes.Add(new SupportNote(verb, side, by, string.IsNullOrWhiteSpace(text) ? null : text.Trim(), now));
        var before = StateAt(now);
        var after = SupportRequestPolicy.StateAfter(verb, before);
        if (after != before)
            StateSince = now;
        (State, ChangedAt) = (after, now);
    }

    private static string Words(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        return text.Trim();
    }

    private DateTime? ClosedAt(DateTime now) => StateAt(now) != SupportState.Closed ? null
        : State == SupportState.Closed ? StateSince
        : StateSince + SupportRequestPolicy.ReopenResolvedWithin;
}

/// <summary>What a member asks.</summary>
/// <param name="Summary">In one line.</param>
/// <param name="Workspace">The key of the workspace that it is about.</param>
/// <param name="Type">What sort of help is wanted.</param>
/// <param name="Details">Everything else.</param>
public sealed record SupportRequestDraft(string Summary, string Workspace, SupportRequestType Type, string Details);

/// <summary>Something that was written to a request, and what was done with it by that.</summary>
public sealed class SupportNote
{
    private SupportNote()
    {
    }

    internal SupportNote(SupportVerb verb, SupportSide side, string by, string? text, DateTime now) =>
        (Verb, Side, By, Text, At) = (verb, side, by, text, now);

    public int Id { get; private set; }

    public int SupportRequestId { get; private set; }

    public SupportVerb Verb { get; private set; }

    public SupportSide Side { get; private set; }

    /// <summary>The name of who wrote it, as it was then.</summary>
    public string By { get; private set; } = "";

    /// <summary>Null when nothing was said.</summary>
    public string? Text { get; private set; }

    public DateTime At { get; private set; }
}

/// <summary>What sort of help is wanted.</summary>
public enum SupportRequestType
{
    Question,
    Problem,
    Change,
    Idea,
}

/// <summary>How a support request stands.</summary>
public enum SupportState
{
    /// <summary>It is the program's turn.</summary>
    Open,

    /// <summary>It is the partner's turn.</summary>
    WaitingForPartner,

    /// <summary>The program has answered for good; the partner can still say that it was not enough.</summary>
    Resolved,

    Closed,
}
