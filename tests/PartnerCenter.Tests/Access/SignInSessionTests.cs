using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Access;

public sealed class SignInSessionTests
{
    private static readonly DateTime Now = FixedTime.Start;

    private readonly SignInSession _session = new("the id in the cookie", new Person("Ben Keller", "ben@example.com"), Now);

    [Fact]
    public void The_row_holds_only_the_hash_of_the_id()
    {
        Assert.Equal(Secret.Hash("the id in the cookie"), _session.IdHash);
        Assert.DoesNotContain("cookie", _session.IdHash, StringComparison.Ordinal);
    }

    [Fact]
    public void An_hour_without_a_request_ends_it()
    {
        Assert.True(_session.IsValidAt(Now));
        Assert.True(_session.IsValidAt(Now.AddMinutes(60).AddTicks(-1)));
        Assert.False(_session.IsValidAt(Now.AddMinutes(60)));
    }

    [Fact]
    public void Twelve_hours_end_it_however_busy_it_is()
    {
        _session.Refresh(Now.AddHours(12).AddMinutes(-1));

        Assert.True(_session.IsValidAt(Now.AddHours(12).AddTicks(-1)));
        Assert.False(_session.IsValidAt(Now.AddHours(12)));
    }

    [Fact]
    public void A_request_keeps_it_alive_but_writes_only_every_five_minutes()
    {
        Assert.False(_session.NeedsRefreshAt(Now.AddMinutes(5).AddTicks(-1)));
        Assert.True(_session.NeedsRefreshAt(Now.AddMinutes(5)));

        _session.Refresh(Now.AddMinutes(5));

        Assert.False(_session.NeedsRefreshAt(Now.AddMinutes(9)));
        Assert.True(_session.IsValidAt(Now.AddMinutes(64)));
        Assert.False(_session.IsValidAt(Now.AddMinutes(65)));
    }
}
