using System.Globalization;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Preferences;

public sealed class TestMailPolicyTests
{
    private static readonly DateTime Now = FixedTime.Start;

    [Theory]
    [InlineData("", null)]
    [InlineData("59", "Reason.TestMailJustSent")]
    [InlineData("60", null)]
    [InlineData("60 120 180 240", null)]
    [InlineData("60 120 180 240 3599", "Reason.TooManyTestMails")]
    [InlineData("60 120 180 240 3600", null)]
    public void A_member_may_try_once_a_minute_and_five_times_an_hour(string secondsAgo, string? because)
    {
        DateTime[] sent = [.. secondsAgo.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ago => Now.AddSeconds(-int.Parse(ago, CultureInfo.InvariantCulture)))];

        Assert.Equal(because, TestMailPolicy.May(sent, Now).RefusedBecause?.Key);
    }
}
