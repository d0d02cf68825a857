using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;

namespace PartnerCenter.Tests.Communications;

public sealed class FeedLinkTests
{
    private static readonly DateTime Now = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_link_keeps_the_hash_of_its_secret_and_not_the_secret()
    {
        var (link, secret) = FeedLink.Create(7, FeedKind.Calendar, Now);

        Assert.Equal(Secret.Hash(secret), link.SecretHash);
        Assert.NotEqual(secret, link.SecretHash);
    }

    [Fact]
    public void A_renewed_link_has_another_secret_and_was_not_used_yet()
    {
        var (link, secret) = FeedLink.Create(7, FeedKind.Calendar, Now);
        link.Use(Now);

        var renewed = link.Renew(Now.AddDays(1));

        Assert.NotEqual(secret, renewed);
        Assert.Equal(Secret.Hash(renewed), link.SecretHash);
        Assert.Equal(Now.AddDays(1), link.CreatedAt);
        Assert.Null(link.LastUsedAt);
    }

    [Fact]
    public void Its_use_is_noted_once_a_day_and_without_the_hour()
    {
        var (link, _) = FeedLink.Create(7, FeedKind.Calendar, Now);

        Assert.True(link.Use(Now));
        Assert.False(link.Use(Now.AddHours(14)));
        Assert.Equal(Now.Date, link.LastUsedAt);
        Assert.True(link.Use(Now.AddHours(15)));
    }
}
