using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Demo;
using PartnerCenter.Mail.Transport;
using PartnerCenter.Web.Security.SignIn.Local;

namespace PartnerCenter.Web.Hosting;

/// <summary>
/// What the portal does not start with, each with one sentence that says what to set (ASVS 5.0 12.3, 13.2, 13.4). Everywhere but in
/// Development a setting that is fine for trying out is refused, because nobody looks at it again once the portal runs. Host commands
/// ask only what concerns them.
/// </summary>
public static class StartupGuards
{
    /// <summary>Hosts that are reached by a network which nobody else is on, and which count as this machine.</summary>
    public const string PrivateHosts = "Portal:PrivateHosts";

    private const string Connection = "ConnectionStrings:PartnerCenter";
    private const string SmtpPassword = "Mail:Smtp:Password";

    // The framework's switch: https://learn.microsoft.com/aspnet/core/host-and-deploy/proxy-load-balancer
    private const string BelieveEverybody = "ForwardedHeaders_Enabled";

    // What the framework takes for "every host".
    private static readonly string[] EveryHost = ["*", "[::]", "0.0.0.0"];

    // What stands in documentation, ours and that of SQL Server's image, in place of a password.
    private static readonly string[] SamplePasswords =
        ["…", "...", "password", "changeme", "change-me", "change_me", "secret", "<password>", "Passw0rd", "P@ssw0rd", "yourStrong(!)Password", "YourStrong!Passw0rd", "YourStrong@Passw0rd"];

    /// <summary>All of them, in the order in which they are asked.</summary>
    public static IReadOnlyList<StartupGuard> All { get; } =
    [
        new(DemoMode.Setting, GuardedStart.Command, AlsoInDevelopment: true, start => Demo(start.Configuration, start.Environment)),
        new(Connection, GuardedStart.Command, AlsoInDevelopment: false, start => DatabaseConnection(start.Configuration, start.Database)),
        new(Connection, GuardedStart.Command, AlsoInDevelopment: false, start => DatabasePassword(start.Database)),
        new(KeyRingCertificate.Current.FileSetting, GuardedStart.Command, AlsoInDevelopment: false, start => KeyRing(start.Configuration)),
        new("AllowedHosts", GuardedStart.Portal, AlsoInDevelopment: false, start => AllowedHosts(start.Configuration)),
        new(PortalUrls.PublicSetting, GuardedStart.Portal, AlsoInDevelopment: false, start => PublicUrl(start.Configuration)),
        new("ASPNETCORE_FORWARDEDHEADERS_ENABLED", GuardedStart.Portal, AlsoInDevelopment: false, start => ForwardedHeaders(start.Configuration)),
        new("Mail:Smtp:Security", GuardedStart.Portal, AlsoInDevelopment: false, start => Relay(start.Configuration)),
        new(SmtpPassword, GuardedStart.Portal, AlsoInDevelopment: false, start => RelayPassword(start.Configuration)),
        new(LocalSignInSettings.Setting, GuardedStart.Portal, AlsoInDevelopment: false, start => LocalAccounts(start.Configuration)),
    ];

    /// <exception cref="StartupException">One of them refuses.</exception>
    public static void Check(GuardedStart kind, IConfiguration configuration, IHostEnvironment environment, DatabaseSettings database)
    {
        var start = new GuardedSettings(configuration, environment, database);
        var refusals =
            from guard in All
            where guard.AsksAt <= kind && (guard.AlsoInDevelopment || !environment.IsDevelopment())
            select guard.Refusal(start);
        if (refusals.FirstOrDefault(refusal => refusal is not null) is { } sentence)
            throw new StartupException(sentence);
    }

    /// <summary>The one guard that needs the database: whoever has read our documentation knows the API key of the demo.</summary>
    /// <exception cref="StartupException">It is there, outside Development.</exception>
    public static async Task RequireNoDemoKeyAsync(PartnerCenterDb db, IHostEnvironment environment)
    {
        if (!environment.IsDevelopment() && await db.ApiKeys.AnyAsync(key => key.Id == DemoData.ApiKeyId))
            throw new StartupException($"The database is that of a demo, with an API key that everybody knows: name another one in {Connection}.");
    }

    private static string? Demo(IConfiguration configuration, IHostEnvironment environment)
    {
        if (!DemoMode.IsOn(configuration))
            return null;
        if (!environment.IsDevelopment())
            return "Demo is true, but it lets anybody sign in as anybody: it works only in the Development environment.";
        return PortalUrls.Listening(configuration).FirstOrDefault(url => !PortalUrls.IsLoopback(url)) is { } open
            ? $"Demo is true, but {open} can be reached from other machines: use localhost, or set Demo to false."
            : null;
    }

    private static string? DatabaseConnection(IConfiguration configuration, DatabaseSettings database)
    {
        if (database.Provider != DataSetup.SqlServer)
            return null;

        var connection = new SqlConnectionStringBuilder(database.ConnectionString);
        var far = new[] { connection.DataSource, connection.FailoverPartner }
            .Where(server => !string.IsNullOrWhiteSpace(server))
            .Select(HostOf)
            .FirstOrDefault(host => !IsNear(configuration, host));
        return far is null ? null
            : !connection.Encrypt ? $"{Connection} does not encrypt what goes to '{far}': add Encrypt=True to it."
            : connection.TrustServerCertificate ? $"{Connection} accepts any certificate from '{far}': set TrustServerCertificate=False in it, and let this machine trust the server's."
            : null;
    }

    private static string? DatabasePassword(DatabaseSettings database) =>
        database.Provider == DataSetup.SqlServer && IsSample(new SqlConnectionStringBuilder(database.ConnectionString).Password)
            ? $"{Connection} has a password from an example: give the portal's login another one."
            : null;

    // Commands ask it, too: one of them makes the first key.
    private static string? KeyRing(IConfiguration configuration) => KeyRingCertificate.Current.IsNamed(configuration)
        ? null
        : $"{KeyRingCertificate.Current.FileSetting} is not set: name a certificate for the keys in the database, which protect forms; docs/configuration.md says how to make one.";

    private static string? AllowedHosts(IConfiguration configuration)
    {
        var hosts = SettingList.Read(configuration, "AllowedHosts");
        return hosts.Length == 0 || hosts.Intersect(EveryHost).Any()
            ? "AllowedHosts lets every host through: set it to the host names of the portal, separated by semicolons."
            : null;
    }

    // Links in mails begin with it. What is not said can be concluded only where nobody but this machine comes.
    private static string? PublicUrl(IConfiguration configuration)
    {
        if (!PortalUrls.IsPublicNamed(configuration) && !PortalUrls.Listening(configuration).All(PortalUrls.IsLoopback))
            return $"{PortalUrls.PublicSetting} is not set: set it to the https address at which partners reach the portal.";

        var address = PortalUrls.Public(configuration);
        return address.Scheme != Uri.UriSchemeHttps && !PortalUrls.IsLoopbackHost(address.DnsSafeHost)
            ? $"{PortalUrls.PublicSetting} is '{address.OriginalString}', which is not encrypted: set it to an https address."
            : null;
    }

    private static string? ForwardedHeaders(IConfiguration configuration) =>
        configuration.GetValue(BelieveEverybody, false)
            ? $"ASPNETCORE_FORWARDEDHEADERS_ENABLED believes what everybody says of themselves: remove it, and name your proxies in {KnownProxies.Setting}."
            : null;

    private static string? Relay(IConfiguration configuration) =>
        configuration["Mail:Smtp:Host"] is { } host && !string.IsNullOrWhiteSpace(host)
        && configuration.GetValue("Mail:Smtp:Security", SmtpSecurity.StartTls) == SmtpSecurity.None
        && !IsNear(configuration, host.Trim())
            ? $"Mail:Smtp:Security is None, but '{host.Trim()}' is another machine: set it to StartTls or Tls."
            : null;

    private static string? RelayPassword(IConfiguration configuration) =>
        IsSample(configuration[SmtpPassword]) ? $"{SmtpPassword} is a password from an example: set the one that the relay gave you." : null;

    // Who forgets a password is helped by a mail; the folder that nobody chose is one that nobody empties.
    private static string? LocalAccounts(IConfiguration configuration) =>
        LocalSignInSettings.IsWanted(configuration)
        && string.IsNullOrWhiteSpace(configuration["Mail:Smtp:Host"])
        && (configuration["Mail:Folder"] ?? MailOptions.DefaultFolder) == MailOptions.DefaultFolder
            ? $"{LocalSignInSettings.Setting} is on, but no mail leaves the portal, so nobody who forgets a password gets in again: set Mail:Smtp:Host, or set {LocalSignInSettings.Setting} to false."
            : null;

    private static bool IsSample(string? password) => SamplePasswords.Contains(password, StringComparer.OrdinalIgnoreCase);

    private static bool IsNear(IConfiguration configuration, string host) =>
        PortalUrls.IsLoopbackHost(host) || SettingList.Read(configuration, PrivateHosts).Contains(host, StringComparer.OrdinalIgnoreCase);

    // A data source is [protocol:]host[\instance][,port]; three names mean this machine, and a pipe names its machine first.
    private static string HostOf(string dataSource)
    {
        var colon = dataSource.IndexOf(':', StringComparison.Ordinal);
        var hasProtocol = colon > 0 && dataSource[..colon].Trim().ToUpperInvariant() is "TCP" or "NP" or "LPC" or "ADMIN";
        var host = (hasProtocol ? dataSource[(colon + 1)..] : dataSource).Trim().TrimStart('\\').Split(',', '\\')[0].Trim().Trim('[', ']');
        return host.ToUpperInvariant() is "." or "(LOCAL)" or "(LOCALDB)" ? "localhost" : host;
    }
}

/// <summary>One thing that the portal does not start with.</summary>
/// <param name="Setting">What has to be set otherwise.</param>
/// <param name="AsksAt">The least that must be started for it to matter.</param>
/// <param name="AlsoInDevelopment">Whether it is asked there, too.</param>
/// <param name="Refusal">Why not, in one sentence; null if nothing is against it.</param>
public sealed record StartupGuard(string Setting, GuardedStart AsksAt, bool AlsoInDevelopment, Func<GuardedSettings, string?> Refusal);

/// <summary>What a guard looks at.</summary>
public sealed record GuardedSettings(IConfiguration Configuration, IHostEnvironment Environment, DatabaseSettings Database);

/// <summary>What is started; the later has all that the earlier has.</summary>
public enum GuardedStart
{
    /// <summary>A host command: it uses the database, answers no request and sends no mail.</summary>
    Command,

    /// <summary>The portal.</summary>
    Portal,
}
