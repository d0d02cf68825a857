namespace PartnerCenter.BrowserTests;

/// <summary>The Chromium of this machine. Nothing is downloaded: where there is none, the tests say so and are skipped.</summary>
internal static class InstalledBrowser
{
    private const string Setting = "CHROMIUM_PATH";

    private static readonly string[] UsualPlaces =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
    ];

    private static readonly string? Wanted = Environment.GetEnvironmentVariable(Setting);

    /// <summary>Null where there is none.</summary>
    public static string? File { get; } = Wanted is null ? Array.Find(UsualPlaces, System.IO.File.Exists) : Existing(Wanted);

    /// <summary>Why browser tests cannot run here; null where they can.</summary>
    public static string? WhyNot { get; } = File is not null ? null
        : Wanted is not null ? $"{Setting} names {Wanted}, which does not exist."
        : $"No Chromium was found: install one (Debian: apt-get install chromium), or name its file in {Setting}.";

    private static string? Existing(string file) => System.IO.File.Exists(file) ? file : null;
}
