using Microsoft.Playwright;

namespace PartnerCenter.BrowserTests;

/// <summary>How wide a page is looked at, and in which colours. In which language is a matter of who looks.</summary>
internal sealed record Look(ColorScheme Scheme, int Width)
{
    public static IReadOnlyList<Look> All { get; } =
    [
        new(ColorScheme.Light, 1280),
        new(ColorScheme.Dark, 1280),
        new(ColorScheme.Light, 320),
        new(ColorScheme.Dark, 320),
    ];

    /// <summary>Whether each page is looked at in every way, and not only in one: for that there is time when somebody asks for it.</summary>
    public static bool IsWholeMatrix => Environment.GetEnvironmentVariable("LOOK_MATRIX") == "whole";

    /// <summary>Where pictures of the main pages are kept; null when nobody wants any.</summary>
    public static string? Pictures => Environment.GetEnvironmentVariable("LOOK_PICTURES");

    public async Task At(IPage page)
    {
        await page.EmulateMediaAsync(new() { ColorScheme = Scheme });
        await page.SetViewportSizeAsync(Width, 800);
    }

    public override string ToString() => $"{Scheme} {Width}".ToLowerInvariant();
}
