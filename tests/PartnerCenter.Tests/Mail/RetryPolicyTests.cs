using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Mail;

public sealed class RetryPolicyTests
{
    private const double NoJitter = 0.5;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 5)]
    [InlineData(3, 15)]
    [InlineData(4, 30)]
    [InlineData(5, 60)]
    [InlineData(6, 120)]
    [InlineData(7, 120)]
    [InlineData(1000, 120)]
    public void The_waits_grow_to_an_hour_and_then_stay_at_two(int attempts, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), RetryPolicy.DelayAfter(attempts, inDoubt: false, NoJitter));

    [Theory]
    [InlineData(1, 15)]
    [InlineData(2, 15)]
    [InlineData(3, 15)]
    [InlineData(4, 30)]
    [InlineData(9, 120)]
    public void A_relay_that_left_us_in_doubt_has_a_quarter_of_an_hour_to_settle(int attempts, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), RetryPolicy.DelayAfter(attempts, inDoubt: true, NoJitter));

    [Theory]
    [InlineData(0.0, 24)]
    [InlineData(0.5, 30)]
    [InlineData(1.0, 36)]
    public void Attempts_spread_by_a_fifth_to_either_side(double jitter, int minutes) =>
        Assert.Equal(minutes, RetryPolicy.DelayAfter(4, inDoubt: false, jitter).TotalMinutes, precision: 6);

    [Theory]
    [InlineData(CommunicationKind.MandatoryAction, 40, 3)]
    [InlineData(CommunicationKind.RecommendedAction, 40, 3)]
    [InlineData(CommunicationKind.TransactionalNotification, 16, 3)]
    [InlineData(CommunicationKind.PromotionalNotification, 16, 2)]
    [InlineData(CommunicationKind.AccountMail, 40, 3)]
    public void A_mail_is_given_up_after_so_many_attempts_or_doubts_as_its_kind_is_worth(CommunicationKind kind, int attempts, int doubts)
    {
        Assert.False(RetryPolicy.IsExhausted(kind, dueAt: null, attempts - 1, doubts - 1, FixedTime.Start));
        Assert.True(RetryPolicy.IsExhausted(kind, dueAt: null, attempts, 0, FixedTime.Start));
        Assert.True(RetryPolicy.IsExhausted(kind, dueAt: null, 1, doubts, FixedTime.Start));
    }

    [Fact]
    public void A_mandatory_action_is_tried_until_a_week_after_its_due_date()
    {
        var due = FixedTime.Start.AddDays(-7);

        Assert.False(RetryPolicy.IsExhausted(CommunicationKind.MandatoryAction, due.AddTicks(1), 1000, 0, FixedTime.Start));
        Assert.True(RetryPolicy.IsExhausted(CommunicationKind.MandatoryAction, due, 40, 0, FixedTime.Start));
        Assert.False(RetryPolicy.IsExhausted(CommunicationKind.MandatoryAction, due, 39, 0, FixedTime.Start));
        Assert.True(RetryPolicy.IsExhausted(CommunicationKind.RecommendedAction, due.AddTicks(1), 40, 0, FixedTime.Start));
    }

    [Fact]
    public void Attempts_of_a_day_and_of_three_days_take_as_long_as_they_are_called()
    {
        Assert.InRange(TimeOf(16).TotalHours, 22, 26);
        Assert.InRange(TimeOf(40).TotalHours, 70, 74);

        static TimeSpan TimeOf(int attempts) => Enumerable.Range(1, attempts)
            .Select(attempt => RetryPolicy.DelayAfter(attempt, inDoubt: false, NoJitter))
            .Aggregate((sum, delay) => sum + delay);
    }
}
