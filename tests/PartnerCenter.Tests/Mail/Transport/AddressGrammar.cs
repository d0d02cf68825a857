using PartnerCenter.Domain.Mail;

namespace PartnerCenter.Tests.Mail.Transport;

/// <summary>Which addresses mail is sent to.</summary>
public sealed class AddressGrammar
{
    [Theory]
    [InlineData("anna@contoso.example")]
    [InlineData("Anna.de-Vries+portal@mail.contoso.example")]
    [InlineData("o'brien@contoso.example")]
    [InlineData("!#$%&'*+-/=?^_`{|}~@contoso.example")]
    [InlineData("a@b.co")]
    [InlineData("1@2.x3")]
    [InlineData("anna@xn--mnchen-3ya.example")]
    public void An_ordinary_address_is_taken_as_it_is(string address)
    {
        Assert.True(MailAddressRule.TryNormalize(address, out var ascii));
        Assert.Equal(address, ascii);
        Assert.True(MailAddressRule.IsDeliverable(address));
    }

    [Theory]
    [InlineData("anna@münchen.example", "anna@xn--mnchen-3ya.example")]
    [InlineData("anna@MÜNCHEN.example", "anna@xn--mnchen-3ya.example")]
    [InlineData("anna@例え.テスト", "anna@xn--r8jz45g.xn--zckzah")]
    public void An_international_domain_is_written_the_way_relays_understand(string address, string expected)
    {
        Assert.True(MailAddressRule.TryNormalize(address, out var ascii));
        Assert.Equal(expected, ascii);
    }

    [Theory]
    // Two addresses in one, which the framework's own parser takes for one.
    [InlineData("a@b.example, c@d.example")]
    [InlineData("a@b.example,c@d.example")]
    [InlineData("a@b.example;c@d.example")]
    [InlineData("a@b.example c@d.example")]
    [InlineData("a@b@c.example")]
    // No domain in the sense of the internet.
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a@")]
    [InlineData("@b.example")]
    [InlineData("a@b")]
    [InlineData("a@localhost")]
    [InlineData("a@127.0.0.1")]
    [InlineData("a@[127.0.0.1]")]
    [InlineData("a@[IPv6:::1]")]
    [InlineData("a@b..example")]
    [InlineData("a@.b.example")]
    [InlineData("a@b.example.")]
    [InlineData("a@-b.example")]
    [InlineData("a@b-.example")]
    [InlineData("a@b_c.example")]
    [InlineData("a@b!c.example")]
    // Quotes, comments, display names.
    [InlineData("\"x y\"@b.example")]
    [InlineData("\"a\"@b.example")]
    [InlineData("a(comment)@b.example")]
    [InlineData("a@b.example (comment)")]
    [InlineData("a@(comment)b.example")]
    [InlineData("Anna <a@b.example>")]
    [InlineData("<a@b.example>")]
    // Stray dots and spaces.
    [InlineData(".a@b.example")]
    [InlineData("a.@b.example")]
    [InlineData("a..b@c.example")]
    [InlineData(" a@b.example")]
    [InlineData("a@b.example ")]
    [InlineData("a @b.example")]
    [InlineData("a@ b.example")]
    [InlineData("a@b.\texample")]
    // Ends of line and other control characters.
    [InlineData("a@b.example\r\nRCPT TO:<c@d.example>")]
    [InlineData("a@b.example\n")]
    [InlineData("a\r@b.example")]
    [InlineData("a\0@b.example")]
    [InlineData("a@b\0.example")]
    [InlineData("a\u0085@b.example")]
    [InlineData("a@b\u0085.example")]
    [InlineData("a\u007f@b.example")]
    // What looks like something else.
    [InlineData("müller@b.example")]
    [InlineData("a\uFF20b.example")]
    [InlineData("a@b\uFF0Eexample")]
    [InlineData("a@b\u3002example")]
    [InlineData("a@b\u00ADc.example")]
    [InlineData("a@b\u200Bc.example")]
    [InlineData("a@b\u202Ec.example")]
    [InlineData("a@b\u00A0c.example")]
    [InlineData("a@b\uFF1Ec.example")]
    [InlineData("a@b\u2028c.example")]
    [InlineData("a@\uD800.example")]
    [InlineData("a@xn--münchen.example")]
    [InlineData("mailto:a@b.example")]
    public void What_is_not_on_the_list_is_refused(string address)
    {
        Assert.False(MailAddressRule.IsDeliverable(address));
    }

    [Fact]
    public void No_part_may_be_longer_than_the_mail_system_carries()
    {
        var (local, label) = (new string('a', 64), new string('b', 63));
        var domain = $"{label}.{label[1..]}.{label[1..]}";
        var international = $"ü{label[9..]}.ü{label[9..]}.ü{label[9..]}.example";

        Assert.True(MailAddressRule.IsDeliverable($"{local}@b.example"));
        Assert.False(MailAddressRule.IsDeliverable($"{local}a@b.example"));
        Assert.True(MailAddressRule.IsDeliverable($"a@{label}.example"));
        Assert.False(MailAddressRule.IsDeliverable($"a@{label}b.example"));
        Assert.True(MailAddressRule.IsDeliverable($"{local}@{domain}"));
        Assert.False(MailAddressRule.IsDeliverable($"{local}@{domain}b"));
        Assert.True(MailAddressRule.IsDeliverable($"a@{international}"));
        Assert.False(MailAddressRule.IsDeliverable($"{local}@{international}"));
        Assert.False(MailAddressRule.IsDeliverable($"a@{LettersInTwoPieces(48)}.{LettersInTwoPieces(48)}.{LettersInTwoPieces(48)}.example"));
        Assert.True(MailAddressRule.IsDeliverable($"a@{LettersInTwoPieces(48)}.example"));

        // Typed as u and two dots above, ü is longer here than it is on the way.
        static string LettersInTwoPieces(int count) => string.Concat(Enumerable.Repeat("u\u0308", count));
    }
}
