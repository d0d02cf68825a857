using PartnerCenter.Domain;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Communications;

public sealed class CompletionTests
{
    private static readonly DateTime Now = FixedTime.Start;
    private static readonly Reader Reader = new(MembershipId: 345, OrganizationId: 12, "en", [], []);

    [Theory]
    [InlineData(null, "o/12")]
    [InlineData("organization", "o/12")]
    [InlineData("person", "m/345")]
    public void An_action_is_done_for_whom_the_communication_says(string? completion, string completedFor)
    {
        var communication = Publish(Drafts.MandatoryAction() with { Completion = completion });

        var done = Completion.Of(communication, Reader, "Ben Keller", note: null, Now);

        Assert.Equal(completedFor, done.CompletedFor);
    }

    [Fact]
    public void It_says_who_did_it_when_and_with_which_note()
    {
        var done = Completion.Of(Publish(Drafts.RecommendedAction()), Reader, "Ben Keller", "  Invoice 17 is paid.\n", Now);

        Assert.Equal("Ben Keller", done.CompletedBy);
        Assert.Equal(Now, done.CompletedAt);
        Assert.Equal("Invoice 17 is paid.", done.Note);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t\n")]
    public void A_note_without_words_is_none(string? note) =>
        Assert.Null(Completion.Of(Publish(Drafts.RecommendedAction()), Reader, "Ben Keller", note, Now).Note);

    [Theory]
    [InlineData(CommunicationKind.TransactionalNotification)]
    [InlineData(CommunicationKind.PromotionalNotification)]
    public void A_notification_is_not_completed(CommunicationKind kind)
    {
        var communication = Publish(Drafts.Of(kind));

        var violation = Assert.Throws<RuleViolationException>(() => Completion.Of(communication, Reader, "Ben Keller", note: null, Now));

        Assert.Same(Reasons.OnlyActionsAreCompleted, violation.Reason);
    }

    private static Communication Publish(CommunicationDraft draft) =>
        Publishing.Create(draft, new DraftNames(new Dictionary<string, int>(), MembershipOrganization: null), new PublishingGrant("The program"), Now);
}
