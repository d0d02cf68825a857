using System.Security.Cryptography.X509Certificates;
using System.Text;
using PartnerCenter.Mail.Transport;
using static PartnerCenter.Mail.Transport.TransportOutcome;

namespace PartnerCenter.Tests.Mail.Transport;

/// <summary>TLS and sign-in at the relay.</summary>
public sealed class ProtectedConversation : IDisposable
{
    private const string Password = "correct horse";

    private readonly SmtpPeer _relay = new() { Certificate = SmtpPeer.NewCertificate() };

    public ProtectedConversation()
    {
        _relay.On("EHLO", "250-peer.example\r\n250-STARTTLS\r\n250 AUTH LOGIN PLAIN");
        _relay.On("AUTH", "235 2.7.0 welcome");
    }

    public void Dispose() => _relay.Dispose();

    [Fact]
    public async Task The_conversation_turns_to_tls_before_anything_is_said_that_matters()
    {
        var answer = await SendAsync(SmtpSecurity.StartTls, user: "portal");

        Assert.Equal(Accepted, answer.Outcome);
        Assert.Equal(["EHLO", "STARTTLS", SmtpPeer.Tls, "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "QUIT"], _relay.Verbs);
    }

    [Theory]
    [InlineData("EHLO", "250-peer.example\r\n250 AUTH PLAIN")]
    [InlineData("STARTTLS", "502 not implemented")]
    [InlineData("STARTTLS", "220 go ahead\r\n250 said by someone in between")]
    [InlineData("STARTTLS", SmtpPeer.Cut)]
    public async Task A_relay_that_does_not_turn_to_tls_is_not_used(string step, string reply)
    {
        _relay.On(step, reply);

        Assert.Equal(RelayUnavailable, (await SendAsync(SmtpSecurity.StartTls, user: "portal")).Outcome);
        Assert.DoesNotContain("AUTH", _relay.Verbs);
        Assert.DoesNotContain("MAIL", _relay.Verbs);
    }

    [Fact]
    public async Task A_relay_that_will_not_turn_to_tls_is_quoted()
    {
        _relay.On("STARTTLS", "454 4.7.0 not now");

        Assert.Equal("STARTTLS: 454 4.7.0 not now", (await SendAsync(SmtpSecurity.StartTls)).Text);
    }

    [Fact]
    public async Task What_was_offered_before_tls_counts_no_longer()
    {
        _relay.On("EHLO", "250-peer.example\r\n250-STARTTLS\r\n250 AUTH PLAIN", "250-peer.example\r\n250 AUTH LOGIN");
        _relay.On("AUTH", "334 VXNlcm5hbWU6");
        _relay.On("secret", "334 UGFzc3dvcmQ6", "235 welcome");

        Assert.Equal(Accepted, (await SendAsync(SmtpSecurity.StartTls, user: "portal")).Outcome);
        Assert.Contains("AUTH LOGIN", _relay.Heard);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_not_trusted()
    {
        var answer = await SendAsync(SmtpSecurity.StartTls, trust: null);

        Assert.Equal(RelayUnavailable, answer.Outcome);
        Assert.StartsWith("TLS: ", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("MAIL", _relay.Verbs);
    }

    [Theory]
    [InlineData("other.example", 1)]
    [InlineData(null, -1)]
    public async Task A_certificate_of_another_host_or_another_time_is_not_trusted(string? hostName, int expiresInDays)
    {
        _relay.Certificate = SmtpPeer.NewCertificate(hostName, expiresInDays);

        Assert.Equal(RelayUnavailable, (await SendAsync(SmtpSecurity.StartTls)).Outcome);
        Assert.DoesNotContain("MAIL", _relay.Verbs);
    }

    [Fact]
    public async Task A_relay_may_speak_tls_from_the_first_byte()
    {
        _relay.StartsWithTls = true;

        Assert.Equal(Accepted, (await SendAsync(SmtpSecurity.Tls)).Outcome);
        Assert.Equal([SmtpPeer.Tls, "EHLO", "MAIL", "RCPT", "DATA", "QUIT"], _relay.Verbs);
    }

    [Fact]
    public async Task A_relay_that_should_speak_tls_from_the_first_byte_and_does_not_is_not_used()
    {
        Assert.Equal(RelayUnavailable, (await SendAsync(SmtpSecurity.Tls)).Outcome);
        Assert.DoesNotContain("EHLO", _relay.Verbs);
    }

    [Theory]
    [InlineData(SmtpPeer.Cut)]
    [InlineData(SmtpPeer.Hang)]
    public async Task A_fault_after_the_dot_leaves_the_mail_in_doubt_under_tls_too(string fault)
    {
        _relay.On(".", fault);

        Assert.Equal(Unknown, (await SendAsync(SmtpSecurity.StartTls, timeoutSeconds: 3)).Outcome);
    }

    [Fact]
    public async Task A_user_signs_in_with_plain_where_it_is_offered()
    {
        await SendAsync(SmtpSecurity.StartTls, user: "jürgen");

        var words = Assert.Single(_relay.Heard, line => line.StartsWith("AUTH", StringComparison.Ordinal)).Split(' ');
        Assert.Equal("PLAIN", words[1]);
        Assert.Equal($"\0jürgen\0{Password}", Decoded(words[2]));
    }

    [Theory]
    [InlineData("AUTH LOGIN")]
    [InlineData("auth login")]
    public async Task A_user_signs_in_with_login_where_plain_is_not_offered(string offer)
    {
        _relay.On("EHLO", $"250-peer.example\r\n250-STARTTLS\r\n250 {offer}");
        _relay.On("AUTH", "334 VXNlcm5hbWU6");
        _relay.On("secret", "334 UGFzc3dvcmQ6", "235 welcome");

        Assert.Equal(Accepted, (await SendAsync(SmtpSecurity.StartTls, user: "portal")).Outcome);

        var at = _relay.Heard.ToList().IndexOf("AUTH LOGIN");
        Assert.Equal(["portal", Password], _relay.Heard.Skip(at + 1).Take(2).Select(Decoded));
    }

    [Fact]
    public async Task Without_a_user_nobody_signs_in()
    {
        Assert.Equal(Accepted, (await SendAsync(SmtpSecurity.StartTls)).Outcome);
        Assert.DoesNotContain("AUTH", _relay.Verbs);
    }

    [Theory]
    [InlineData("535 5.7.8 no")]
    [InlineData("534 5.7.9 too weak")]
    [InlineData("454 4.7.0 not now")]
    [InlineData("334 go on")]
    public async Task A_relay_that_does_not_let_us_in_is_unavailable_and_the_mail_is_not_to_blame(string reply)
    {
        _relay.On("AUTH", reply);

        Assert.Equal(RelayUnavailable, (await SendAsync(SmtpSecurity.StartTls, user: "portal")).Outcome);
        Assert.DoesNotContain("MAIL", _relay.Verbs);
    }

    [Fact]
    public async Task A_relay_that_offers_no_way_in_that_we_know_is_not_tried()
    {
        _relay.On("EHLO", "250-peer.example\r\n250-STARTTLS\r\n250 AUTH CRAM-MD5");

        Assert.Equal(RelayUnavailable, (await SendAsync(SmtpSecurity.StartTls, user: "portal")).Outcome);
        Assert.DoesNotContain("AUTH", _relay.Verbs);
    }

    [Fact]
    public async Task A_secret_that_the_relay_repeats_does_not_get_into_the_answer()
    {
        var secret = Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0portal\0{Password}"));
        _relay.On("AUTH", $"535 5.7.8 cannot use {secret} or {Password}");

        var answer = await SendAsync(SmtpSecurity.StartTls, user: "portal");

        Assert.Equal("AUTH: The relay does not let this user in (535).", answer.Text);
    }

    private static string Decoded(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));

    private Task<TransportAnswer> SendAsync(SmtpSecurity security, string? user = null, int timeoutSeconds = 30) =>
        SendAsync(security, _relay.Trust, user, timeoutSeconds);

    private async Task<TransportAnswer> SendAsync(SmtpSecurity security, X509ChainPolicy? trust, string? user = null, int timeoutSeconds = 30)
    {
        var options = _relay.Options;
        (options.Security, options.User, options.TimeoutSeconds) = (security, user, timeoutSeconds);
        options.Password = user is null ? null : Password;
        await using var transport = new SmtpTransport(options, trust);
        return await transport.SendAsync(SampleMail.Plain, CancellationToken.None);
    }
}
