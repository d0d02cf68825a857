namespace PartnerCenter.Tests.Support;

public sealed class FixedTimeTests
{
    [Fact]
    public void Passing_time_moves_both_clocks_alike()
    {
        var time = new FixedTime();
        var before = time.GetTimestamp();

        time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(FixedTime.Start.AddMinutes(5), time.GetUtcNow().UtcDateTime);
        Assert.Equal(TimeSpan.FromMinutes(5), time.GetElapsedTime(before));
    }

    [Fact]
    public void A_jump_of_the_wall_clock_leaves_the_monotonic_clock_alone()
    {
        var time = new FixedTime();
        var before = time.GetTimestamp();

        time.JumpTo(FixedTime.Start.AddDays(-2));

        Assert.Equal(FixedTime.Start.AddDays(-2), time.GetUtcNow().UtcDateTime);
        Assert.Equal(TimeSpan.Zero, time.GetElapsedTime(before));
    }
}
