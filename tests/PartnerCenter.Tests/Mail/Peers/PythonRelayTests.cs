using System.Text;
using PartnerCenter.Mail.Transport;
using PartnerCenter.Tests.Mail.Transport;
using static PartnerCenter.Mail.Transport.TransportOutcome;

namespace PartnerCenter.Tests.Mail.Peers;

/// <summary>TLS and sign-in at a mail server that is not ours.</summary>
public sealed class PythonRelayTests
{
    [PeerFact(Peer.PythonRelay)]
    public async Task A_mail_travels_under_tls_to_a_server_with_a_trusted_certificate()
    {
        using var relay = await PythonRelay.StartAsync(SmtpPeer.NewCertificate());

        var (answer, steps) = await relay.SendAsync(SampleMail.Plain, relay.Options, relay.Trust);

        Assert.Equal(Accepted, answer.Outcome);
        Assert.Equal([("EHLO", false), ("EHLO", true), ("MAIL", true), ("DATA", true)], steps.Select(step => (step.Step, step.Tls)));
        var mail = steps[^1];
        Assert.Equal("notices@partnercenter.example", mail.Sender);
        Assert.Equal(["anna@contoso.example"], mail.To);
        Assert.Equal(Encoding.ASCII.GetString(MimeMessage.Write(SampleMail.Plain)), Encoding.ASCII.GetString(mail.Content!));
    }

    [PeerFact(Peer.PythonRelay)]
    public async Task Nothing_is_said_to_a_server_whose_certificate_nobody_vouches_for()
    {
        using var relay = await PythonRelay.StartAsync(SmtpPeer.NewCertificate());

        AssertNothingIsSaid(await relay.SendAsync(SampleMail.Plain, WithUser(relay), trust: null));
    }

    [PeerTheory(Peer.PythonRelay)]
    [InlineData("other.example", 1)]
    [InlineData("localhost", 1)]
    [InlineData(null, -1)]
    public async Task Nothing_is_said_to_a_server_with_a_certificate_of_another_host_or_another_time(string? hostName, int expiresInDays)
    {
        using var relay = await PythonRelay.StartAsync(SmtpPeer.NewCertificate(hostName, expiresInDays));

        AssertNothingIsSaid(await relay.SendAsync(SampleMail.Plain, WithUser(relay), relay.Trust));
    }

    [PeerTheory(Peer.PythonRelay)]
    [InlineData("PLAIN")]
    [InlineData("LOGIN", "PLAIN")]
    public async Task A_user_signs_in_with_what_the_server_offers(string mechanism, params string[] without)
    {
        using var relay = await PythonRelay.StartAsync(SmtpPeer.NewCertificate(), asksForSignIn: true, without);

        var (answer, steps) = await relay.SendAsync(SampleMail.Plain, WithUser(relay), relay.Trust);

        Assert.Equal(Accepted, answer.Outcome);
        var signIn = Assert.Single(steps, step => step.Step == "AUTH");
        Assert.Equal((mechanism, true, true), (signIn.Mechanism, signIn.Right, signIn.Tls));
        Assert.Equal(PythonRelay.User, steps[^1].By);
    }

    [PeerTheory(Peer.PythonRelay)]
    [InlineData("PLAIN")]
    [InlineData("LOGIN", "PLAIN")]
    public async Task With_a_wrong_password_no_mail_is_tried(string mechanism, params string[] without)
    {
        using var relay = await PythonRelay.StartAsync(SmtpPeer.NewCertificate(), asksForSignIn: true, without);
        var options = WithUser(relay);
        options.Password = "wrong";

        var (answer, steps) = await relay.SendAsync(SampleMail.Plain, options, relay.Trust);

        Assert.Equal(new TransportAnswer(RelayUnavailable, "AUTH: The relay does not let this user in (535)."), answer);
        Assert.Equal((mechanism, false), (steps[^1].Mechanism, steps[^1].Right));
    }

    [PeerFact(Peer.PythonRelay)]
    public async Task A_server_that_wants_a_user_and_gets_none_is_unavailable_and_the_mail_is_not_to_blame()
    {
        using var relay = await PythonRelay.StartAsync(SmtpPeer.NewCertificate(), asksForSignIn: true);

        var (answer, steps) = await relay.SendAsync(SampleMail.Plain, relay.Options, relay.Trust);

        Assert.Equal(RelayUnavailable, answer.Outcome);
        Assert.DoesNotContain(steps, step => step.Step is "MAIL" or "DATA");
    }

    [PeerFact(Peer.PythonRelay)]
    public async Task A_server_that_insists_on_tls_gets_nothing_from_who_is_told_to_do_without()
    {
        using var relay = await PythonRelay.StartAsync(SmtpPeer.NewCertificate());
        var options = relay.Options;
        options.Security = SmtpSecurity.None;

        var (answer, steps) = await relay.SendAsync(SampleMail.Plain, options, relay.Trust);

        Assert.Equal(RelayUnavailable, answer.Outcome);
        Assert.DoesNotContain(steps, step => step.Step is "MAIL" or "DATA");
    }

    private static SmtpOptions WithUser(PythonRelay relay)
    {
        var options = relay.Options;
        (options.User, options.Password) = (PythonRelay.User, PythonRelay.Password);
        return options;
    }

    private static void AssertNothingIsSaid((TransportAnswer Answer, IReadOnlyList<RelayStep> Steps) sent)
    {
        Assert.Equal(RelayUnavailable, sent.Answer.Outcome);
        Assert.StartsWith("TLS: ", sent.Answer.Text, StringComparison.Ordinal);
        Assert.Equal([("EHLO", false)], sent.Steps.Select(step => (step.Step, step.Tls)));
    }
}
