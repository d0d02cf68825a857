using PartnerCenter.Domain.Preferences;
using PartnerCenter.Mail.Dispatch;
using PartnerCenter.Mail.Transport;
using PartnerCenter.Tests.Mail.Dispatch;
using PartnerCenter.Tests.Mail.Transport;

namespace PartnerCenter.Tests.Mail.Peers;

/// <summary>What we write, read by somebody else.</summary>
public sealed class PythonReaderTests : IDisposable
{
    private readonly PythonReader _reader = new();

    public void Dispose() => _reader.Dispose();

    public static TheoryData<string> Texts => new(
        "",
        " ",
        "Hello Anna",
        "\r\n",
        "\r\n\r\nends with empty lines\r\n\r\n",
        "Beste Zoë,\r\n\r\nCoöperatie „Zuid” heeft één geüpdatete factuur – bekijk ’m vóór vrijdag.\r\n-- \r\nGroeten",
        "今日は 👩‍👩‍👧‍👦 שלום مرحبا \u202Eright to left\u202C \u2028 \u0085 e\u0301",
        ".\r\n..\r\nFrom here on\r\n=41 = =\r\n\ttab\t\r\n--=_no boundary--",
        "\0\u0001\u001b[31m\u007f\uFEFF",
        string.Concat(Enumerable.Repeat("x", 5000)),
        string.Join(' ', Enumerable.Repeat("één heel lange regel zonder einde", 200)),
        string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", 500)));

    public static TheoryData<string> Subjects => new(
        "Invoice ready",
        "",
        "[Facturering] Controleer de factuur vóór 3 maart",
        "=?utf-8?Q?not_what_it_seems?=",
        "100% = \"good\" <really> (yes), a@b.example; c",
        "a  b   c",
        "👩‍👩‍👧‍👦 今日は שלום",
        string.Join(' ', Enumerable.Repeat("long enough for more than one line", 20)),
        string.Join(' ', Enumerable.Repeat("geüpdatete, één, vóór", 20)));

    // Each fits into one encoded word: Python 3.11 shows the space between two of them, which RFC 2047 (6.2) says to leave out.
    public static TheoryData<string> Names => new(
        "PartnerCenter",
        "PartnerCenter 2",
        "Contoso, Inc.",
        "O'Neil \"Bob\" \\ (x) <y@z.example>; a",
        "Coöperatie „Zuid”",
        "Zuid <北>",
        "=?utf-8?Q?a?=",
        "a@b.example",
        "北 <eve@evil.example>, eve");

    [PeerTheory(Peer.PythonReader)]
    [MemberData(nameof(Texts))]
    public async Task Both_texts_are_read_as_they_were_written(string text)
    {
        var read = await ReadAsync(SampleMail.Plain with { Text = text, Html = $"<p>{text}</p>" });

        Assert.Equal(Lines(text), read.Text);
        Assert.Equal(Lines($"<p>{text}</p>"), read.Html);
        Assert.Equal("", (await ReadAsync(SampleMail.Plain with { Text = text, Html = "" })).Html);
    }

    [PeerTheory(Peer.PythonReader)]
    [MemberData(nameof(Subjects))]
    public async Task A_subject_is_read_as_it_was_written(string subject) =>
        Assert.Equal(subject, (await ReadAsync(SampleMail.Plain with { Subject = subject }))["Subject"]);

    [PeerTheory(Peer.PythonReader)]
    [MemberData(nameof(Names))]
    public async Task A_sender_is_one_with_the_name_that_was_written(string name) =>
        Assert.Equal([[name, "notices@partnercenter.example"]], (await ReadAsync(SampleMail.Plain with { FromName = name })).From);

    [PeerTheory(Peer.PythonReader)]
    [InlineData("anna@contoso.example", "anna@contoso.example")]
    [InlineData("o'neil+x!#$%&*/=?^_`{|}~@a-b.example", "o'neil+x!#$%&*/=?^_`{|}~@a-b.example")]
    [InlineData("anna@bücher.example", "anna@xn--bcher-kva.example")]
    public async Task A_recipient_is_the_one_that_was_written(string to, string read) =>
        Assert.Equal([["", read]], (await ReadAsync(SampleMail.Plain with { To = to })).To);

    [PeerFact(Peer.PythonReader)]
    public async Task Every_mail_that_the_portal_sends_is_read_as_it_was_written()
    {
        await using var world = await MailWorld.CreateAsync();
        foreach (var (sample, language) in MailSamples.All.SelectMany(sample => Languages.All.Select(language => (sample, language))))
        {
            var mail = await world.First.WithAsync<MailSamples, OutgoingMail>(samples => samples.WriteAsync(sample, language));

            var read = await ReadAsync(mail);

            Assert.Equal(mail.Subject, read["Subject"]);
            Assert.Equal(mail.MessageId, read["Message-ID"]);
            Assert.Equal(language, read["Content-Language"]);
            Assert.Equal(mail.Date.ToUnixTimeSeconds(), read.Date.ToUnixTimeSeconds());
            Assert.Equal([[mail.FromName, mail.FromAddress]], read.From);
            Assert.Equal([["", mail.To]], read.To);
            Assert.Equal(Lines(mail.Text), read.Text);
            Assert.Equal(Lines(mail.Html), read.Html);
            Assert.All(mail.Headers, header => Assert.Equal(header.Value, read[header.Key]));
            Assert.Equal(8 + mail.Headers.Count, read.Headers.Count);
        }
    }

    // Whatever ends a line travels as CR LF.
    private static string Lines(string text) => text.ReplaceLineEndings("\r\n");

    private async Task<MailAsRead> ReadAsync(OutgoingMail mail)
    {
        var read = await _reader.ReadAsync(MimeMessage.Write(mail));
        Assert.Empty(read.Defects);
        Assert.Empty(read.Others);
        Assert.Equal([["text/plain", "utf-8", null], ["text/html", "utf-8", null]], read.Parts);
        return read;
    }
}
