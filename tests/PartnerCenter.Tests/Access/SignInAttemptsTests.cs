using PartnerCenter.Domain.Access;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Access;

/// <summary>How long a name rests after tries without success.</summary>
public sealed class SignInAttemptsTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 0)]
    [InlineData(4, 2)]
    [InlineData(5, 4)]
    [InlineData(12, 512)]
    [InlineData(13, 900)]
    [InlineData(1_000_000, 900)]
    public void The_wait_grows_and_ends_at_a_quarter_of_an_hour(int failures, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), SignInDelay.After(failures));

    [Fact]
    public void What_comes_while_the_name_rests_is_not_looked_at_and_does_not_count()
    {
        var (attempts, now) = (new SignInAttempts("name"), FixedTime.Start);
        for (var tried = 0; tried < 4; tried++)
            Assert.True(attempts.TryBegin(now));

        for (var tried = 0; tried < 100; tried++)
            Assert.False(attempts.TryBegin(now));
        Assert.False(attempts.TryBegin(now.AddSeconds(1.9)));
        Assert.True(attempts.TryBegin(now.AddSeconds(2)));
        Assert.Equal(5, attempts.Count);
        Assert.False(attempts.TryBegin(now.AddSeconds(5.9)));
        Assert.True(attempts.TryBegin(now.AddSeconds(6)));
    }

    [Fact]
    public void After_a_day_of_quiet_the_count_begins_anew()
    {
        var (attempts, now) = (new SignInAttempts("name"), FixedTime.Start);
        for (var hour = 0; hour < 20; hour++)
            Assert.True(attempts.TryBegin(now = now.AddMinutes(15)));
        Assert.Equal(20, attempts.Count);

        Assert.True(attempts.TryBegin(now + SignInDelay.Forgotten));

        Assert.Equal(1, attempts.Count);
    }

    [Fact]
    public void Passwords_and_codes_have_counts_of_their_own() =>
        Assert.NotEqual(SignInAttempts.HashOf(SignInStep.Password, "ANNA@ALPINE.EXAMPLE"), SignInAttempts.HashOf(SignInStep.Code, "ANNA@ALPINE.EXAMPLE"));
}
