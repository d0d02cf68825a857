using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Data;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Tests.PortalsUnderTest;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Hosting.Published;

/// <summary>A machine to deploy the portal on: a folder of its own for database, mails and logs, and a free port.</summary>
internal sealed class PortalHost : IDisposable
{
    public PortalHost()
    {
        Folder = Directory.CreateTempSubdirectory("partnercenter-host-").FullName;
        Url = new Uri($"http://127.0.0.1:{Loopback.FreePort()}");
        Settings = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_URLS"] = Url.OriginalString,
            ["ConnectionStrings__PartnerCenter"] = $"Data Source={DatabaseFile}",
            ["KeyRing__CertificateFile"] = KeyCertificates.File,
            ["Mail__Folder"] = MailFolder,
            ["Serilog__WriteTo__1__Args__path"] = Path.Combine(LogFolder, "partnercenter-.json"),
        };
    }

    public string Folder { get; }

    public Uri Url { get; }

    /// <summary>The environment variables that the portal is started with.</summary>
    public Dictionary<string, string> Settings { get; }

    public string DatabaseFile => Path.Combine(Folder, "partnercenter.db");

    public string MailFolder => Path.Combine(Folder, "mail");

    private string LogFolder => Path.Combine(Folder, "logs");

    /// <summary>Runs the executable until it ends by itself.</summary>
    public async Task<Ended> RunAsync(params string[] arguments)
    {
        await using var portal = await StartAsync(arguments);
        return await portal.EndAsync();
    }

    /// <summary>Starts the executable and does not wait for anything.</summary>
    public async Task<PortalProcess> StartAsync(params string[] arguments)
    {
        var published = await PublishedPortal.FolderAsync();
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = published,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("PartnerCenter.Web.dll");
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in Settings)
            start.Environment[name] = value;
        return new PortalProcess(start);
    }

    /// <summary>Looks into the database beside the portal, or changes it.</summary>
    public async Task<T> InDatabaseAsync<T>(Func<PartnerCenterDb, Task<T>> work)
    {
        await using var services = new ServiceCollection()
            .AddPartnerCenterData(DataSetup.Sqlite, $"Data Source={DatabaseFile};Pooling=False")
            .AddSingleton(WorkspaceCatalogue.BuiltIn)
            .AddSingleton(TimeProvider.System)
            .BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<PartnerCenterDb>());
    }

    /// <summary>Brings the schema up to date without the time that a process takes.</summary>
    public Task MigrateAsync() => InDatabaseAsync(async db =>
    {
        await db.Database.MigrateAsync();
        return true;
    });

    /// <summary>Clears the machine. Whatever a test did with it, its logs must have told of nobody.</summary>
    public void Dispose()
    {
        var told = Canaries.InLogs(LogFolder);
        Directory.Delete(Folder, recursive: true);
        Assert.Empty(told);
    }
}

/// <summary>What an executable left behind.</summary>
internal sealed record Ended(int ExitCode, string Output, string Errors);
