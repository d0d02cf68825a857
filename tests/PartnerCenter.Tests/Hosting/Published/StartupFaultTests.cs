using System.Net;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Demo;
using PartnerCenter.Domain.Access;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Hosting.Published;

[Trait("Category", "Process")]
public sealed class StartupFaultTests : IDisposable
{
    private readonly PortalHost _host = new();

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task A_folder_that_cannot_be_written_is_named(string environment)
    {
        var file = Path.Combine(_host.Folder, "file");
        await File.WriteAllTextAsync(file, "This is no folder.");
        _host.Settings["ASPNETCORE_ENVIRONMENT"] = environment;
        _host.Settings["Database__MigrateOnStart"] = "true";
        _host.Settings["ConnectionStrings__PartnerCenter"] = $"Data Source={file}/below/partnercenter.db";

        var ended = await _host.RunAsync();

        AssertExplains(ended, $"{file}/below");
    }

    [Fact]
    public async Task A_database_file_that_cannot_be_written_is_said_to_be_so()
    {
        await _host.MigrateAsync();
        _host.Settings["ConnectionStrings__PartnerCenter"] += ";Mode=ReadOnly";

        var ended = await _host.RunAsync();

        AssertExplains(ended, "readonly", "ConnectionStrings:PartnerCenter");
    }

    [Fact]
    public async Task A_busy_port_is_named_and_no_job_has_run_meanwhile()
    {
        await _host.MigrateAsync();
        using var other = new TcpListener(IPAddress.Loopback, _host.Url.Port);
        other.Start();

        var ended = await _host.RunAsync();

        AssertExplains(ended, _host.Url.OriginalString, "already in use", "--urls");
        Assert.Equal(0, await _host.InDatabaseAsync(db => db.ServerInstances.CountAsync()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4_200)]
    public async Task A_damaged_database_file_is_said_to_be_so(int intactBytes)
    {
        if (intactBytes > 0)
            await _host.MigrateAsync();
        var damaged = await FileOrNothingAsync();
        new Random(1).NextBytes(damaged.AsSpan(intactBytes));
        await File.WriteAllBytesAsync(_host.DatabaseFile, damaged);

        var ended = await _host.RunAsync();

        AssertExplains(ended, "The database file is damaged or is no SQLite database.");

        async Task<byte[]> FileOrNothingAsync() => intactBytes > 0 ? await File.ReadAllBytesAsync(_host.DatabaseFile) : new byte[20_000];
    }

    [Theory]
    [InlineData("Database__Provider", "Oracle", "Database:Provider is 'Oracle'", "Sqlite or SqlServer")]
    [InlineData("ConnectionStrings__PartnerCenter", "", "ConnectionStrings:PartnerCenter is not set")]
    [InlineData("ConnectionStrings__PartnerCenter", "partnercenter.db", "ConnectionStrings:PartnerCenter cannot be read")]
    [InlineData("ConnectionStrings__PartnerCenter", "Colour=blue", "ConnectionStrings:PartnerCenter cannot be read", "colour")]
    [InlineData("Portal__PublicUrl", "partners", "Portal:PublicUrl is 'partners'")]
    [InlineData("Mail__Parallel", "0", "Parallel", "between 1 and 64")]
    [InlineData("Mail__Parallel", "many", "'many'", "Mail:Parallel")]
    [InlineData("Mail__PromotionalFromAddress", "offers", "Mail:PromotionalFromAddress", "'offers'")]
    [InlineData("Mail__BounceAddress", "two@signs@example.com", "Mail:BounceAddress")]
    [InlineData("Communications__ArchivedMonths", "0", "ArchivedMonths", "between 1 and 120")]
    [InlineData("Workspaces__billing__WorkUrl", "nowhere", "Workspaces:billing:WorkUrl is 'nowhere'")]
    [InlineData("AllowedHosts", "*", "AllowedHosts lets every host through")]
    [InlineData("ASPNETCORE_URLS", "http://0.0.0.0:0", "Portal:PublicUrl is not set")]
    [InlineData("Portal__PublicUrl", "http://partners.example.com", "Portal:PublicUrl", "https")]
    [InlineData("Portal__KnownProxies", "proxy", "Portal:KnownProxies names 'proxy'")]
    [InlineData("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true", "ASPNETCORE_FORWARDEDHEADERS_ENABLED", "Portal:KnownProxies")]
    [InlineData("KeyRing__CertificateFile", "", "KeyRing:CertificateFile is not set")]
    [InlineData("KeyRing__CertificateFile", "/no/such/keyring.pfx", "KeyRing:CertificateFile names '/no/such/keyring.pfx', which is not there")]
    [InlineData("RateLimits__SignIn", "0", "SignIn", "between 1 and")]
    public async Task A_setting_that_cannot_work_is_named(string setting, string value, params string[] says)
    {
        await _host.MigrateAsync();
        _host.Settings[setting] = value;

        var ended = await _host.RunAsync();

        AssertExplains(ended, says);
    }

    [Fact]
    public async Task Mail_that_others_could_read_is_not_sent()
    {
        await _host.MigrateAsync();
        _host.Settings["Mail__Smtp__Host"] = "mail.example.com";
        _host.Settings["Mail__Smtp__Security"] = "None";

        var ended = await _host.RunAsync();

        AssertExplains(ended, "Mail:Smtp:Security is None", "mail.example.com", "StartTls");
    }

    [Fact]
    public async Task A_connection_that_is_not_encrypted_is_refused_to_a_host_command_too()
    {
        _host.Settings["Database__Provider"] = "SqlServer";
        _host.Settings["ConnectionStrings__PartnerCenter"] = "Server=db.example.com;Database=PartnerCenter;User Id=portal;Password=k3n-Tz.9v";

        var ended = await _host.RunAsync("migrate");

        AssertExplains(ended, "ConnectionStrings:PartnerCenter", "db.example.com", "Encrypt=True");
    }

    [Fact]
    public async Task A_database_with_the_key_of_the_demo_is_refused()
    {
        await _host.MigrateAsync();
        await _host.InDatabaseAsync(async db =>
        {
            db.Add(ApiKey.Create(DemoData.ApiKeyId, DemoData.ApiKeySecret, "Demo publisher", FixedTime.Start, TimeSpan.FromDays(1), out _));
            return await db.SaveChangesAsync();
        });

        var ended = await _host.RunAsync();

        AssertExplains(ended, "an API key that everybody knows", "ConnectionStrings:PartnerCenter");
    }

    [Fact]
    public async Task Production_refuses_the_demo()
    {
        await _host.MigrateAsync();
        _host.Settings["Demo"] = "true";

        var ended = await _host.RunAsync();

        AssertExplains(ended, "Demo is true", "only in the Development environment");
    }

    [Theory]
    [InlineData("ASPNETCORE_URLS", "http://0.0.0.0:{0}")]
    [InlineData("ASPNETCORE_URLS", "http://127.0.0.1:{0};http://[::]:{0}")]
    [InlineData("ASPNETCORE_URLS", "http://*:{0}")]
    [InlineData("ASPNETCORE_URLS", "http://loopback:{0}")]
    [InlineData("ASPNETCORE_HTTP_PORTS", "{0}")]
    [InlineData("Kestrel__Endpoints__Open__Url", "http://0.0.0.0:{0}")]
    public async Task A_demo_that_other_machines_could_reach_is_refused(string setting, string value)
    {
        _host.Settings["ASPNETCORE_ENVIRONMENT"] = "Development";
        _host.Settings["Demo"] = "true";
        _host.Settings.Remove("ASPNETCORE_URLS");
        _host.Settings[setting] = value.Replace("{0}", $"{_host.Url.Port}", StringComparison.Ordinal);

        var ended = await _host.RunAsync();

        AssertExplains(ended, "Demo is true", "can be reached from other machines");
        Assert.False(File.Exists(_host.DatabaseFile));
    }

    private static void AssertExplains(Ended ended, params string[] says)
    {
        Assert.True(ended.ExitCode == 1, $"It ended with {ended.ExitCode}. {ended.Output}{ended.Errors}");
        var sentence = Assert.Single(ended.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.All(says, part => Assert.Contains(part, sentence, StringComparison.Ordinal));
        Assert.EndsWith(".", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Output + ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", ended.Output + ended.Errors, StringComparison.Ordinal);
    }
}
