using System.Text;
using PartnerCenter.Tests.PortalsUnderTest;

namespace PartnerCenter.BadInputs;

/// <summary>What nobody means well: by sort, so that whoever reads a finding knows what it was about.</summary>
internal static class NastyValues
{
    /// <summary>A header that a value tries to add; no answer may carry it.</summary>
    public const string PlantedHeader = "X-Planted";

    private static readonly string[] Texts =
    [
        "", " ", "\t", "\0", "\r\n", "\u0001\u0002\u001b[31m", "\u0085\u2028\u2029", "\u200b\u200e\u202e\ufeff", "\ufffe\uffff", "null", "undefined", "true", "[]", "{}",
        "[object Object]", "\ud800", "\udc00x", "a\ud83d", "😀", "e\u0301\u0301\u0301\u0301", "İıſK", "ﷺ", "\u0130\u0131",

        "0", "-1", "1", "2147483647", "2147483648", "-2147483649", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
        "99999999999999999999999999", "1e309", "1e308", "-0", "NaN", "Infinity", "-Infinity", "0x10", "1.5", "1,5", "01", "+1", " 1 ", "١٢٣", "1_000", "1;2",

        "0001-01-01", "9999-12-31", "9999-12-31T23:59:59.9999999Z", "0000-00-00", "2026-02-30", "2026-13-45", "10000-01-01", "1-1-1", "31/12/2026", "2026-01-01T00:00:00+99:99",
        "00:00", "24:00", "99:99",

        "../", "../../../../etc/passwd", "..\\..\\windows\\win.ini", "%2e%2e%2f", "%252e%252e%252f", "%c0%ae%c0%ae/", "/etc/passwd\0.csv", "file:///etc/passwd", "\\\\evil.example\\share", "CON", ".", "..",

        "' OR 1=1 --", "\"; DROP TABLE People; --", "1; SELECT 1", "') UNION SELECT 1,2,3 --", "%", "_", "[%_]", "\\", "'", "\"", "`", "a' || 'b",

        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "{{7*7}}", "${7*7}", "#{7*7}", "@(1+1)", "{0}", "{99999999}", "%s%n", "<![CDATA[x]]>", "<!--", "]]>", "&#0;", "&#x1F600;",

        "javascript:alert(1)", "data:text/html,x", "//evil.example", "/\\evil.example", "https://evil.example/", "https:evil.example", "http://127.0.0.1:1/", "/\t/evil.example", "mailto:a@b",

        $"x\r\n{PlantedHeader}: yes", $"x%0d%0a{PlantedHeader}:%20yes", $"x\n{PlantedHeader}: yes", "x\r\n\r\n<html>", "x%00y", "%", "%z1", "%u0041",

        "a@b, c@d", "\"x y\"@example.test", "a@[127.0.0.1]", "a@b\r\nBcc: c@d.example", "@", "a@", "@b", "a@b..c", "ä@ö.example", "a@xn--.example",

        "=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"//evil.example\")",

        "alpine-cloud", "harbor-apps", "no-such-thing", "ALPINE-CLOUD", "global_admin", "billing", "en", "nl", "xx", "en-US-x-long-long", "Europe/Amsterdam", "Mars/Olympus",

        "[a](javascript:alert(1))", "![x](data:x)", "|a|\n|-|", "- - - - - - - - - -", "[^1]: x", "\\\\\\\\", "***", "```", "> > > > > > > >",

        Canaries.Marker, $"{Canaries.Marker}@elsewhere.example", $"pck_{Canaries.Marker}_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA7",

        "pck_a_b", "pck__", "Bearer x", "00000000-0000-0000-0000-000000000000", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    ];

    private static readonly string[] Repeated = ["a", "9", "é", "😀", "[", "(", ">", "*", "_[", "%", "\\", "'", "<b>", " ", "\n", "a,", "&", ";", "\u0301"];

    /// <summary>One of them.</summary>
    /// <param name="random">What chooses.</param>
    /// <param name="longest">How long it may be at most: an address has less room than a form.</param>
    public static string Next(Random random, int longest)
    {
        var kind = random.Next(10);
        if (kind < 7)
            return Texts[random.Next(Texts.Length)];
        if (kind == 7)
            return Texts[random.Next(Texts.Length)] + Texts[random.Next(Texts.Length)];
        if (kind == 8)
            return Noise(random);

        var piece = Repeated[random.Next(Repeated.Length)];
        int[] lengths = [100, 201, 257, 2_000, 5_000, 33_000, 70_000];
        var length = Math.Min(longest, lengths[random.Next(lengths.Length)]);
        return new StringBuilder().Insert(0, piece, Math.Max(1, length / piece.Length)).ToString();
    }

    private static string Noise(Random random)
    {
        var characters = new char[random.Next(1, 40)];
        for (var place = 0; place < characters.Length; place++)
            characters[place] = (char)(random.Next(3) == 0 ? random.Next(0x10000) : random.Next(0x20, 0x100));
        return new string(characters);
    }
}
