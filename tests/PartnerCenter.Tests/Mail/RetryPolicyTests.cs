using PartnerCenter.Domain.Mail;

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
}
