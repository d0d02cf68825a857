using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Hosting;
using Microsoft.Playwright;
using PartnerCenter.Tests.PortalsUnderTest;
using PartnerCenter.Web.Hosting;

namespace PartnerCenter.BrowserTests;

/// <summary>The portal in demo mode on a port of its own, with a database file and a mail folder that vanish with it.</summary>
internal sealed class RunningPortal : WebApplicationFactory<Program>
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("partnercenter-browser-");

    private readonly IReadOnlyDictionary<string, string> _settings;

    public RunningPortal()
        : this(null, [])
    {
    }

    /// <param name="address">Where it listens, for whoever must know that beforehand; null for any port.</param>
    /// <param name="settings">What it is told besides.</param>
    public RunningPortal(Uri? address, Dictionary<string, string> settings)
    {
        _settings = address is null ? settings : new Dictionary<string, string>(settings) { ["Portal:PublicUrl"] = address.AbsoluteUri };
        UseKestrel(address?.Port ?? 0);
        StartServer();
    }

    public Uri Address => ClientOptions.BaseAddress;

    private string LogFolder => Path.Combine(_folder.FullName, "logs");

    public string MailFolder => Path.Combine(_folder.FullName, "mail");

    /// <summary>Invites somebody by the page of an administrator of the demo.</summary>
    /// <param name="page">A window of nobody.</param>
    /// <param name="address">Whom.</param>
    /// <returns>The link that the mail has, without the host.</returns>
    public async Task<string> InviteAsync(IPage page, string address)
    {
        await page.GotoAsync(Address.AbsoluteUri);
        await page.Locator("main form button[name=person][value=global-admin]").ClickAsync();
        await page.GotoAsync(new Uri(Address, "/o/alpine-cloud/account-settings/users/add").AbsoluteUri);
        await page.Locator("main textarea").First.FillAsync(address);
        await page.Locator("main form button[type=submit]").First.ClickAsync();
        await page.Message().WaitForAsync();
        return PartnerCenter.BrowserTests.MailFolder.LinkIn(await new MailFolder(MailFolder).WaitForMailTo(address), "/join/");
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        // Only Development has the demo, and serves the files of wwwroot from where they are written.
        builder.UseEnvironment(Environments.Development);
        builder.UseSetting("urls", "http://127.0.0.1:0");
        builder.UseSetting("ConnectionStrings:PartnerCenter", $"Data Source={Path.Combine(_folder.FullName, "portal.db")}");
        builder.UseSetting("Mail:Folder", MailFolder);
        // What a test expects to be sent must not wait because it is night, or because the samples were sent today.
        builder.UseSetting("Mail:QuietFrom", "00:00");
        builder.UseSetting("Mail:QuietUntil", "00:00");
        builder.UseSetting("Mail:PromotionalPerDay", "1000");
        builder.UseSetting("Mail:PollMilliseconds", "50");
        // A test asks in a second what people ask in an hour.
        builder.UseSetting("RateLimits:Enabled", "false");
        foreach (var (name, value) in _settings)
            builder.UseSetting(name, value);
        builder.ConfigureLogging((context, logging) => logging.AddPortalLogging(LogFiles.In(LogFolder, context.Configuration)));
    }

    /// <summary>Ends the portal. Whatever a test did with it, its logs must have told of nobody.</summary>
    public override async ValueTask DisposeAsync()
    {
        try
        {
            await base.DisposeAsync();
        }
        catch (ObjectDisposedException)
        {
            // The program ends the same host at the same moment and may be first: https://github.com/dotnet/aspnetcore/issues/40271
        }

        GC.SuppressFinalize(this);
        if (!_folder.Exists)
            return;
        var (hasLogged, told) = (Directory.Exists(LogFolder), Canaries.InLogs(LogFolder));
        _folder.Delete(recursive: true);
        Assert.True(hasLogged, "The portal logs elsewhere.");
        Assert.Empty(told);
    }
}
