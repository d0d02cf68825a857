namespace PartnerCenter.Tests.Mail.Hostile;

/// <summary>What people type who want a mail to have another recipient, another header or another meaning: 300 of them, made by rule.</summary>
internal static class HostileStrings
{
    public const int Count = 300;

    private const int Long = 10 * 1024;

    // What ends a line, or is taken for its end somewhere: by a program that decodes it, cuts it down to bytes or normalizes it.
    private static readonly string[] Ends =
    [
        "\r\n", "\n", "\r", "\n\r", "\r\n ", "\r\n\t", "\r\r\n", "=\r\n", "\0", "\v", "\f", "\u001c", "\u0085", "\u2028", "\u2029", "\u560d\u560a", "\uff0d\uff0a",
        "%0d%0a", "%250A", "%E5%98%8A", "=0D=0A", "&#13;&#10;", "\\r\\n", "\\u000a", "DQo=", "\"\r\n", ">\r\n", ")\r\n", "?=\r\n",
    ];

    private static readonly string[] Smuggled =
    [
        "Bcc: eve@evil.example",
        "To: eve@evil.example",
        "RCPT TO:<eve@evil.example>",
        ".\r\nMAIL FROM:<eve@evil.example>\r\nRCPT TO:<eve@evil.example>\r\nDATA",
        "\r\nA body of its own",
        "Content-Type: text/html; boundary=x",
        ".",
    ];

    private static readonly string[] Odd =
    [
        // Addresses.
        "\"Anna\" <eve@evil.example>", "<eve@evil.example>", "anna@contoso.example, eve@evil.example", "anna@contoso.example; eve@evil.example",
        "anna@contoso.example eve@evil.example", "anna@contoso.example> <eve@evil.example", "a@b@evil.example", "\"a b\"@evil.example", "eve@[127.0.0.1]",
        "anna@contoso.example (eve@evil.example)", "everybody: eve@evil.example;", "<@evil.example:anna@contoso.example>", "anna%evil.example@contoso.example",
        "anna!evil@contoso.example", "anna@contoso.example\0@evil.example", "аnna@contoso.example", "anna@cоntoso.example", "anna＠evil.example", "anna@evil。example",
        "anna@contoso.example> SIZE=1", "anna@contoso.example> NOTIFY=SUCCESS ORCPT=rfc822;eve@evil.example", "-f eve@evil.example", "|/bin/sh", "anna@localhost",
        // Words that decode to something else.
        "=?utf-8?Q?=0D=0ABcc:_eve@evil.example?=", "=?utf-8?B?DQpCY2M6IGV2ZUBldmlsLmV4YW1wbGU=?=", "=?utf-7?Q?+AA0-+AAo-Bcc?=", "=?us-ascii?Q?a?= =?us-ascii?Q?b?=",
        "=?", "?=", "=?utf-8?Q?", "=?x?x?x?=", "=?utf-8?Q?=00?=", "+AA0-+AAo-Bcc: eve", "--=_0123456789abcdef", "--=_0123456789abcdef--", "--", "-- ", "From eve@evil.example",
        // Marks that mean something to somebody.
        "\"", "\\", "\"\\", "\\\"", "<", ">", "<>", "(", ")", ":", ";", ",", "@", "[", "]", "'", "`", "#", "&", "%", " ", "\t", "..", "…", "\u00a0", "\u3000",
        // What cannot be seen, or turns the text round.
        "\u202Eelpmaxe.live@eve", "\u202D\u202E\u2066\u2067\u2068", "\u200b\u200c\u200d\ufeff", "\u00ad", "e\u0301\u0301\u0301", "\u034f", "\ufffe", "\uffff", "\ufffd", "\U000E0041\U000E0042",
        // Halves of characters.
        "\ud800", "x\udc00", "y\ud83d\ud83d", "\udc00\ud800z",
        // Code.
        "{0}", "{", "{{", "}}", "@Model", "${7*7}", "%s%n", "<script>alert(1)</script>", "</title><img src=x onerror=alert(1)>", "<!--", "]]>", "[x](javascript:alert(1))",
        "![x](https://evil.example/pixel)", "](https://evil.example)", "[x]: https://evil.example", "' OR 1=1 --", "../../etc/passwd", "\u001b]0;x\u0007", "EHLO x", "QUIT", "RSET", "AUTH PLAIN AA==",
    ];

    private static readonly string[] Repeated = ["x", "é", "北", "👩", "x ", "é ", "\"", "<", ",", "\r\n", "=?", "%0a", "[", "*"];

    public static IReadOnlyList<string> All { get; } =
    [
        .. Made().Distinct(StringComparer.Ordinal).Take(Count),
    ];

    private static IEnumerable<string> Made()
    {
        foreach (var odd in Odd)
            yield return odd;
        foreach (var repeated in Repeated)
            yield return string.Concat(Enumerable.Repeat(repeated, Long / repeated.Length));
        foreach (var smuggled in Smuggled)
        {
            foreach (var end in Ends)
                yield return $"Anna{end}{smuggled}{end}";
        }
    }
}
