using PartnerCenter.Domain.Mail;

namespace PartnerCenter.Tests.Mail.Transport;

public sealed class MaskedAddress
{
    [Theory]
    [InlineData("noa@work.example", "n…@work.example")]
    [InlineData("n@work.example", "n…@work.example")]
    [InlineData("a@b@work.example", "a…@work.example")]
    [InlineData("@work.example", "…")]
    [InlineData("nobody", "…")]
    [InlineData("", "…")]
    public void Its_owner_knows_it_again_and_nobody_else(string address, string masked) => Assert.Equal(masked, MailAddressRule.Mask(address));
}
