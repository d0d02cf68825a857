using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PartnerCenter.Data;
using PartnerCenter.Data.Demo;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.PortalsUnderTest;
using PartnerCenter.Web.Hosting;

namespace PartnerCenter.BadInputs;

/// <summary>The whole portal with its jobs and the demo data, on a real socket and a database file of its own, and who attacks it.</summary>
internal sealed partial class AttackedPortal : IAsyncDisposable
{
    private const string Home = "/o/alpine-cloud";
    private const string LogFolder = "logs";

    private readonly string _folder;
    private readonly WebApplication _portal;
    private readonly FaultLog _log;

    private AttackedPortal(string folder, WebApplication portal, IdentityProvider provider, FaultLog log)
    {
        (_folder, _portal, Provider, _log) = (folder, portal, provider, log);
        Address = new Uri(portal.Urls.Single());
        Http = new HttpClient(new SocketsHttpHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            MaxConnectionsPerServer = 8,
            RequestHeaderEncodingSelector = (_, _) => System.Text.Encoding.UTF8,
            ResponseHeaderEncodingSelector = (_, _) => System.Text.Encoding.UTF8,
        })
        { BaseAddress = Address, Timeout = Timeout.InfiniteTimeSpan };
        Callers =
        [
            new Caller("operator", CallerKind.Operator, "/operator"),
            new Caller("global-admin", CallerKind.Administrator, Home),
            new Caller("two-directories", CallerKind.Administrator, Home),
            new Caller("program-admin", CallerKind.Administrator, Home),
            new Caller("billing-admin", CallerKind.Partner, Home),
            new Caller("newcomer", CallerKind.Partner, Home),
            new Caller("", CallerKind.Stranger, "/"),
            new Caller("", CallerKind.Publisher, Home: null),
            new Caller("", CallerKind.MailSystem, Home: null),
        ];
    }

    public Uri Address { get; }

    public IdentityProvider Provider { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => _portal.Services;

    public IReadOnlyList<Caller> Callers { get; }

    /// <summary>What was logged as an error since it started, each sentence once.</summary>
    public IReadOnlyCollection<string> LoggedFaults => _log.Faults;

    /// <summary>The first lines of its logs that tell of somebody.</summary>
    public IReadOnlyList<string> LoggedCanaries => Canaries.InLogs(Path.Combine(_folder, LogFolder));

    public static async Task<AttackedPortal> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("partnercenter-bad-inputs-").FullName;
        var log = new FaultLog();
        var provider = await IdentityProvider.StartAsync();
        var portal = Portal.Build(
            [
                "--applicationName=PartnerCenter.Web",
                "--environment=Development",
                "--Demo=true",
                "--urls=http://127.0.0.1:0",
                $"--ConnectionStrings:PartnerCenter=Data Source={Path.Combine(folder, "partnercenter.db")}",
                "--Database:MigrateOnStart=true",
                $"--Mail:Folder={Path.Combine(folder, "mail")}",
                $"--SignIn:Providers:{IdentityProvider.Key}:Authority={provider.Address}",
                $"--SignIn:Providers:{IdentityProvider.Key}:ClientId=the-portal",
                "--RateLimits:Enabled=false",
                // What would be written to the console goes to a file as well.
                "--Serilog:WriteTo:0:Name=File",
                $"--Serilog:WriteTo:0:Args:path={Path.Combine(folder, LogFolder, "console.log")}",
                $"--Serilog:WriteTo:1:Args:path={Path.Combine(folder, LogFolder, "portal-.json")}",
            ],
            services => services.AddSingleton<ILoggerProvider>(log));
        await portal.PrepareDatabaseAsync();
        await portal.StartAsync();
        var attacked = new AttackedPortal(folder, portal, provider, log);
        await attacked.MakeKeysAsync();
        return attacked;
    }

    /// <summary>Makes of every caller again what they were: signed in, a member, with all their roles and a token for forms.</summary>
    public async Task RepairCallersAsync()
    {
        foreach (var caller in Callers.Where(caller => caller.Home is not null))
        {
            if (caller.Person.Length > 0)
                await RepairAsync(caller);
            await TakeTokenAsync(caller);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _portal.StopAsync();
        await _portal.DisposeAsync();
        await Provider.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task MakeKeysAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();
        foreach (var (kind, purpose) in new[] { (CallerKind.Publisher, ApiKeyPurpose.Publishing), (CallerKind.MailSystem, ApiKeyPurpose.MailEvents) })
        {
            db.Add(ApiKey.Create($"{kind}".ToLowerInvariant(), Secret.Create(), "Attacker", DateTime.UtcNow, TimeSpan.FromDays(1), out var token, purpose));
            Callers.Single(caller => caller.Kind == kind).Key = token;
        }

        await db.SaveChangesAsync();
    }

    private async Task<bool> IsAtHomeAsync(Caller caller)
    {
        if (caller.Session.Length == 0)
            return false;
        using var answer = await AskAsync(caller, caller.Home == Home ? $"{Home}/account-settings/users" : caller.Home!);
        return answer.IsSuccessStatusCode;
    }

    private async Task RepairAsync(Caller caller)
    {
        await using var scope = Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();
        var now = DateTime.UtcNow;
        var demo = DemoPeople.Find(caller.Person)!;
        var person = await db.People.SingleOrDefaultAsync(person => person.SignInAddress == demo.SignInAddress) ?? await BringBackAsync(db, demo, now);
        var member = await db.Memberships.Include(member => member.Roles)
            .SingleOrDefaultAsync(member => member.PersonId == person.Id && member.Organization.Key == DemoPeople.Alpine);
        if (member is not null)
        {
            if (!member.IsActiveAt(now))
                member.Recover(now);
            member.SetUp(now);
            var roles = demo.Places.Single(place => place.Organization == DemoPeople.Alpine).Roles;
            foreach (var role in roles.Where(role => !member.Roles.Exists(grant => grant.Role == role.Key && grant.CountsAt(now))))
                member.Grant(role, "Repair", now);
        }

        if (!await IsAtHomeAsync(caller))
        {
            caller.Session = Secret.Create();
            db.Add(new SignInSession(caller.Session, person, now));
        }

        await db.SaveChangesAsync();
    }

    // An operator can have erased them, and what is erased stays so.
    private static async Task<Person> BringBackAsync(PartnerCenterDb db, DemoPerson demo, DateTime now)
    {
        var person = new Person(demo.Name, demo.SignInAddress, demo.Language);
        db.Add(person);
        if (demo.Places.Any(place => place.Organization == DemoPeople.Alpine))
            db.Add(new Membership(await db.Organizations.SingleAsync(organization => organization.Key == DemoPeople.Alpine), person, now));
        await db.SaveChangesAsync();
        return person;
    }

    private async Task TakeTokenAsync(Caller caller)
    {
        using var page = await AskAsync(caller, caller.Home!);
        var html = await page.Content.ReadAsStringAsync();
        if (page.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.FirstOrDefault(cookie => cookie.StartsWith("pc-form=", StringComparison.Ordinal)) is { } cookie)
            caller.FormCookie = cookie.Split(';')[0];
        if (Token().Match(html) is { Success: true } token)
            caller.Token = token.Groups["token"].Value;
        if (caller.Token.Length == 0)
            throw new InvalidOperationException($"{caller.Home} has no form for {caller.Kind} {caller.Person} ({(int)page.StatusCode}).");
    }

    private Task<HttpResponseMessage> AskAsync(Caller caller, string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (caller.Cookies is { Length: > 0 } cookies)
            request.Headers.Add("Cookie", cookies);
        return Http.SendAsync(request);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]* value=\"(?<token>[^\"]+)\"", RegexOptions.NonBacktracking)]
    private static partial Regex Token();

    private sealed partial class FaultLog : ILoggerProvider
    {
        // To the framework, a cookie that nobody can open is an error, and not somebody else's words.
        private const string BadCookie = "Microsoft.AspNetCore.Antiforgery.DefaultAntiforgery";

        private const int FramesShown = 6;

        private readonly ConcurrentDictionary<string, bool> _faults = new(StringComparer.Ordinal);

        public IReadOnlyCollection<string> Faults => [.. _faults.Keys];

        public ILogger CreateLogger(string categoryName) => new Writer(this, categoryName);

        public void Dispose()
        {
            // There is nothing to close.
        }

        private sealed class Writer(FaultLog log, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                if (!IsEnabled(logLevel) || category == BadCookie)
                    return;
                var sentence = $"{category}: {formatter(state, exception)} {exception?.GetType().Name} {exception?.Message}";
                log._faults.TryAdd(Numbers().Replace(sentence, "#") + string.Concat((exception?.StackTrace ?? "").Split('\n').Take(FramesShown)), true);
            }
        }

        [GeneratedRegex("[0-9A-F]*[0-9][0-9A-F]*", RegexOptions.NonBacktracking)]
        private static partial Regex Numbers();
    }
}

/// <summary>What somebody is to the portal.</summary>
internal enum CallerKind
{
    Operator,
    Administrator,
    Partner,
    Stranger,
    Publisher,
    MailSystem,
}

/// <summary>Somebody who sends requests.</summary>
/// <param name="Person">Their key in the demo; empty for a stranger or a system.</param>
/// <param name="Kind">What they are.</param>
/// <param name="Home">A page that they may open and that has a form; null for a system.</param>
internal sealed record Caller(string Person, CallerKind Kind, string? Home)
{
    public string Session { get; set; } = "";

    public string FormCookie { get; set; } = "";

    public string Token { get; set; } = "";

    /// <summary>The API key of a system.</summary>
    public string Key { get; set; } = "";

    public string Cookies => string.Join("; ", new[] { Session.Length > 0 ? $"pc={Session}" : "", FormCookie }.Where(cookie => cookie.Length > 0));
}
