using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PartnerCenter.Mail.Transport;

namespace PartnerCenter.Tests.Mail.Transport;

/// <summary>The bytes of a mail, read back.</summary>
public sealed partial class WrittenMail
{
    [Fact]
    public void A_mail_has_its_headers_once_each()
    {
        var mail = SampleMail.Plain with
        {
            Headers = new Dictionary<string, string> { ["Auto-Submitted"] = "auto-generated", ["X-Auto-Response-Suppress"] = "All" },
        };

        Assert.Equal(
            [
                "From: PartnerCenter <notices@partnercenter.example>",
                "To: anna@contoso.example",
                "Subject: [Billing] Invoice ready",
                "Date: Sun, 01 Nov 2026 09:05:07 +0100",
                "Message-ID: <ob.0123456789abcdef@partnercenter.example>",
                "MIME-Version: 1.0",
                "Content-Language: en",
                "Auto-Submitted: auto-generated",
                "X-Auto-Response-Suppress: All",
            ],
            HeaderLines(mail).Where(line => !line.StartsWith("Content-Type", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_date_is_english_wherever_the_server_stands()
    {
        var here = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("ar-SA");
            Assert.Equal("Sun, 01 Nov 2026 09:05:07 +0100", Header(SampleMail.Plain, "Date"));
        }
        finally
        {
            CultureInfo.CurrentCulture = here;
        }
    }

    [Theory]
    [InlineData("Invoice ready")]
    [InlineData("Facturen voor februari: één actie vóór vrijdag – bekijk de geüpdatete lijst in het Actiecentrum")]
    [InlineData("Καλημέρα κόσμε, 今日は世界, 👩‍👩‍👧‍👦 und noch viel mehr, damit es über mehrere Zeilen geht")]
    [InlineData("=?utf-8?Q?not_what_it_seems?=")]
    [InlineData("100% = \"good\" <really> (yes)")]
    [InlineData("a  b   c")]
    public void A_subject_comes_back_as_it_went(string subject)
    {
        var mail = SampleMail.Plain with { Subject = subject };

        Assert.Equal(subject, DecodeWords(Header(mail, "Subject")));
        Assert.All(Lines(mail), line => Assert.True(line.Length <= 76, line));
    }

    [Fact]
    public void An_encoded_subject_stays_half_readable()
    {
        Assert.Equal("=?utf-8?Q?=C3=A9=C3=A9n_actie?=", Header(SampleMail.Plain with { Subject = "één actie" }, "Subject"));
    }

    [Theory]
    [InlineData("PartnerCenter 2", "PartnerCenter 2")]
    [InlineData("Contoso, Inc.", "\"Contoso, Inc.\"")]
    [InlineData("a\"b\\c", "\"a\\\"b\\\\c\"")]
    [InlineData("x@y.example", "\"x@y.example\"")]
    public void A_sender_name_is_quoted_where_it_must_be(string name, string written)
    {
        Assert.Equal($"{written} <notices@partnercenter.example>", Header(SampleMail.Plain with { FromName = name }, "From"));
    }

    [Fact]
    public void A_sender_name_may_be_written_in_any_script()
    {
        var from = Header(SampleMail.Plain with { FromName = "Portaal „Zuid” <北>" }, "From");

        Assert.All(from, c => Assert.True(char.IsAscii(c)));
        Assert.Equal("Portaal „Zuid” <北> <notices@partnercenter.example>", DecodeWords(from));
    }

    [Fact]
    public void Every_encoded_word_can_be_decoded_for_itself()
    {
        var mail = SampleMail.Plain with { Subject = string.Concat(Enumerable.Repeat("é👩北a", 60)) };

        var words = EncodedWord().Matches(Header(mail, "Subject")).Select(match => match.Value).ToList();

        Assert.True(words.Count > 10);
        Assert.All(words, word => Assert.True(word.Length <= 75, word));
        Assert.DoesNotContain('\uFFFD', string.Concat(words.Select(DecodeWords)));
    }

    [Fact]
    public void A_long_header_is_folded_at_spaces_and_nowhere_else()
    {
        var value = string.Join(' ', Enumerable.Range(1, 60).Select(n => $"<https://portal.example/{n}>"));
        var tooLongForOneLine = $"<https://portal.example/{new string('x', 200)}>";
        var mail = SampleMail.Plain with { Headers = new Dictionary<string, string> { ["References"] = value, ["List-Unsubscribe"] = tooLongForOneLine } };

        Assert.Equal(value, Header(mail, "References"));
        Assert.Equal(tooLongForOneLine, Header(mail, "List-Unsubscribe"));
        Assert.All(Lines(mail), line => Assert.True(line.Length <= 78 || line.Contains("xxx", StringComparison.Ordinal), line));
    }

    [Theory]
    [InlineData("X-Note", "a\r\nBcc: eve@evil.example")]
    [InlineData("X-Note", "a\nBcc: eve@evil.example")]
    [InlineData("X-Note", "a\rb")]
    [InlineData("X-Note", "a\0b")]
    [InlineData("X-Note", "a\tb")]
    [InlineData("X-Note", "a\u0085b")]
    [InlineData("X-Note\r\nBcc", "eve@evil.example")]
    [InlineData("X Note", "a")]
    [InlineData("X-Note:", "a")]
    [InlineData("X-Nöte", "a")]
    [InlineData("", "a")]
    [InlineData("Subject", "another")]
    [InlineData("to", "eve@evil.example")]
    public void A_header_that_would_break_out_is_refused(string name, string value)
    {
        Assert.Throws<ArgumentException>(
            () => MimeMessage.Write(SampleMail.Plain with { Headers = new Dictionary<string, string> { [name] = value } }));
    }

    [Fact]
    public void A_word_that_no_line_can_hold_is_refused()
    {
        var headers = new Dictionary<string, string> { ["X-Note"] = new('x', 1000) };

        Assert.Throws<ArgumentException>(() => MimeMessage.Write(SampleMail.Plain with { Headers = headers }));
    }

    [Theory]
    [InlineData("a\r\nBcc: eve@evil.example")]
    [InlineData("a\nb")]
    [InlineData("é\r\nBcc: eve@evil.example")]
    public void Nothing_that_becomes_a_header_may_hold_an_end_of_line(string hostile)
    {
        var mail = SampleMail.Plain;
        OutgoingMail[] mails =
        [
            mail with { Subject = hostile },
            mail with { FromName = hostile },
            mail with { Language = hostile },
            mail with { FromAddress = $"a@b.example{hostile}" },
            mail with { To = $"a@b.example{hostile}" },
            mail with { MessageId = $"<a@b{hostile}>" },
        ];

        Assert.All(mails, each => Assert.Throws<ArgumentException>(() => MimeMessage.Write(each)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("key@domain")]
    [InlineData("<key>")]
    [InlineData("<@domain>")]
    [InlineData("<a@b@c>")]
    [InlineData("<a b@c>")]
    [InlineData("<a@b> <c@d>")]
    public void A_message_id_that_is_none_is_refused(string id)
    {
        Assert.Throws<ArgumentException>(() => MimeMessage.Write(SampleMail.Plain with { MessageId = id }));
    }

    [Fact]
    public void Text_comes_first_and_html_last()
    {
        Assert.Equal(
            [("text/plain; charset=utf-8", "Hello Anna"), ("text/html; charset=utf-8", "<p>Hello Anna</p>")],
            Parts(SampleMail.Plain));
    }

    [Theory]
    [InlineData("")]
    [InlineData("one\r\ntwo\r\n")]
    [InlineData("ends with a space \r\nends with a tab\t\r\n \r\n.")]
    [InlineData("1 = 1, =41, =\r\n--=_not a boundary--")]
    [InlineData("Dé maan 👩‍👩‍👧‍👦 今日は\0\u001b\u007f")]
    public void Content_comes_back_as_it_went(string text)
    {
        var mail = SampleMail.Plain with { Text = text, Html = $"<p>{text}</p>" };

        Assert.Equal([text, $"<p>{text}</p>"], Parts(mail).Select(part => part.Content));
        Assert.All(Lines(mail), line => Assert.Equal(line.TrimEnd(' ', '\t'), line));
    }

    [Fact]
    public void Lines_of_content_end_alike_and_are_short()
    {
        var mail = SampleMail.Plain with { Text = "a\nb\rc\r\nd", Html = string.Concat(Enumerable.Range(0, 400).Select(n => $"{n} é=")) };
        var bytes = MimeMessage.Write(mail);

        Assert.Equal("a\r\nb\r\nc\r\nd", Parts(mail)[0].Content);
        Assert.Equal(mail.Html, Parts(mail)[1].Content);
        Assert.All(bytes, b => Assert.True(b is (byte)'\r' or (byte)'\n' or >= 32 and < 127));
        Assert.All(Lines(mail), line => Assert.True(line.Length <= 76 && !line.Contains('\r') && !line.Contains('\n'), line));
        Assert.EndsWith("\r\n", Encoding.ASCII.GetString(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_is_the_same_to_the_byte()
    {
        var headers = new Dictionary<string, string> { ["X-A"] = "1", ["X-B"] = "2" };
        var otherOrder = new Dictionary<string, string> { ["X-B"] = "2", ["X-A"] = "1" };

        Assert.Equal(
            MimeMessage.Write(SampleMail.Plain with { Headers = headers }), MimeMessage.Write(SampleMail.Plain with { Headers = otherOrder }));
    }

    [Fact]
    public void Mails_with_other_ids_have_other_boundaries()
    {
        Assert.NotEqual(
            Header(SampleMail.Plain, "Content-Type"), Header(SampleMail.Plain with { MessageId = "<other@partnercenter.example>" }, "Content-Type"));
    }

    [GeneratedRegex(@"=\?utf-8\?Q\?(?<text>[^? ]*)\?=", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@"\?= +=\?", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BetweenEncodedWords();

    private static string Written(OutgoingMail mail) => Encoding.ASCII.GetString(MimeMessage.Write(mail));

    private static string[] Lines(OutgoingMail mail) => Written(mail).Split("\r\n");

    /// <summary>Headers, unfolded.</summary>
    private static string[] HeaderLines(OutgoingMail mail) =>
        Written(mail).Split("\r\n\r\n", 2)[0].Replace("\r\n ", " ", StringComparison.Ordinal).Split("\r\n");

    private static string Header(OutgoingMail mail, string name) =>
        Assert.Single(HeaderLines(mail), line => line.StartsWith($"{name}: ", StringComparison.Ordinal))[(name.Length + 2)..];

    private static List<(string Type, string Content)> Parts(OutgoingMail mail)
    {
        var boundary = Header(mail, "Content-Type").Split('"')[1];
        var pieces = Written(mail).Split($"\r\n--{boundary}");
        Assert.Equal("--\r\n", pieces[^1]);
        return [.. pieces[1..^1].Select(Part)];
    }

    private static (string Type, string Content) Part(string piece)
    {
        var (head, body) = piece.Split("\r\n\r\n", 2) is [var first, var second] ? (first.Split("\r\n"), second) : ([], "");
        Assert.Equal("Content-Transfer-Encoding: quoted-printable", head[2]);
        return (head[1]["Content-Type: ".Length..], DecodeQuotedPrintable(body.Replace("=\r\n", "", StringComparison.Ordinal)));
    }

    private static string DecodeWords(string header) => EncodedWord().Replace(
        BetweenEncodedWords().Replace(header, "?==?"),
        match => DecodeQuotedPrintable(match.Groups["text"].Value.Replace('_', ' ')));

    private static string DecodeQuotedPrintable(string text)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=')
            {
                bytes.Add(Convert.FromHexString(text.AsSpan(i + 1, 2))[0]);
                i += 2;
            }
            else
            {
                bytes.Add((byte)text[i]);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
