using PartnerCenter.Domain;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Support;
using PartnerCenter.Tests.Support;
using static PartnerCenter.Domain.Support.SupportSide;
using static PartnerCenter.Domain.Support.SupportState;
using static PartnerCenter.Domain.Support.SupportVerb;

namespace PartnerCenter.Tests.HelpSupport;

/// <summary>Each cell of what both sides can do with a request, written down a second time.</summary>
public sealed class SupportRequestPolicyTests
{
    private static readonly DateTime Now = FixedTime.Start;

    private static readonly (SupportSide Side, SupportVerb Verb, SupportState From, SupportState To)[] Allowed =
    [
        (Partner, Reply, Open, Open),
        (Partner, Reply, WaitingForPartner, Open),
        (Partner, Close, Open, Closed),
        (Partner, Close, WaitingForPartner, Closed),
        (Partner, Close, Resolved, Closed),
        (Partner, Reopen, Resolved, Open),
        (Partner, Reopen, Closed, Open),
        (SupportSide.Program, Answer, Open, Open),
        (SupportSide.Program, Answer, WaitingForPartner, WaitingForPartner),
        (SupportSide.Program, Ask, Open, WaitingForPartner),
        (SupportSide.Program, Ask, WaitingForPartner, WaitingForPartner),
        (SupportSide.Program, Resolve, Open, Resolved),
        (SupportSide.Program, Resolve, WaitingForPartner, Resolved),
        (SupportSide.Program, Reopen, Resolved, Open),
        (SupportSide.Program, Reopen, Closed, Open),
    ];

    public static TheoryData<SupportSide, SupportVerb, SupportState> Cells
    {
        get
        {
            var cells = new TheoryData<SupportSide, SupportVerb, SupportState>();
            foreach (var side in Enum.GetValues<SupportSide>())
            {
                foreach (var verb in Enum.GetValues<SupportVerb>())
                {
                    foreach (var state in Enum.GetValues<SupportState>())
                        cells.Add(side, verb, state);
                }
            }

            return cells;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_side_can_do_what_the_table_says_and_nothing_else(SupportSide side, SupportVerb verb, SupportState state)
    {
        var verdict = SupportRequestPolicy.May(verb, side, state, state == Closed ? Now : null, Now);

        var row = Allowed.Where(row => (row.Side, row.Verb, row.From) == (side, verb, state)).ToList();
        Assert.Equal(row.Count == 1, verdict.IsAllowed);
        if (row is [var (_, _, _, to)])
            Assert.Equal(to, SupportRequestPolicy.StateAfter(verb, state));
        else
            Assert.Equal(Reasons.NotAsSupportRequestStands, verdict.RefusedBecause);
    }

    [Fact]
    public void What_was_closed_can_be_reopened_for_thirty_days()
    {
        Assert.True(SupportRequestPolicy.May(Reopen, Partner, Closed, Now.AddDays(-30).AddTicks(1), Now).IsAllowed);
        Assert.Equal(Reasons.ClosedTooLongAgo, SupportRequestPolicy.May(Reopen, Partner, Closed, Now.AddDays(-30), Now).RefusedBecause);
    }

    [Fact]
    public void Only_closing_needs_no_words() =>
        Assert.Equal([Close], Enum.GetValues<SupportVerb>().Where(verb => !SupportRequestPolicy.NeedsWords(verb)));

    [Fact]
    public void Only_what_needs_an_answer_is_an_action() => Assert.All(
        Enum.GetValues<SupportVerb>(),
        verb => Assert.Equal(
            verb == Ask ? CommunicationKind.MandatoryAction : CommunicationKind.TransactionalNotification, SupportRequestPolicy.ToldAs(verb)));
}
