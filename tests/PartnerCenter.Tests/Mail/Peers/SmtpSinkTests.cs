using System.Text;
using PartnerCenter.Mail.Transport;
using PartnerCenter.Tests.Mail.Transport;
using static PartnerCenter.Mail.Transport.TransportOutcome;

namespace PartnerCenter.Tests.Mail.Peers;

/// <summary>Our transport against Postfix's relay for tests.</summary>
public sealed class SmtpSinkTests
{
    [PeerTheory(Peer.SmtpSink)]
    [InlineData]
    [InlineData("-p")]
    [InlineData("-p", "-E", "-8")]
    public async Task It_gets_a_mail_as_it_was_written(params string[] options)
    {
        using var sink = await SmtpSink.StartAsync(options);
        var mail = SampleMail.Plain with { EnvelopeFrom = "bounces+1@partnercenter.example", Text = ".\r\n..two\r\nDé maan\r\n." };

        Assert.Equal(Accepted, await SendAsync(sink, mail));

        var (from, to, content) = Assert.Single(sink.Taken());
        Assert.Equal(("<bounces+1@partnercenter.example>", "<anna@contoso.example>"), (from, to));
        Assert.Equal(Encoding.ASCII.GetString(MimeMessage.Write(mail)), content);
    }

    [PeerFact(Peer.SmtpSink)]
    public async Task It_gets_many_mails_over_few_connections_each_once()
    {
        using var sink = await SmtpSink.StartAsync();
        await using var transport = new SmtpTransport(sink.Options);
        var mails = Enumerable.Range(1, 250)
            .Select(n => SampleMail.Plain with { MessageId = $"<ob.{n}@partnercenter.example>", To = $"member{n}@contoso.example" })
            .ToList();

        await Parallel.ForEachAsync(mails, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (mail, cancellation) =>
            Assert.Equal(Accepted, (await transport.SendAsync(mail, cancellation)).Outcome));

        Assert.Equal(
            mails.Select(mail => (To: $"<{mail.To}>", Content: Encoding.ASCII.GetString(MimeMessage.Write(mail)))).Order(),
            sink.Taken().Select(mail => (mail.To, mail.Content)).Order());
    }

    [PeerTheory(Peer.SmtpSink)]
    [InlineData("CONNECT", RelayUnavailable)]
    [InlineData("EHLO", RelayUnavailable)]
    [InlineData("MAIL", Deferred)]
    [InlineData("RCPT", Deferred)]
    [InlineData("DATA", Deferred)]
    [InlineData(".", Deferred)]
    [InlineData("QUIT", Accepted)]
    public Task What_it_puts_off_is_tried_again_later(string step, TransportOutcome outcome) => AssertOutcomeAsync(outcome, "-r", step);

    [PeerTheory(Peer.SmtpSink)]
    [InlineData("CONNECT", RelayUnavailable)]
    [InlineData("EHLO", RelayUnavailable)]
    [InlineData("MAIL", Refused)]
    [InlineData("RCPT", Refused)]
    [InlineData("DATA", Refused)]
    [InlineData(".", Refused)]
    [InlineData("QUIT", Accepted)]
    public Task What_it_refuses_is_not_tried_again(string step, TransportOutcome outcome) => AssertOutcomeAsync(outcome, "-f", step);

    [PeerFact(Peer.SmtpSink)]
    public Task An_address_that_it_does_not_know_is_told_from_a_mail_that_it_does_not_want() =>
        AssertOutcomeAsync(AddressRefused, "-f", "RCPT", "-B", "550 5.1.1 Error: no such user");

    [PeerTheory(Peer.SmtpSink)]
    [InlineData("CONNECT", RelayUnavailable)]
    [InlineData("EHLO", RelayUnavailable)]
    [InlineData("MAIL", RelayUnavailable)]
    [InlineData("RCPT", RelayUnavailable)]
    [InlineData("DATA", RelayUnavailable)]
    [InlineData(".", Unknown)]
    [InlineData("QUIT", Accepted)]
    public async Task Where_it_hangs_up_decides_whether_the_mail_may_have_gone(string step, TransportOutcome outcome)
    {
        await AssertOutcomeAsync(outcome, "-q", step);
        await AssertOutcomeAsync(outcome, "-p", "-q", step);
    }

    [PeerTheory(Peer.SmtpSink)]
    [InlineData("CONNECT", RelayUnavailable)]
    [InlineData("EHLO", RelayUnavailable)]
    [InlineData("MAIL", RelayUnavailable)]
    [InlineData("RCPT", RelayUnavailable)]
    [InlineData("DATA", RelayUnavailable)]
    [InlineData(".", Deferred)]
    [InlineData("QUIT", Accepted)]
    public async Task A_421_before_it_hangs_up_says_that_the_mail_did_not_go(string step, TransportOutcome outcome)
    {
        await AssertOutcomeAsync(outcome, "-Q", step);
        await AssertOutcomeAsync(outcome, "-p", "-Q", step);
    }

    private static async Task AssertOutcomeAsync(TransportOutcome outcome, params string[] options)
    {
        using var sink = await SmtpSink.StartAsync(options);

        Assert.Equal(outcome, await SendAsync(sink, SampleMail.Plain));
        if (outcome == Accepted)
            Assert.Single(sink.Taken());
    }

    private static async Task<TransportOutcome> SendAsync(SmtpSink sink, OutgoingMail mail)
    {
        await using var transport = new SmtpTransport(sink.Options);
        return (await transport.SendAsync(mail, CancellationToken.None)).Outcome;
    }
}
