using PartnerCenter.Domain;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Support;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.HelpSupport;

public sealed class SupportRequestTests
{
    private static readonly DateTime Now = FixedTime.Start;

    private readonly SupportRequest _request = new(
        new Membership(new Organization("alpine-cloud", "Alpine Cloud", Now), new Person("Ben Keller", "ben@example.com"), Now),
        new SupportRequestDraft(" The invoice is empty. ", "billing", SupportRequestType.Problem, " It has no lines.\n"),
        Now);

    [Fact]
    public void It_begins_with_what_was_asked_and_the_programs_turn()
    {
        Assert.Equal(("The invoice is empty.", "It has no lines.", SupportState.Open), (_request.Summary, _request.Details, _request.StateAt(Now)));
        Assert.Equal((Now, Now), (_request.CreatedAt, _request.ChangedAt));
    }

    [Theory]
    [InlineData("", "x")]
    [InlineData("x", " ")]
    public void It_says_something(string summary, string details) =>
        Assert.Throws<ArgumentException>(() => new SupportRequest(_request.Requester, new SupportRequestDraft(summary, "billing", SupportRequestType.Idea, details), Now));

    [Fact]
    public void What_is_said_is_kept_with_who_said_it()
    {
        _request.Use(SupportVerb.Ask, SupportSide.Program, "Olivia", " Which month? ", Now.AddHours(1));
        _request.Use(SupportVerb.Reply, SupportSide.Partner, "Ben", "October.", Now.AddHours(2));

        Assert.Equal(
            [
                (SupportVerb.Ask, SupportSide.Program, "Olivia", "Which month?", Now.AddHours(1)),
                (SupportVerb.Reply, SupportSide.Partner, "Ben", "October.", Now.AddHours(2)),
            ],
            _request.Notes.Select(note => (note.Verb, note.Side, note.By, note.Text, note.At)));
        Assert.Equal((SupportState.Open, Now.AddHours(2)), (_request.State, _request.ChangedAt));
    }

    [Fact]
    public void What_needs_words_is_not_done_without_them()
    {
        var refusal = Assert.Throws<RuleViolationException>(() => _request.Use(SupportVerb.Reply, SupportSide.Partner, "Ben", " ", Now));

        Assert.Equal(Reasons.Missing, refusal.Reason);
        Assert.Empty(_request.Notes);
    }

    [Fact]
    public void It_can_be_closed_without_a_word()
    {
        _request.Use(SupportVerb.Close, SupportSide.Partner, "Ben", " ", Now);

        Assert.Equal(SupportState.Closed, _request.StateAt(Now));
        Assert.Null(Assert.Single(_request.Notes).Text);
    }

    [Fact]
    public void What_was_resolved_is_closed_by_itself_after_fourteen_days()
    {
        _request.Use(SupportVerb.Resolve, SupportSide.Program, "Olivia", "Done.", Now);

        Assert.Equal(SupportState.Resolved, _request.StateAt(Now.AddDays(14).AddTicks(-1)));
        Assert.Equal(SupportState.Closed, _request.StateAt(Now.AddDays(14)));
        Assert.False(_request.May(SupportVerb.Close, SupportSide.Partner, Now.AddDays(14)).IsAllowed);
        Assert.True(_request.May(SupportVerb.Reopen, SupportSide.Partner, Now.AddDays(44).AddTicks(-1)).IsAllowed);
        Assert.False(_request.May(SupportVerb.Reopen, SupportSide.Partner, Now.AddDays(44)).IsAllowed);
    }

    [Fact]
    public void What_is_said_meanwhile_does_not_put_off_its_end()
    {
        _request.Use(SupportVerb.Resolve, SupportSide.Program, "Olivia", "Done.", Now);
        _request.Use(SupportVerb.Reopen, SupportSide.Partner, "Ben", "No.", Now.AddDays(20));
        _request.Use(SupportVerb.Answer, SupportSide.Program, "Olivia", "Looking.", Now.AddDays(21));

        Assert.Equal((SupportState.Open, Now.AddDays(20)), (_request.State, _request.StateSince));
    }
}
