using PartnerCenter.Domain.Access;

namespace PartnerCenter.Tests.Access;

public sealed class SecretTests
{
    [Fact]
    public void A_secret_has_256_bits_that_can_stand_in_an_address()
    {
        var secret = Secret.Create();

        Assert.Matches("^[A-Za-z0-9_-]{43}$", secret);
        Assert.NotEqual(secret, Secret.Create());
    }

    [Fact]
    public void Its_hash_is_sha_256() =>
        Assert.Equal("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD", Secret.Hash("abc"));
}
