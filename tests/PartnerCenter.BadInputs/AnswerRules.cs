using System.Text.RegularExpressions;

namespace PartnerCenter.BadInputs;

/// <summary>What holds of every answer, whatever was asked.</summary>
internal static partial class AnswerRules
{
    private static readonly string[] Paths = [AppContext.BaseDirectory, Path.GetTempPath().TrimEnd('/') + "/partnercenter-", "/PartnerCenter.Web/", "App_Data"];

    /// <returns>What is wrong with it, in words that are the same for the same fault.</returns>
    public static IEnumerable<string> FaultsOf(HttpResponseMessage answer, string body, Uri portal, IdentityProvider provider)
    {
        if ((int)answer.StatusCode >= 500)
            yield return $"answers {(int)answer.StatusCode}";
        if (Inside().Match(body) is { Success: true } inside)
            yield return $"tells '{inside.Value.Trim()}'";
        foreach (var path in Paths.Where(path => body.Contains(path, StringComparison.Ordinal)))
            yield return $"tells '{path}'";
        if (answer.Headers.Location is { } location && !IsOwn(location.OriginalString, portal) && !location.OriginalString.StartsWith(provider.SignInPage, StringComparison.Ordinal))
            yield return $"leads to '{location.OriginalString}'";
        foreach (var fault in ExpectedHeaders.FaultsOf(answer, provider.Address))
            yield return fault;
    }

    // With what browsers make of backslashes and of control characters.
    private static bool IsOwn(string location, Uri portal) =>
        !location.Any(char.IsControl)
        && ((location.StartsWith('/') && !(location.Length > 1 && location[1] is '/' or '\\')) || location.StartsWith(portal.AbsoluteUri, StringComparison.Ordinal));

    // A stack trace, the name of a type or of a file of the source, or what the database engine says.
    [GeneratedRegex(
        @"(^|\n)\s+at [\w.<>`]+\(|\w+Exception\b|\b(System|Microsoft\.\w+|PartnerCenter\.(Web|Data|Domain|Mail))\.[A-Z]\w+|\.cs:line|SQLite Error|SqliteException|near ""\S+"": syntax error",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Inside();
}
