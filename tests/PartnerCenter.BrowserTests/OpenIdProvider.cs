using System.Diagnostics;
using System.Runtime.CompilerServices;
using PartnerCenter.Tests.PortalsUnderTest;

namespace PartnerCenter.BrowserTests;

/// <summary>
/// An OpenID provider that others wrote (<c>tests/openid-provider</c>), in a process of its own. It is installed from its lock file the first
/// time it is needed.
/// </summary>
internal sealed class OpenIdProvider(Uri portal) : IAsyncDisposable
{
    public const string Client = "partner-portal";
    public const string Secret = "a secret: + and %";

    private static readonly string Folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "openid-provider"));

    private Process? _process;

    public Uri Address { get; } = new($"http://127.0.0.1:{Loopback.FreePort()}");

    /// <summary>Starts it, or starts it anew: it has other keys then, and nobody is signed in there any more.</summary>
    public async Task StartAsync(string returnTo)
    {
        await StopAsync();
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")))
            await InstallAsync();

        var start = new ProcessStartInfo("node", "provider.mjs") { WorkingDirectory = Folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PORT"] = $"{Address.Port}";
        start.Environment["CLIENT"] = Client;
        start.Environment["SECRET"] = Secret;
        start.Environment["RETURN_TO"] = new Uri(portal, returnTo).AbsoluteUri;
        start.Environment["AFTER_SIGN_OUT"] = portal.AbsoluteUri;
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == "ready")
                return;
        }

        Assert.Fail("The OpenID provider does not start.");
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private static string ThisFile([CallerFilePath] string file = "") => file;

    private static async Task InstallAsync()
    {
        using var install = Process.Start(new ProcessStartInfo("npm", "ci --no-audit --no-fund") { WorkingDirectory = Folder, UseShellExecute = false, RedirectStandardOutput = true })!;
        await install.StandardOutput.ReadToEndAsync();
        await install.WaitForExitAsync();
        Assert.Equal(0, install.ExitCode);
    }

    private async Task StopAsync()
    {
        if (_process is null)
            return;

        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }
}
