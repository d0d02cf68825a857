using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PartnerCenter.Data;
using PartnerCenter.Data.Communications;
using PartnerCenter.Data.Engines;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Mail.Dispatch;
using PartnerCenter.Tests.PortalsUnderTest;
using PartnerCenter.Web.Hosting;
using PartnerCenter.Web.Jobs;

namespace PartnerCenter.Tests.Support;

/// <summary>
/// The portal as it runs in the demo, in this process: real routing, views and SQL, on a database file and a mail folder of its own.
/// Its clock stands still until a test moves it, and its jobs rest until a test asks for their work.
/// </summary>
public class PortalApp : WebApplicationFactory<Program>
{
    private readonly string _folder = Directory.CreateTempSubdirectory("partnercenter-").FullName;

    public FixedTime Clock { get; } = new();

    /// <summary>What requests save, and whether the database answers at all.</summary>
    public DatabaseWatch Database { get; } = new();

    public string MailFolder => Path.Combine(_folder, "mail");

    private string LogFolder => Path.Combine(_folder, "logs");

    /// <summary>Whether the story of the demo has been told; otherwise the portal starts on nothing.</summary>
    protected virtual bool IsDemo => true;

    /// <summary>The file of the database; another one is for two instances that share it, and whoever names it sees to it.</summary>
    protected virtual string? SharedDatabaseFile => null;

    private string DatabaseFile => SharedDatabaseFile ?? Path.Combine(_folder, "partnercenter.db");

    private string ConnectionString => $"Data Source={DatabaseFile}";

    /// <summary>A browser that has not been here before.</summary>
    public virtual Visitor Visit(string portal = "http://localhost")
    {
        var browser = CreateDefaultClient(new Uri(portal));
        browser.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        return new Visitor(browser);
    }

    /// <summary>Signs in as a person of the demo, or by the address of somebody who was invited, through the form on the start page.</summary>
    public async Task<Visitor> SignInAsync(string person)
    {
        var visitor = Visit();
        var start = await visitor.OpenAsync("/");
        var answer = await visitor.PressAsync(start.Find($"main form button[name=person][value='{person}']"));
        Assert.Equal(System.Net.HttpStatusCode.Found, answer.StatusCode);
        return visitor;
    }

    /// <summary>Opens a page.</summary>
    /// <returns>The page, and what it asked the database, as SQL.</returns>
    public async Task<(Page Page, IReadOnlyList<string> Asked)> OpenAskingAsync(Visitor visitor, string address)
    {
        Database.Asked.Clear();
        var page = await visitor.OpenAsync(address);
        return (page, [.. Database.Asked]);
    }

    /// <summary>Signs somebody in who has just joined, and puts off the questions of the first visit.</summary>
    public async Task<Visitor> ArriveAsync(string person, string organization = "alpine-cloud")
    {
        var visitor = await SignInAsync(person);
        if ((await visitor.GetAsync($"/o/{organization}")).StatusCode == System.Net.HttpStatusCode.Found)
            await visitor.PressAsync((await visitor.OpenAsync($"/o/{organization}/welcome")).ButtonOf($"/o/{organization}/welcome/skip"));
        return visitor;
    }

    /// <summary>Publishes something and tells its id.</summary>
    public Task<long> PublishAsync(CommunicationDraft draft) => WithAsync<Publisher, long>(async publisher =>
        Assert.IsType<PublishOutcome.Published>(await publisher.PublishAsync(draft, new PublishingGrant("Test publisher"), idempotency: null)).Id);

    /// <summary>Decides for everybody who is addressed whether they get a mail: work of a background job.</summary>
    public async Task FanOutAsync()
    {
        while (await WithAsync<MailFanOut, bool>(fanOut => fanOut.RunOnceAsync()))
        {
            // The next batch.
        }
    }

    /// <summary>Writes every mail that is due: work of the background jobs.</summary>
    public async Task SendMailsAsync()
    {
        await FanOutAsync();
        while (await Services.GetRequiredService<MailDispatcher>().RunOnceAsync(CancellationToken.None) > 0)
        {
            // The next batch.
        }
    }

    /// <summary>Looks into the database, or changes it as nobody could through a page.</summary>
    public Task<T> InDatabaseAsync<T>(Func<PartnerCenterDb, Task<T>> work) => WithAsync(work);

    /// <summary>What the portal has logged, line by line, by the file it stands in.</summary>
    public ILookup<string, string> Logged() =>
        (Directory.Exists(LogFolder) ? Directory.EnumerateFiles(LogFolder) : [])
            .SelectMany(file => Canaries.LinesOf(file).Select(line => (File: Path.GetFileName(file), line)))
            .ToLookup(entry => entry.File, entry => entry.line);

    /// <summary>Ends the portal. Whatever a test did with it, its logs must have told of nobody.</summary>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await using (var connection = new SqliteConnection(ConnectionString))
            SqliteConnection.ClearPool(connection);
        var told = Canaries.InLogs(LogFolder);
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
        Assert.Empty(told);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        if (IsDemo && SharedDatabaseFile is null)
            PreparedDatabase.WriteDemoTo(DatabaseFile);

        builder.UseEnvironment(Environments.Development);
        builder.UseSetting("Demo", IsDemo ? "true" : "false");
        builder.UseSetting("Database:MigrateOnStart", "true");
        builder.UseSetting("ConnectionStrings:PartnerCenter", ConnectionString);
        builder.UseSetting("Mail:Folder", MailFolder);
        // What a test expects to be sent must not wait because it is night, or because the samples were sent today.
        builder.UseSetting("Mail:QuietFrom", "00:00");
        builder.UseSetting("Mail:QuietUntil", "00:00");
        builder.UseSetting("Mail:PromotionalPerDay", "1000");
        // A test asks in a second what people ask in an hour.
        builder.UseSetting("RateLimits:Enabled", "false");
        builder.ConfigureLogging((context, logging) => logging.AddPortalLogging(LogFiles.In(LogFolder, context.Configuration)));
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<TimeProvider>(Clock);
            Rest(services);
            Watch(services);
        });
    }

    private static void Rest(IServiceCollection services)
    {
        foreach (var job in services.Where(service => service.ImplementationType?.Namespace == typeof(MailDispatchJob).Namespace).ToList())
            services.Remove(job);
    }

    private void Watch(IServiceCollection services)
    {
        var options = services.Single(service => service.ServiceType == typeof(DbContextOptions<SqlitePartnerCenterDb>));
        services.Remove(options);
        services.AddSingleton(provider =>
        {
            Database.Requests = provider.GetRequiredService<Microsoft.AspNetCore.Http.IHttpContextAccessor>();
            var original = (DbContextOptions<SqlitePartnerCenterDb>)options.ImplementationFactory!(provider);
            return new DbContextOptionsBuilder<SqlitePartnerCenterDb>(original)
                .AddInterceptors(Database.Interceptors)
                .Options;
        });
    }

    private async Task<T> WithAsync<TService, T>(Func<TService, Task<T>> work)
        where TService : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TService>());
    }
}
