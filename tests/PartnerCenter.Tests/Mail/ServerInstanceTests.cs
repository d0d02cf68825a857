using PartnerCenter.Domain.Mail;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Mail;

public sealed class ServerInstanceTests
{
    [Fact]
    public void Each_beat_can_be_told_from_the_one_before()
    {
        var instance = new ServerInstance("one", FixedTime.Start);
        var before = instance.Beat;

        instance.DoBeat();

        Assert.Equal(before + 1, instance.Beat);
    }

    [Fact]
    public void A_lease_has_one_owner_at_a_time()
    {
        var lease = new JobLease("mail-dispatch", "one");

        lease.PassTo("two");

        Assert.Equal("two", lease.Owner);
    }
}
