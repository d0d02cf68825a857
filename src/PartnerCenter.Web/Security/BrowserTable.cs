namespace PartnerCenter.Web.Security;

/// <summary>
/// The table by which a browser is recognized from what it says of itself, well enough for its owner to know it again. Nothing is decided
/// by it: anybody can say anything (RFC 9110, 10.1.5).
/// </summary>
public static class BrowserTable
{
    // The first that fits counts: most browsers also name those that they want to be taken for.
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg/", "Edge"),
        ("EdgA/", "Edge"),
        ("EdgiOS/", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("iPhone", "iOS"),
        ("iPad", "iPadOS"),
        ("Android", "Android"),
        ("CrOS", "ChromeOS"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];

    /// <param name="userAgent">The header <c>User-Agent</c>.</param>
    /// <returns>The names of the browser's family and of the system that it runs on; null for what is not in the table.</returns>
    public static (string? Browser, string? System) Recognize(string userAgent) => (Find(Browsers, userAgent), Find(Systems, userAgent));

    private static string? Find((string Mark, string Name)[] rows, string userAgent) =>
        rows.FirstOrDefault(row => userAgent.Contains(row.Mark, StringComparison.Ordinal)).Name;
}
