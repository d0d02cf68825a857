using PartnerCenter.Domain.Communications;
using static PartnerCenter.Domain.Support.SupportState;

namespace PartnerCenter.Domain.Support;

/// <summary>
/// The table of what each side can do with a support request as it stands, where that leads, and how the requester is told of it. Pages,
/// verbs and notices all ask it.
/// </summary>
public static class SupportRequestPolicy
{
    /// <summary>How many requests a member can make within <see cref="Day"/>.</summary>
    public const int MostPerDay = 20;

    public static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>Within this time the same words of the same member are the same request: a button was pressed twice.</summary>
    public static readonly TimeSpan SameWithin = TimeSpan.FromMinutes(1);

    /// <summary>How long the partner has to answer what the program asks.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromDays(7);

    /// <summary>How long what was resolved can be reopened before it is closed by itself.</summary>
    public static readonly TimeSpan ReopenResolvedWithin = TimeSpan.FromDays(14);

    /// <summary>How long after that, too; later it is another request.</summary>
    public static readonly TimeSpan ReopenClosedWithin = TimeSpan.FromDays(30);

    private static readonly Dictionary<SupportVerb, Row> Table = new()
    {
        [SupportVerb.Reply] = new([SupportSide.Partner], [Open, WaitingForPartner], After: Open),
        [SupportVerb.Close] = new([SupportSide.Partner], [Open, WaitingForPartner, Resolved], After: Closed) { NeedsWords = false },
        [SupportVerb.Answer] = new([SupportSide.Program], [Open, WaitingForPartner], After: null),
        [SupportVerb.Ask] = new([SupportSide.Program], [Open, WaitingForPartner], After: WaitingForPartner)
        {
            ToldAs = CommunicationKind.MandatoryAction,
        },
        [SupportVerb.Resolve] = new([SupportSide.Program], [Open, WaitingForPartner], After: Resolved),
        [SupportVerb.Reopen] = new([SupportSide.Partner, SupportSide.Program], [Resolved, Closed], After: Open),
    };

    private static readonly Dictionary<SupportSide, SupportState> Turns = new()
    {
        [SupportSide.Partner] = WaitingForPartner,
        [SupportSide.Program] = Open,
    };

    /// <param name="verb">What would be done.</param>
    /// <param name="side">Who would do it.</param>
    /// <param name="state">How the request stands now.</param>
    /// <param name="closedAt">When it was closed, in UTC; null while it is not.</param>
    /// <param name="now">The time in UTC.</param>
    public static Verdict May(SupportVerb verb, SupportSide side, SupportState state, DateTime? closedAt, DateTime now)
    {
        var row = Table[verb];
        if (!row.Sides.Contains(side) || !row.From.Contains(state))
            return Verdict.Refused(Reasons.NotAsSupportRequestStands);
        return closedAt is { } since && now >= since + ReopenClosedWithin ? Verdict.Refused(Reasons.ClosedTooLongAgo) : Verdict.Allowed;
    }

    /// <summary>How a request stands after something was done with it.</summary>
    public static SupportState StateAfter(SupportVerb verb, SupportState before) => Table[verb].After ?? before;

    /// <summary>Whether it cannot be done without a word.</summary>
    public static bool NeedsWords(SupportVerb verb) => Table[verb].NeedsWords;

    /// <summary>The state in which it is a side's turn to do something.</summary>
    public static SupportState TurnOf(SupportSide side) => Turns[side];

    /// <summary>As what the requester is told of it.</summary>
    public static CommunicationKind ToldAs(SupportVerb verb) => Table[verb].ToldAs;

    private sealed record Row(IReadOnlyList<SupportSide> Sides, IReadOnlyList<SupportState> From, SupportState? After)
    {
        public bool NeedsWords { get; init; } = true;

        public CommunicationKind ToldAs { get; init; } = CommunicationKind.TransactionalNotification;
    }
}

/// <summary>What can be done with a support request.</summary>
public enum SupportVerb
{
    /// <summary>The partner writes, and it is the program's turn.</summary>
    Reply,

    /// <summary>The partner needs no more help.</summary>
    Close,

    /// <summary>The program writes; whose turn it is does not change.</summary>
    Answer,

    /// <summary>The program needs something from the partner.</summary>
    Ask,

    /// <summary>The program has done what it can.</summary>
    Resolve,

    /// <summary>It was not done after all.</summary>
    Reopen,
}

/// <summary>Who writes to a support request.</summary>
public enum SupportSide
{
    /// <summary>The requester, or a colleague who answers for the organization.</summary>
    Partner,

    /// <summary>Those who run the program.</summary>
    Program,
}
