using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PartnerCenter.Domain.Mail;

namespace PartnerCenter.Mail.Transport;

/// <summary>
/// Writes a mail the way it travels (RFC 5322, 2045, 2047). The same mail always gives the same bytes, so that a receiver, or a test,
/// can tell a copy from another mail.
/// </summary>
public static class MimeMessage
{
    private const int PreferredLine = 76;
    private const int LongestLine = 998;

    // RFC 2047 allows 75; with 60, the first word also fits behind the name of its header.
    private const int LongestEncodedWord = 60;
    private const string WordStart = "=?utf-8?Q?";
    private const string WordEnd = "?=";

    /// <exception cref="ArgumentException">An address is not deliverable, or a header would break out of its line.</exception>
    public static byte[] Write(OutgoingMail mail)
    {
        RequireMessageId(mail.MessageId);
        var boundary = BoundaryFor(mail.MessageId);
        var output = new StringBuilder();

        foreach (var (name, value) in Headers(mail, boundary))
            AppendHeader(output, name, value);
        AppendPart(output, boundary, "text/plain", mail.Text);
        AppendPart(output, boundary, "text/html", mail.Html);
        output.Append("\r\n--").Append(boundary).Append("--\r\n");

        return Encoding.ASCII.GetBytes(output.ToString());
    }

    private static OrderedDictionary<string, string> Headers(OutgoingMail mail, string boundary)
    {
        OrderedDictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase)
        {
            ["From"] = $"{Phrase(mail.FromName)} <{Address(mail.FromAddress)}>",
            ["To"] = Address(mail.To),
            ["Subject"] = Text(mail.Subject),
            ["Date"] = Date(mail.Date),
            ["Message-ID"] = mail.MessageId,
            ["MIME-Version"] = "1.0",
            ["Content-Language"] = Text(mail.Language),
            ["Content-Type"] = $"multipart/alternative; boundary=\"{boundary}\"",
        };
        foreach (var (name, value) in mail.Headers.OrderBy(header => header.Key, StringComparer.Ordinal))
        {
            RequireName(name);
            if (!headers.TryAdd(name, Text(value)))
                throw new ArgumentException($"Header {name} is there twice.", nameof(mail));
        }

        return headers;
    }

    // Quoted-printable never puts "_" behind "=", so no content can contain the boundary.
    private static string BoundaryFor(string messageId) =>
        "=_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(messageId)))[..32];

    private static string Date(DateTimeOffset date) =>
        date.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture)
        + date.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);

    private static string Address(string address) =>
        MailAddressRule.TryNormalize(address, out var ascii)
            ? ascii
            : throw new ArgumentException("This is no address that mail can be sent to or from.", nameof(address));

    /// <summary>A display name: bare if it is plain words, in quotes if it has marks that mean something in an address.</summary>
    private static string Phrase(string name)
    {
        var text = Text(name);
        if (text != name || name.All(c => c == ' ' || char.IsAsciiLetterOrDigit(c)))
            return text;
        return $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>The value as it is if it is plain ASCII, else as encoded words.</summary>
    private static string Text(string value)
    {
        if (value.Any(char.IsControl))
            throw new ArgumentException("A header must not contain control characters.", nameof(value));
        return Ascii.IsValid(value) && !value.Contains("=?", StringComparison.Ordinal) ? value : EncodedWords(value);
    }

    // Words are cut between runes: a receiver may decode each one for itself.
    private static string EncodedWords(string value)
    {
        var words = new StringBuilder(WordStart);
        var length = WordStart.Length;
        foreach (var rune in value.EnumerateRunes())
        {
            var encoded = EncodedRune(rune);
            if (length + encoded.Length + WordEnd.Length > LongestEncodedWord)
            {
                words.Append(WordEnd).Append(' ').Append(WordStart);
                length = WordStart.Length;
            }

            words.Append(encoded);
            length += encoded.Length;
        }

        return words.Append(WordEnd).ToString();
    }

    private static string EncodedRune(Rune rune)
    {
        if (rune.Value == ' ')
            return "_";
        if (rune.IsAscii && char.IsAsciiLetterOrDigit((char)rune.Value))
            return rune.ToString();
        return string.Concat(Encoding.UTF8.GetBytes(rune.ToString()).Select(b => $"={b:X2}"));
    }

    private static void AppendHeader(StringBuilder output, string name, string value)
    {
        var line = $"{name}:";
        var isFirst = true;
        foreach (var word in value.Split(' '))
        {
            if (!isFirst && word.Length > 0 && line.Length + 1 + word.Length > PreferredLine)
            {
                AppendLine(line);
                line = "";
            }

            line += $" {word}";
            isFirst = false;
        }

        AppendLine(line);

        void AppendLine(string text)
        {
            if (text.Length > LongestLine)
                throw new ArgumentException($"Header {name} has a word that no line can hold.", nameof(value));
            output.Append(text).Append("\r\n");
        }
    }

    private static void AppendPart(StringBuilder output, string boundary, string type, string content)
    {
        output.Append("\r\n--").Append(boundary).Append("\r\n");
        AppendHeader(output, "Content-Type", $"{type}; charset=utf-8");
        AppendHeader(output, "Content-Transfer-Encoding", "quoted-printable");
        foreach (var line in content.ReplaceLineEndings("\n").Split('\n'))
        {
            output.Append("\r\n");
            AppendQuotedPrintable(output, Encoding.UTF8.GetBytes(line));
        }
    }

    private static void AppendQuotedPrintable(StringBuilder output, byte[] line)
    {
        var length = 0;
        for (var i = 0; i < line.Length; i++)
        {
            var encoded = QuotedPrintable(line[i], isLast: i == line.Length - 1);
            // One place is kept for the "=" of a soft break.
            if (length + encoded.Length >= PreferredLine)
            {
                output.Append("=\r\n");
                length = 0;
            }

            output.Append(encoded);
            length += encoded.Length;
        }
    }

    // White space at the end of a line is lost on the way unless it is encoded.
    private static string QuotedPrintable(byte b, bool isLast)
    {
        var isPlain = b is >= (byte)'!' and <= (byte)'~' and not (byte)'=' || (b is (byte)' ' or (byte)'\t' && !isLast);
        return isPlain ? ((char)b).ToString() : $"={b:X2}";
    }

    private static void RequireName(string name)
    {
        if (name.Length == 0 || !name.All(c => c is > ' ' and <= '~' and not ':'))
            throw new ArgumentException("A header's name must be printable ASCII without colon and space.", nameof(name));
    }

    private static void RequireMessageId(string id)
    {
        var inner = id is ['<', .., '>'] ? id[1..^1] : "";
        if (inner.Split('@') is not [{ Length: > 0 }, { Length: > 0 }] || !inner.All(c => c is > ' ' and <= '~' and not '<' and not '>'))
            throw new ArgumentException("A Message-ID must look like <key@domain>.", nameof(id));
    }
}
