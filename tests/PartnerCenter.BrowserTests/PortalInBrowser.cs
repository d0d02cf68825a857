using System.Diagnostics.CodeAnalysis;
using Microsoft.Playwright;

namespace PartnerCenter.BrowserTests;

/// <summary>One portal and one browser for all tests. Whoever signs in does it once; later windows start from that session.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The test runner disposes it by IAsyncLifetime.")]
public sealed class PortalInBrowser : IAsyncLifetime
{
    private readonly Dictionary<string, string> _sessions = [];
    private RunningPortal? _portal;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private Publisher? _publisher;

    public Publisher Publisher => _publisher!;

    public MailFolder Mails => new(_portal!.MailFolder);

    public async Task InitializeAsync()
    {
        // Without a browser every test is skipped, but this still runs.
        if (InstalledBrowser.File is null)
            return;

        _portal = new RunningPortal();
        _publisher = new Publisher(_portal.Address);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = InstalledBrowser.File,
            Headless = true,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
    }

    /// <summary>A window of somebody who is not signed in.</summary>
    public Task<IBrowserContext> NewWindow(Window? window = null) => NewWindow(window ?? new(), session: null);

    /// <summary>A window of somebody who is signed in.</summary>
    public async Task<IBrowserContext> NewWindowOf(string person, Window? window = null)
    {
        if (!_sessions.TryGetValue(person, out var session))
            _sessions[person] = session = await SessionOf(person);
        return await NewWindow(window ?? new(), session);
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        _publisher?.Dispose();
        if (_portal is not null)
            await _portal.DisposeAsync();
    }

    private Task<IBrowserContext> NewWindow(Window window, string? session) => _browser!.NewContextAsync(new()
    {
        BaseURL = _portal!.Address.ToString(),
        ColorScheme = ColorScheme.Light,
        JavaScriptEnabled = window.WithScript,
        Locale = "en-US",

        // A colour that is still on its way is measured wrongly.
        ReducedMotion = ReducedMotion.Reduce,
        StorageState = session,
        ViewportSize = new() { Width = window.Width, Height = window.Height },
    });

    private async Task<string> SessionOf(string person)
    {
        await using var context = await NewWindow();
        await (await context.NewPageAsync()).SignInAs(person);
        return await context.StorageStateAsync();
    }
}

/// <summary>What a browser window is like.</summary>
public sealed record Window(int Width = 1280, int Height = 800, bool WithScript = true);

/// <summary>The tests share one portal and one browser, and so run one after the other.</summary>
[CollectionDefinition(nameof(OnePortalOneBrowser))]
public sealed class OnePortalOneBrowser : ICollectionFixture<PortalInBrowser>;
