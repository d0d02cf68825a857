using System.Text.RegularExpressions;

namespace PartnerCenter.Tests.Support;

/// <summary>An answer without what is new in every request, so that two of them can be compared byte for byte.</summary>
internal static partial class Anonymous
{
    public static string Html(Page page) => Trace().Replace(Seal().Replace(Token().Replace(page.Html, ""), ""), "");

    [GeneratedRegex(@"name=""__RequestVerificationToken"" type=""hidden"" value=""[^""]+""", RegexOptions.NonBacktracking)]
    private static partial Regex Token();

    [GeneratedRegex("/leaving[?]to=[A-Za-z0-9_-]+", RegexOptions.NonBacktracking)]
    private static partial Regex Seal();

    [GeneratedRegex(@"Code for support: \S+", RegexOptions.NonBacktracking)]
    private static partial Regex Trace();
}
