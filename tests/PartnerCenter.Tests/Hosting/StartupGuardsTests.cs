using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using PartnerCenter.Data;
using PartnerCenter.Tests.Support;
using PartnerCenter.Web.Hosting;

namespace PartnerCenter.Tests.Hosting;

/// <summary>What the portal does not start with in Production, and that each refusal says what to set.</summary>
public sealed class StartupGuardsTests
{
    private const string Remote = "Server=db.example.com;Database=PartnerCenter;User Id=portal;Password=k3n-Tz.9v;";
    private const string SqliteFile = "Data Source=partnercenter.db";

    private static readonly (string Key, string Value)[] Sound =
    [
        ("AllowedHosts", "partners.example.com;localhost"),
        ("Portal:PublicUrl", "https://partners.example.com"),
        ("KeyRing:CertificateFile", "keyring.pfx"),
        ("Mail:Folder", "/var/spool/partnercenter"),
        ("urls", "http://*:8080"),
    ];

    [Fact]
    public void A_sound_configuration_is_let_through() => Assert.Null(Refusal(GuardedStart.Portal));

    [Theory]
    [InlineData("AllowedHosts", "*")]
    [InlineData("AllowedHosts", "")]
    [InlineData("AllowedHosts", " ; ")]
    [InlineData("AllowedHosts", "partners.example.com; *")]
    [InlineData("AllowedHosts", "0.0.0.0")]
    [InlineData("AllowedHosts", "[::]")]
    [InlineData("Portal:PublicUrl", "")]
    [InlineData("Portal:PublicUrl", "http://partners.example.com")]
    [InlineData("Portal:PublicUrl", "http://10.0.0.5")]
    [InlineData("Mail:Smtp:Password", "changeme")]
    [InlineData("Mail:Smtp:Password", "…")]
    public void In_Production_it_is_refused_with_the_name_of_the_setting(string setting, string value)
    {
        Assert.StartsWith($"{setting} ", Refusal(GuardedStart.Portal, (setting, value)), StringComparison.Ordinal);
        Assert.EndsWith(".", Refusal(GuardedStart.Portal, (setting, value)), StringComparison.Ordinal);
        Assert.StartsWith($"{setting} ", Refusal("Staging", GuardedStart.Portal, sqlServer: null, (setting, value)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(GuardedStart.Portal)]
    [InlineData(GuardedStart.Command)]
    public void Keys_that_anybody_could_read_in_the_database_are_refused_for_commands_too(GuardedStart start)
    {
        Assert.All(["", " "], file => Assert.StartsWith("KeyRing:CertificateFile is not set", Refusal(start, ("KeyRing:CertificateFile", file)), StringComparison.Ordinal));
        Assert.Null(Refusal("Development", start, sqlServer: null, ("KeyRing:CertificateFile", "")));
    }

    [Theory]
    [InlineData("AllowedHosts", "*")]
    [InlineData("Portal:PublicUrl", "http://partners.example.com")]
    [InlineData("Mail:Smtp:Password", "changeme")]
    [InlineData("ForwardedHeaders_Enabled", "true")]
    public void In_Development_and_by_host_commands_it_is_not_asked(string setting, string value)
    {
        Assert.NotNull(Refusal(GuardedStart.Portal, (setting, value)));
        Assert.Null(Refusal(GuardedStart.Command, (setting, value)));
        Assert.Null(Refusal("Development", GuardedStart.Portal, sqlServer: null, (setting, value)));
    }

    [Fact]
    public void Passwords_of_the_portal_need_a_way_for_mail_because_people_forget_them()
    {
        (string, string) noWay = ("Mail:Folder", "App_Data/mail");
        var refusal = Refusal(GuardedStart.Portal, noWay);

        Assert.StartsWith("SignIn:LocalAccounts is on, but no mail leaves the portal", refusal, StringComparison.Ordinal);
        Assert.Null(Refusal(GuardedStart.Command, noWay));
        Assert.Null(Refusal(GuardedStart.Portal, noWay, ("Mail:Smtp:Host", "relay.example.com")));
        Assert.Null(Refusal(GuardedStart.Portal, noWay, ("SignIn:LocalAccounts", "false")));
        Assert.Null(Refusal(GuardedStart.Portal, noWay, ("SignIn:Providers:house:ClientId", "portal")));
        Assert.Equal(refusal, Refusal(GuardedStart.Portal, noWay, ("SignIn:Providers:house:ClientId", "portal"), ("SignIn:LocalAccounts", "true")));
    }

    [Theory]
    [InlineData("*.partners.example.com")]
    [InlineData("localhost;127.0.0.1;[::1]")]
    public void Hosts_that_are_named_are_let_through(string hosts) => Assert.Null(Refusal(GuardedStart.Portal, ("AllowedHosts", hosts)));

    [Theory]
    [InlineData("http://localhost:8080")]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("http://[::1]:8080")]
    public void A_public_address_on_this_machine_needs_no_encryption(string url) => Assert.Null(Refusal(GuardedStart.Portal, ("Portal:PublicUrl", url)));

    [Theory]
    [InlineData("urls", "http://127.0.0.1:5080", "http://127.0.0.1:5080/")]
    [InlineData("urls", "http://[::1]:5080;http://localhost:6000", "http://[::1]:5080/")]
    [InlineData("urls", "", "http://localhost:5080/")]
    [InlineData("Kestrel:Endpoints:Web:Url", "http://127.0.0.1:7000", "http://127.0.0.1:7000/")]
    public void Where_only_this_machine_is_listened_to_the_public_address_is_concluded(string setting, string value, string expected)
    {
        (string, string)[] settings = [("Portal:PublicUrl", ""), ("urls", ""), (setting, value)];

        Assert.Null(Refusal(GuardedStart.Portal, settings));
        Assert.Equal(expected, PortalUrls.Public(Configuration(settings)).ToString());
    }

    [Theory]
    [InlineData("urls", "http://127.0.0.1:5080;http://0.0.0.0:5080")]
    [InlineData("http_ports", "8080")]
    [InlineData("Kestrel:Endpoints:Web:Url", "https://*:443")]
    public void Where_others_can_come_it_is_not(string setting, string value) => Assert.StartsWith(
        "Portal:PublicUrl is not set",
        Refusal(GuardedStart.Portal, ("Portal:PublicUrl", ""), ("urls", ""), (setting, value)),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("partners")]
    [InlineData("/partners")]
    [InlineData("ftp://partners.example.com")]
    public void What_is_no_web_address_is_refused_everywhere(string url)
    {
        var fault = Assert.Throws<StartupException>(() => PortalUrls.Public(Configuration(("Portal:PublicUrl", url))));

        Assert.StartsWith($"Portal:PublicUrl is '{url}'", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Remote, "add Encrypt=True")]
    [InlineData(Remote + "Encrypt=False", "add Encrypt=True")]
    [InlineData(Remote + "Encrypt=False;TrustServerCertificate=True", "add Encrypt=True")]
    [InlineData(Remote + "Encrypt=True;TrustServerCertificate=True", "set TrustServerCertificate=False")]
    [InlineData("Server=tcp:10.0.0.5,1433;Encrypt=False", "'10.0.0.5'")]
    [InlineData(@"Server=db\sql2022;Encrypt=False", "'db'")]
    [InlineData(@"Server=np:\\db\pipe\sql\query;Encrypt=False", "'db'")]
    [InlineData("Server=localhost.example.com;Encrypt=False", "'localhost.example.com'")]
    [InlineData("Server=localhost;Failover Partner=db2;Encrypt=False", "'db2'")]
    [InlineData("Server=db;Encrypt=True;Password=yourStrong(!)Password", "a password from an example")]
    [InlineData("Server=localhost;Password=password", "a password from an example")]
    public void A_connection_to_SQL_Server_that_others_could_read_is_refused_for_commands_too(string connection, string says)
    {
        Assert.All([GuardedStart.Portal, GuardedStart.Command], start =>
        {
            var refusal = Refusal("Production", start, connection);
            Assert.StartsWith("ConnectionStrings:PartnerCenter ", refusal, StringComparison.Ordinal);
            Assert.Contains(says, refusal, StringComparison.Ordinal);
            Assert.DoesNotContain("k3n-Tz.9v", refusal, StringComparison.Ordinal);
        });
        Assert.Null(Refusal("Development", GuardedStart.Portal, connection));
    }

    [Theory]
    [InlineData(Remote + "Encrypt=True")]
    [InlineData(Remote + "Encrypt=True;TrustServerCertificate=False")]
    [InlineData("Server=localhost")]
    [InlineData("Server=.")]
    [InlineData("Server=(local);TrustServerCertificate=True;Encrypt=True")]
    [InlineData(@"Server=(localdb)\MSSQLLocalDB")]
    [InlineData("Server=tcp:127.0.0.1,1433")]
    [InlineData("Server=tcp:[::1],1433")]
    [InlineData(@"Server=np:\\.\pipe\sql\query")]
    public void One_that_nobody_can_read_is_let_through(string connection) => Assert.Null(Refusal("Production", GuardedStart.Portal, connection));

    [Fact]
    public void A_connection_to_SQLite_goes_through_no_network() => Assert.Null(Refusal(GuardedStart.Command));

    [Theory]
    [InlineData("mail.example.com", "None", true)]
    [InlineData("10.0.0.5", "none", true)]
    [InlineData("mail.example.com", "StartTls", false)]
    [InlineData("mail.example.com", "Tls", false)]
    [InlineData("localhost", "None", false)]
    [InlineData("127.0.0.1", "None", false)]
    [InlineData("::1", "None", false)]
    [InlineData("", "None", false)]
    public void Mail_goes_to_another_machine_encrypted_or_not_at_all(string host, string security, bool isRefused)
    {
        var refusal = Refusal(GuardedStart.Portal, ("Mail:Smtp:Host", host), ("Mail:Smtp:Security", security));

        Assert.Equal(isRefused, refusal?.StartsWith("Mail:Smtp:Security is None", StringComparison.Ordinal) == true);
        Assert.Equal(isRefused, refusal is not null);
    }

    [Fact]
    public void Hosts_on_a_network_of_their_own_count_as_this_machine_and_others_do_not()
    {
        (string, string)[] settings =
            [("Portal:PrivateHosts", "sqlserver;mail"), ("Mail:Smtp:Host", "mail"), ("Mail:Smtp:Security", "None")];

        Assert.Null(Refusal("Production", GuardedStart.Portal, "Server=sqlserver;Encrypt=True;TrustServerCertificate=True", settings));
        Assert.Contains("'other'", Refusal("Production", GuardedStart.Portal, "Server=other", settings), StringComparison.Ordinal);
    }

    [Fact]
    public void The_switch_that_believes_everybody_is_refused() => Assert.Contains(
        "Portal:KnownProxies", Refusal(GuardedStart.Portal, ("ForwardedHeaders_Enabled", "true")), StringComparison.Ordinal);

    [Fact]
    public void The_documentation_names_them_all()
    {
        var documentation = Repository.Read("docs/configuration.md");
        var chapter = documentation[documentation.IndexOf("## What Production refuses", StringComparison.Ordinal)..];
        chapter = chapter[..chapter.IndexOf("\n## ", 3, StringComparison.Ordinal)];

        Assert.All(StartupGuards.All, guard => Assert.Contains($"`{guard.Setting}", chapter, StringComparison.Ordinal));
    }

    private static string? Refusal(GuardedStart start, params (string Key, string Value)[] settings) =>
        Refusal("Production", start, sqlServer: null, settings);

    private static string? Refusal(string environment, GuardedStart start, string? sqlServer, params (string Key, string Value)[] settings)
    {
        var database = sqlServer is null
            ? new DatabaseSettings(DataSetup.Sqlite, SqliteFile, MigrateOnStart: false)
            : new DatabaseSettings(DataSetup.SqlServer, sqlServer, MigrateOnStart: false);
        try
        {
            StartupGuards.Check(start, Configuration(settings), new Place(environment), database);
            return null;
        }
        catch (StartupException fault)
        {
            return fault.Message;
        }
    }

    private static IConfiguration Configuration(params (string Key, string Value)[] settings)
    {
        var all = Sound.ToDictionary(setting => setting.Key, setting => (string?)setting.Value);
        foreach (var (key, value) in settings)
            all[key] = value;
        return new ConfigurationBuilder().AddInMemoryCollection(all).Build();
    }

    private sealed class Place(string environment) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = environment;

        public string ApplicationName { get; set; } = "PartnerCenter";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
