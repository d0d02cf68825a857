using System.Text.RegularExpressions;

namespace PartnerCenter.Tests.Support;

/// <summary>A mail that asks for a confirmation, as its reader sees it.</summary>
internal sealed partial record ConfirmationMail(string To, string Link, string Code)
{
    /// <summary>The mails in a folder that went to an address, the latest last.</summary>
    public static IReadOnlyList<ConfirmationMail> AllTo(string folder, string address) =>
        [.. TextsTo(folder, address).Where(text => Path().IsMatch(text)).Select(text => new ConfirmationMail(address, Path().Match(text).Value, Digits().Match(text).Groups["code"].Value))];

    /// <summary>What mails to an address say, the latest last.</summary>
    public static IReadOnlyList<string> TextsTo(string folder, string address) => !Directory.Exists(folder) ? [] :
    [
        .. Directory.EnumerateFiles(folder, "*.eml")
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText)
            .Where(text => text.Contains($"To: {address}\r\n", StringComparison.Ordinal))
            .Select(text => text.Replace("=\r\n", "", StringComparison.Ordinal)),
    ];

    [GeneratedRegex("/verify-contact/[A-Za-z0-9_-]{43}", RegexOptions.NonBacktracking)]
    private static partial Regex Path();

    [GeneratedRegex(@"contact address: (?<code>\d{6})\b", RegexOptions.NonBacktracking)]
    private static partial Regex Digits();
}
