using PartnerCenter.Domain.Access;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Access;

public sealed class ApiKeyTests
{
    private static readonly DateTime Now = FixedTime.Start;

    [Fact]
    public void A_token_comes_apart_into_what_it_was_made_of()
    {
        // Base64url has underscores too: only the first one after the prefix ends the id.
        ApiKey.Create("a1b2", "se_cr-et_", "Finance system", Now, TimeSpan.FromDays(90), out var token);

        var isToken = ApiKey.TryParse(token, out var id, out var secret);

        Assert.Equal("pck_a1b2_se_cr-et_", token);
        Assert.True(isToken);
        Assert.Equal("a1b2", id);
        Assert.Equal("se_cr-et_", secret);
    }

    [Theory]
    [InlineData("")]
    [InlineData("pck")]
    [InlineData("pck_")]
    [InlineData("pck__")]
    [InlineData("pck_id")]
    [InlineData("pck_id_")]
    [InlineData("pck__secret")]
    [InlineData("PCK_id_secret")]
    [InlineData("Bearer pck_id_secret")]
    [InlineData("id_secret")]
    public void What_does_not_look_like_a_token_is_none(string token) => Assert.False(ApiKey.TryParse(token, out _, out _));

    [Fact]
    public void A_token_of_absurd_length_is_none() => Assert.False(ApiKey.TryParse("pck_id_" + new string('s', 200), out _, out _));

    [Fact]
    public void Only_the_secret_of_the_key_fits()
    {
        var secret = Secret.Create();
        var key = ApiKey.Create("id", secret, "Finance system", Now, TimeSpan.FromDays(90), out _);

        Assert.True(key.HasSecret(secret));
        Assert.False(key.HasSecret(Secret.Create()));
        Assert.False(key.HasSecret(secret[..^1]));
        Assert.False(key.HasSecret(""));
        Assert.False(key.HasSecret(key.SecretHash));
    }

    [Fact]
    public void The_secret_is_not_stored()
    {
        var secret = Secret.Create();

        var key = ApiKey.Create("id", secret, "Finance system", Now, TimeSpan.FromDays(90), out _);

        Assert.DoesNotContain(
            typeof(ApiKey).GetProperties().Select(property => property.GetValue(key)?.ToString()),
            value => value?.Contains(secret) == true);
        Assert.Equal(64, key.SecretHash.Length);
    }

    [Fact]
    public void A_key_may_be_used_until_it_expires()
    {
        var key = ApiKey.Create("id", "secret", "Finance system", Now, TimeSpan.FromDays(90), out _);

        Assert.True(key.IsValidAt(Now));
        Assert.True(key.IsValidAt(Now.AddDays(90).AddTicks(-1)));
        Assert.False(key.IsValidAt(Now.AddDays(90)));
    }

    [Fact]
    public void A_revoked_key_is_dead_at_once_and_stays_so()
    {
        var key = ApiKey.Create("id", "secret", "Finance system", Now, TimeSpan.FromDays(90), out _);
        key.Revoke(Now.AddDays(1));

        key.Revoke(Now.AddDays(5));

        Assert.Equal(Now.AddDays(1), key.RevokedAt);
        Assert.False(key.IsValidAt(Now.AddDays(1)));
    }

    [Fact]
    public void A_key_without_limits_publishes_everything()
    {
        var grant = ApiKey.Create("id", "secret", "Finance system", Now, TimeSpan.FromDays(90), out _).Grant();

        Assert.Equal("Finance system", grant.Publisher);
        Assert.Null(grant.Organizations);
        Assert.Null(grant.Workspaces);
        Assert.Null(grant.Kinds);
    }

    [Fact]
    public void A_limit_of_one_sort_leaves_the_others_open()
    {
        var key = ApiKey.Create("id", "secret", "Finance system", Now, TimeSpan.FromDays(90), out _);

        key.LimitTo(ApiKeyLimitOf.Organization, ["alpine-cloud", "lowland-digital", "alpine-cloud"]);
        key.LimitTo(ApiKeyLimitOf.Kind, ["recommended-action"]);

        var grant = key.Grant();
        Assert.Equal(["alpine-cloud", "lowland-digital"], grant.Organizations!);
        Assert.Equal(["recommended-action"], grant.Kinds!);
        Assert.Null(grant.Workspaces);
    }
}
