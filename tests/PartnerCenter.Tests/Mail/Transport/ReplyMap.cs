using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using PartnerCenter.Mail.Transport;
using static PartnerCenter.Mail.Transport.TransportOutcome;

namespace PartnerCenter.Tests.Mail.Transport;

/// <summary>What becomes of a mail for each thing a relay may answer, and for each thing that may break.</summary>
public sealed partial class ReplyMap : IDisposable
{
    private readonly SmtpPeer _relay = new();

    public void Dispose() => _relay.Dispose();

    [Fact]
    public async Task A_mail_that_the_relay_takes_over_is_accepted_with_its_words()
    {
        var answer = await SendAsync();

        Assert.Equal(new TransportAnswer(Accepted, "250 2.0.0 taken as 4711"), answer);
        Assert.Equal(
            ["EHLO [127.0.0.1]", "MAIL FROM:<notices@partnercenter.example>", "RCPT TO:<anna@contoso.example>", "DATA", "QUIT"],
            _relay.Heard);
    }

    [Theory]
    [InlineData("greeting", "421 4.3.2 closing down", RelayUnavailable)]
    [InlineData("greeting", "554 5.3.2 no mail here", RelayUnavailable)]
    [InlineData("EHLO", "421 closing down", RelayUnavailable)]
    [InlineData("EHLO", "502 not implemented", RelayUnavailable)]
    [InlineData("MAIL", "421 closing down", RelayUnavailable)]
    [InlineData("MAIL", "530 5.7.0 sign in first", RelayUnavailable)]
    [InlineData("MAIL", "451 4.3.0 later", Deferred)]
    [InlineData("MAIL", "452 4.3.1 no room", Deferred)]
    [InlineData("MAIL", "550 5.1.0 not from you", Refused)]
    [InlineData("MAIL", "553 not from you", Refused)]
    [InlineData("RCPT", "421 closing down", RelayUnavailable)]
    [InlineData("RCPT", "450 4.2.1 busy", Deferred)]
    [InlineData("RCPT", "451 4.7.1 greylisted", Deferred)]
    [InlineData("RCPT", "452 4.2.2 full", Deferred)]
    [InlineData("RCPT", "550 no such user", AddressRefused)]
    [InlineData("RCPT", "551 not local", AddressRefused)]
    [InlineData("RCPT", "553 not a name", AddressRefused)]
    [InlineData("RCPT", "550", AddressRefused)]
    [InlineData("RCPT", "550 5.1.1 no such user", AddressRefused)]
    [InlineData("RCPT", "550-5.1.1 no such user\r\n550 5.1.1 look it up", AddressRefused)]
    [InlineData("RCPT", "554 5.1.2 no such domain", AddressRefused)]
    [InlineData("RCPT", "501 5.1.3 bad syntax", AddressRefused)]
    [InlineData("RCPT", "550 5.1.7 bad sender", Refused)]
    [InlineData("RCPT", "550 5.1.8 bad sender domain", Refused)]
    [InlineData("RCPT", "550 5.7.1 relaying denied", Refused)]
    [InlineData("RCPT", "553 5.7.1 policy", Refused)]
    [InlineData("RCPT", "552 5.2.2 full", Refused)]
    [InlineData("RCPT", "554 no", Refused)]
    [InlineData("DATA", "421 closing down", RelayUnavailable)]
    [InlineData("DATA", "451 4.3.0 later", Deferred)]
    [InlineData("DATA", "554 no valid recipients", Refused)]
    [InlineData("DATA", "550 5.1.1 too late to be about the address", Refused)]
    [InlineData(".", "421 4.3.0 closing down", Deferred)]
    [InlineData(".", "451 4.3.0 later", Deferred)]
    [InlineData(".", "550 spam", Refused)]
    [InlineData(".", "552 5.3.4 too big", Refused)]
    [InlineData(".", "554 5.7.1 policy", Refused)]
    [InlineData(".", "250 ok", Accepted)]
    [InlineData(".", "250-ok\r\n250 queued", Accepted)]
    [InlineData(".", "250", Accepted)]
    [InlineData("RCPT", "251 will forward", Accepted)]
    [InlineData("QUIT", "500 what?", Accepted)]
    [InlineData("QUIT", "421 closing down", Accepted)]
    public async Task Each_answer_has_one_meaning(string step, string reply, TransportOutcome outcome)
    {
        _relay.On(step, reply);

        Assert.Equal(outcome, (await SendAsync()).Outcome);
    }

    [Theory]
    [InlineData("greeting", RelayUnavailable)]
    [InlineData("EHLO", RelayUnavailable)]
    [InlineData("MAIL", RelayUnavailable)]
    [InlineData("RCPT", RelayUnavailable)]
    [InlineData("DATA", RelayUnavailable)]
    [InlineData(".", Unknown)]
    [InlineData("QUIT", Accepted)]
    public async Task A_relay_that_hangs_up_leaves_a_mail_in_doubt_only_between_the_dot_and_its_answer(string step, TransportOutcome outcome)
    {
        _relay.On(step, SmtpPeer.Cut);

        Assert.Equal(outcome, (await SendAsync()).Outcome);
    }

    [Theory]
    [InlineData("greeting", RelayUnavailable)]
    [InlineData("EHLO", RelayUnavailable)]
    [InlineData("MAIL", RelayUnavailable)]
    [InlineData("RCPT", RelayUnavailable)]
    [InlineData("DATA", RelayUnavailable)]
    [InlineData(".", Unknown)]
    public async Task A_relay_that_falls_silent_leaves_a_mail_in_doubt_only_between_the_dot_and_its_answer(string step, TransportOutcome outcome)
    {
        _relay.On(step, SmtpPeer.Hang);

        // On a busy machine, it must not be the time for an earlier step that runs out.
        Assert.Equal(outcome, (await SendAsync(timeoutSeconds: outcome == Unknown ? 3 : 1)).Outcome);
    }

    [Fact]
    public async Task A_relay_that_falls_silent_after_its_answer_does_not_hold_up_the_news()
    {
        _relay.On("QUIT", SmtpPeer.Hang);

        Assert.Equal(Accepted, (await SendAsync(timeoutSeconds: 600)).Outcome);
    }

    [Theory]
    [InlineData(SmtpPeer.Cut)]
    [InlineData(SmtpPeer.Hang)]
    public async Task A_mail_that_breaks_off_in_its_body_surely_did_not_go(string fault)
    {
        _relay.On("body", fault);
        var moreThanAnySocketHolds = SampleMail.Plain with { Text = new string('x', 12_000_000) };

        var answer = await SendAsync(moreThanAnySocketHolds, timeoutSeconds: 3);

        Assert.Equal(RelayUnavailable, answer.Outcome);
        Assert.StartsWith("content: ", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MAIL", "hello there")]
    [InlineData("MAIL", "999 no such class")]
    [InlineData("MAIL", "25 ok")]
    [InlineData("MAIL", "25")]
    [InlineData("MAIL", "250_ok")]
    [InlineData("MAIL", "150 wait")]
    [InlineData("MAIL", "250-one\r\n251 two")]
    [InlineData("MAIL", "354 too early")]
    [InlineData("DATA", "250 too eager")]
    [InlineData("MAIL", "HTTP/1.1 400 Bad Request")]
    public async Task An_answer_that_is_none_counts_as_a_cut(string step, string reply)
    {
        _relay.On(step, reply);

        var answer = await SendAsync();

        Assert.Equal(RelayUnavailable, answer.Outcome);
        Assert.Contains(": The relay", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hello there")]
    [InlineData("250-one\r\n550 two")]
    [InlineData("354 go ahead")]
    public async Task An_answer_to_the_dot_that_is_none_leaves_the_mail_in_doubt(string reply)
    {
        _relay.On(".", reply);

        Assert.Equal(Unknown, (await SendAsync()).Outcome);
    }

    [Fact]
    public async Task An_answer_without_end_is_not_waited_for()
    {
        _relay.On("MAIL", "250 " + new string('x', 5000));
        Assert.Equal(RelayUnavailable, (await SendAsync()).Outcome);

        _relay.On("MAIL", string.Concat(Enumerable.Repeat("250-more\r\n", 200)) + "250 end");
        Assert.Equal(RelayUnavailable, (await SendAsync()).Outcome);
    }

    [Fact]
    public async Task An_answer_given_twice_does_not_pass_for_the_answer_to_the_next_command()
    {
        _relay.On("MAIL", "250 ok\r\n250 ok");

        Assert.Equal(RelayUnavailable, (await SendAsync()).Outcome);
        Assert.DoesNotContain("RCPT", _relay.Verbs);
    }

    [Fact]
    public async Task Answers_may_come_byte_by_byte()
    {
        _relay.Dribbles = true;

        Assert.Equal(Accepted, (await SendAsync()).Outcome);
    }

    [Fact]
    public async Task A_relay_that_is_not_there_is_unavailable()
    {
        using var nobody = new TcpListener(IPAddress.Loopback, 0);
        nobody.Start();
        var port = ((IPEndPoint)nobody.LocalEndpoint).Port;
        nobody.Stop();

        var answer = await new SmtpTransport(new SmtpOptions { Host = "127.0.0.1", Port = port, Security = SmtpSecurity.None })
            .SendAsync(SampleMail.Plain, CancellationToken.None);

        Assert.Equal(RelayUnavailable, answer.Outcome);
        Assert.StartsWith("connect: ", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_is_kept_as_one_short_line_without_control_characters()
    {
        _relay.On(".", $"554-5.6.0 bad\a\u001b[31m content\r\n554 {new string('x', 2000)}");

        var answer = await SendAsync();

        Assert.Equal(500, answer.Text.Length);
        Assert.StartsWith("content: 554 5.6.0 bad[31m content xxx", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("anna@contoso.example, bob@contoso.example")]
    [InlineData("anna@contoso.example>\r\nRCPT TO:<bob@contoso.example")]
    [InlineData("anna")]
    public async Task What_is_no_address_is_refused_without_asking_the_relay(string to)
    {
        Assert.Equal(AddressRefused, (await SendAsync(SampleMail.Plain with { To = to })).Outcome);
        Assert.Equal(0, _relay.Connections);
    }

    [Fact]
    public async Task A_mail_that_cannot_be_written_is_refused_without_asking_the_relay()
    {
        Assert.Equal(Refused, (await SendAsync(SampleMail.Plain with { Subject = "a\r\nBcc: eve@evil.example" })).Outcome);
        Assert.Equal(0, _relay.Connections);
    }

    [Fact]
    public async Task A_wrong_sender_setting_does_not_use_up_mails()
    {
        Assert.Equal(RelayUnavailable, (await SendAsync(SampleMail.Plain with { FromAddress = "notices" })).Outcome);
        Assert.Equal(0, _relay.Connections);
    }

    [Fact]
    public async Task The_relay_is_asked_for_exactly_one_recipient_in_the_form_it_understands()
    {
        await SendAsync(SampleMail.Plain with { To = "anna@münchen.example" });

        Assert.Equal("RCPT TO:<anna@xn--mnchen-3ya.example>", Assert.Single(_relay.Heard, line => line.StartsWith("RCPT", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_line_that_begins_with_a_dot_does_not_end_the_mail()
    {
        var mail = SampleMail.Plain with { Text = ".\r\n.\r\n..\r\n.hidden\r\nMAIL FROM:<eve@evil.example>", Html = "." };

        Assert.Equal(Accepted, (await SendAsync(mail)).Outcome);

        Assert.Contains("\r\n..\r\n..\r\n...\r\n..hidden\r\n", _relay.Content, StringComparison.Ordinal);
        Assert.Equal(System.Text.Encoding.ASCII.GetString(MimeMessage.Write(mail)), DoubledDot().Replace(_relay.Content, "."));
        Assert.Single(_relay.Verbs, verb => verb == "MAIL");
    }

    [Fact]
    public async Task A_mail_that_is_called_off_beforehand_does_not_reach_the_relay()
    {
        Assert.Equal(RelayUnavailable, (await SendAsync(SampleMail.Plain, cancellation: new CancellationToken(canceled: true))).Outcome);
        Assert.Equal(0, _relay.Connections);
    }

    [Theory]
    [InlineData("greeting")]
    [InlineData("EHLO")]
    [InlineData("MAIL")]
    [InlineData("RCPT")]
    [InlineData("DATA")]
    public async Task A_mail_can_be_called_off_until_its_body_goes(string step)
    {
        using var caller = new CancellationTokenSource();
        _relay.On(step, () => CallOff(caller, SmtpPeer.Hang));

        var answer = await SendAsync(cancellation: caller.Token);

        Assert.Equal(RelayUnavailable, answer.Outcome);
        Assert.EndsWith("It was called off.", answer.Text, StringComparison.Ordinal);
        Assert.Empty(_relay.Content);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("QUIT")]
    public async Task Calling_off_has_no_effect_once_the_mail_is_on_its_way(string step)
    {
        using var caller = new CancellationTokenSource();
        _relay.On(step, () => CallOff(caller, "250 2.0.0 taken"));

        Assert.Equal(Accepted, (await SendAsync(cancellation: caller.Token)).Outcome);
    }

    [GeneratedRegex(@"^\.\.", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DoubledDot();

    private static string CallOff(CancellationTokenSource caller, string answer)
    {
        caller.Cancel();
        return answer;
    }

    // The minute only keeps a fault of ours from holding up the whole run.
    private async Task<TransportAnswer> SendAsync(OutgoingMail? mail = null, int timeoutSeconds = 30, CancellationToken cancellation = default)
    {
        var options = _relay.Options;
        options.TimeoutSeconds = timeoutSeconds;
        await using var transport = new SmtpTransport(options);
        return await transport.SendAsync(mail ?? SampleMail.Plain, cancellation).WaitAsync(TimeSpan.FromMinutes(1), CancellationToken.None);
    }
}
