using System.Text.RegularExpressions;

namespace PartnerCenter.Domain.Mail;

/// <summary>Finds the mail that somebody else's system tells of, by what that system saw of it.</summary>
public static partial class MessageIds
{
    /// <summary>The <see cref="OutboxMail.MessageKey"/> in a Message-ID or an envelope sender of the portal; null if it is neither.</summary>
    public static string? KeyIn(string text) => Form().Match(text) is { Success: true } match ? match.Groups["key"].Value : null;

    [GeneratedRegex(@"^\s*<?(?:ob\.|bounces\+)(?<key>[0-9a-f]{32})@[^\s@<>]+>?\s*$", RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
