using PartnerCenter.Domain;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Communications;

public sealed class MemberStateTests
{
    private static readonly DateTime Now = FixedTime.Start;

    private readonly MemberState _state = new(membershipId: 7, communicationId: 42);

    [Fact]
    public void The_time_of_the_first_reading_stays()
    {
        _state.Read(Now);

        _state.Read(Now.AddDays(1));

        Assert.Equal(Now, _state.ReadAt);
    }

    [Theory]
    [InlineData(CommunicationKind.RecommendedAction)]
    [InlineData(CommunicationKind.TransactionalNotification)]
    [InlineData(CommunicationKind.PromotionalNotification)]
    public void What_is_archived_counts_as_read(CommunicationKind kind)
    {
        _state.Archive(Standing(kind), Now);

        Assert.Equal(Now, _state.ArchivedAt);
        Assert.Equal(Now, _state.ReadAt);
    }

    [Fact]
    public void Archiving_a_second_time_keeps_the_first_time()
    {
        _state.Archive(Standing(CommunicationKind.RecommendedAction), Now);

        _state.Archive(Standing(CommunicationKind.RecommendedAction), Now.AddHours(1));

        Assert.Equal(Now, _state.ArchivedAt);
    }

    [Fact]
    public void Archiving_keeps_the_time_at_which_it_was_read()
    {
        _state.Read(Now);

        _state.Archive(Standing(CommunicationKind.RecommendedAction), Now.AddHours(1));

        Assert.Equal(Now, _state.ReadAt);
    }

    [Fact]
    public void A_mandatory_action_stays_where_it_is_and_unread()
    {
        var violation = Assert.Throws<RuleViolationException>(() => _state.Archive(Standing(CommunicationKind.MandatoryAction), Now));

        Assert.Same(Reasons.MandatoryActionStays, violation.Reason);
        Assert.Null(_state.ArchivedAt);
        Assert.Null(_state.ReadAt);
    }

    [Fact]
    public void What_is_restored_is_open_again_and_still_read()
    {
        _state.Archive(Standing(CommunicationKind.PromotionalNotification), Now);

        _state.Restore();

        Assert.Null(_state.ArchivedAt);
        Assert.Equal(Now, _state.ReadAt);
    }

    private static CommunicationStanding Standing(CommunicationKind kind) => new() { Kind = kind };
}
