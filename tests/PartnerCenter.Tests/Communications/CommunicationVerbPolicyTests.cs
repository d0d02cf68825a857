using PartnerCenter.Domain;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Tests.Support;
using static PartnerCenter.Domain.Communications.CommunicationKind;

namespace PartnerCenter.Tests.Communications;

/// <summary>
/// All verbs × kinds × states, against a table written down here by hand. What it says of a state holds for whoever may see the item;
/// who may not gets no answer at all, which is tested where the verbs are.
/// </summary>
public sealed class CommunicationVerbPolicyTests
{
    private const string Open = "open";
    private const string Completed = "completed";
    private const string Overdue = "overdue";
    private const string Archived = "archived";
    private const string Snoozed = "snoozed";

    private static readonly DateTime Now = FixedTime.Start;

    private static readonly string[] States = [Open, Completed, Overdue, Archived, Snoozed];

    // Verb, then the reason for: mandatory, recommended, transactional, promotional; each open / completed / overdue /
    // archived / put off. "-" is allowed.
    private const string Table =
        """
        Read        -                             -                                  -         -
        MarkUnread  -                             -                                  -         -
        Archive     Stays/Done/Stays/Stays/Stays  -                                  -         -
        Restore     -                             -                                  -         -
        Complete    -/Already/-/-/-               -/Already/-/-/-                    NoAction  NoAction
        Reopen      NotYet/-/NotYet/NotYet/NotYet NotYet/-/NotYet/NotYet/NotYet      NoAction  NoAction
        Snooze      NoSnooze                      -/Already/Late/Restore/-           NoSnooze  NoSnooze
        Wake        NoSnooze                      Awake/Already/Awake/Restore/-      NoSnooze  NoSnooze
        HandOver    -/Already/-/-/-               -/Already/-/-/-                    NoAction  NoAction
        Accept      Not/Already/Not/Not/Not       Not/Already/Not/Not/Not            Not       Not
        Return      Not/Already/Not/Not/Not       Not/Already/Not/Not/Not            Not       Not
        """;

    private static readonly Dictionary<string, string?> Reason = new()
    {
        ["-"] = null,
        ["Stays"] = Reasons.MandatoryActionStays.Key,
        ["Done"] = Reasons.CompletedActionStays.Key,
        ["Already"] = Reasons.AlreadyCompleted("", default).Key,
        ["NotYet"] = Reasons.NotCompleted.Key,
        ["NoAction"] = Reasons.OnlyActionsAreCompleted.Key,
        ["NoSnooze"] = Reasons.NotToBeSnoozed.Key,
        ["Late"] = Reasons.OverdueCannotWait.Key,
        ["Restore"] = Reasons.RestoreFirst.Key,
        ["Awake"] = Reasons.NotSnoozed.Key,
        ["Not"] = Reasons.NotHandedToYou.Key,
    };

    public static TheoryData<CommunicationVerb, CommunicationKind, string> Everything
    {
        get
        {
            var all = new TheoryData<CommunicationVerb, CommunicationKind, string>();
            foreach (var verb in Enum.GetValues<CommunicationVerb>())
            {
                foreach (var kind in CommunicationPolicy.Published)
                {
                    foreach (var state in States)
                        all.Add(verb, kind, state);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void A_verb_is_allowed_just_where_the_table_says_so(CommunicationVerb verb, CommunicationKind kind, string state)
    {
        var expected = Reason[Cell(verb, kind, state)];

        var verdict = CommunicationVerbPolicy.May(verb, Standing(kind, state), Now);

        Assert.Equal(expected, verdict.RefusedBecause?.Key);
    }

    [Theory]
    [InlineData(CommunicationVerb.HandOver, HandOverSide.None, true)]
    [InlineData(CommunicationVerb.HandOver, HandOverSide.Giver, false)]
    [InlineData(CommunicationVerb.HandOver, HandOverSide.Asked, false)]
    [InlineData(CommunicationVerb.HandOver, HandOverSide.Taker, false)]
    [InlineData(CommunicationVerb.HandOver, HandOverSide.Onlooker, false)]
    [InlineData(CommunicationVerb.Accept, HandOverSide.Asked, true)]
    [InlineData(CommunicationVerb.Accept, HandOverSide.Giver, false)]
    [InlineData(CommunicationVerb.Accept, HandOverSide.Taker, false)]
    [InlineData(CommunicationVerb.Accept, HandOverSide.Onlooker, false)]
    [InlineData(CommunicationVerb.Return, HandOverSide.Giver, true)]
    [InlineData(CommunicationVerb.Return, HandOverSide.Asked, true)]
    [InlineData(CommunicationVerb.Return, HandOverSide.Taker, true)]
    [InlineData(CommunicationVerb.Return, HandOverSide.Onlooker, false)]
    public void What_is_between_two_colleagues_is_theirs(CommunicationVerb verb, HandOverSide side, bool isAllowed)
    {
        var verdict = CommunicationVerbPolicy.May(verb, Standing(MandatoryAction, Open) with { HandOver = side, HandedTo = "Ben" }, Now);

        Assert.Equal(isAllowed, verdict.IsAllowed);
    }

    [Fact]
    public void What_everybody_does_for_themselves_is_not_handed_over() => Assert.Same(
        Reasons.EverybodyForThemselves,
        CommunicationVerbPolicy.May(CommunicationVerb.HandOver, Standing(MandatoryAction, Open) with { Scope = CompletionScope.Person }, Now).RefusedBecause);

    [Fact]
    public void An_action_waits_until_its_due_date_and_no_longer()
    {
        var standing = Standing(RecommendedAction, Open);

        Assert.True(CommunicationVerbPolicy.MaySnoozeUntil(standing, standing.DueAt!.Value, Now).IsAllowed);
        Assert.Equal(Reasons.SnoozeBeyondDueDate(default).Key, CommunicationVerbPolicy.MaySnoozeUntil(standing, standing.DueAt.Value.AddSeconds(1), Now).RefusedBecause!.Key);
        Assert.Same(Reasons.SnoozeInThePast, CommunicationVerbPolicy.MaySnoozeUntil(standing, Now, Now).RefusedBecause);
    }

    [Fact]
    public void An_action_without_a_due_date_waits_ninety_days_at_most()
    {
        var standing = Standing(RecommendedAction, Open) with { DueAt = null };

        Assert.True(CommunicationVerbPolicy.MaySnoozeUntil(standing, Now.AddDays(90), Now).IsAllowed);
        Assert.Equal([90], CommunicationVerbPolicy.MaySnoozeUntil(standing, Now.AddDays(91), Now).RefusedBecause!.Arguments);
    }

    [Fact]
    public void What_was_put_off_before_it_was_archived_is_not_taken_up_again_until_it_is_restored()
    {
        var standing = Standing(RecommendedAction, Snoozed);

        Assert.True(CommunicationVerbPolicy.May(CommunicationVerb.Wake, standing, Now).IsAllowed);
        Assert.Same(Reasons.RestoreFirst, CommunicationVerbPolicy.May(CommunicationVerb.Wake, standing with { IsArchived = true }, Now).RefusedBecause);
    }

    [Fact]
    public void What_takes_a_verb_back_is_taken_back_by_it() => Assert.All(
        Enum.GetValues<CommunicationVerb>().Where(verb => CommunicationVerbPolicy.OppositeOf(verb) is not null),
        verb => Assert.Equal(verb, CommunicationVerbPolicy.OppositeOf(CommunicationVerbPolicy.OppositeOf(verb)!.Value)));

    private static string Cell(CommunicationVerb verb, CommunicationKind kind, string state)
    {
        var cells = Table.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Single(line => line[0] == $"{verb}");
        var perState = cells[(int)kind].Split('/');
        return perState.Length == 1 ? perState[0] : perState[Array.IndexOf(States, state)];
    }

    private static CommunicationStanding Standing(CommunicationKind kind, string state)
    {
        var isAction = kind is MandatoryAction or RecommendedAction;
        return new CommunicationStanding
        {
            Kind = kind,
            DueAt = !isAction ? null : state == Overdue ? Now.AddDays(-1) : Now.AddDays(10),
            Completion = isAction && state == Completed ? Done() : null,
            IsArchived = state == Archived,
            IsSnoozed = state == Snoozed,
        };
    }

    private static Completion Done()
    {
        var communication = Publishing.Create(Drafts.MandatoryAction(), new DraftNames(new Dictionary<string, int>(), MembershipOrganization: null), new PublishingGrant("Test"), Now);
        return Completion.InOrganization(communication, organizationId: 1, "Anna Winter", Now);
    }
}
