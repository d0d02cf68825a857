using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Data;
using PartnerCenter.Tests.Support;
using PartnerCenter.Web.Hosting;

namespace PartnerCenter.Tests.Hosting;

/// <summary>The keys that protect forms: there before anybody needs them, the same for all instances, and of no use to who reads the database.</summary>
public sealed class KeyRingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("partnercenter-keys-").FullName;

    private string DatabaseFile => Path.Combine(_folder, "partnercenter.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Two_instances_that_start_together_on_nothing_have_one_key(int round)
    {
        await using var one = new PortalInstance(DatabaseFile);
        await using var other = new PortalInstance(DatabaseFile);

        await StartTogetherAsync(one, other);

        Assert.Equal(1, await one.InDatabaseAsync(db => db.DataProtectionKeys.CountAsync()));
        Assert.Equal($"{round}", Unprotect(other, Protect(one, $"{round}")));
        Assert.Equal($"{round}", Unprotect(one, Protect(other, $"{round}")));
    }

    [Fact]
    public async Task Nobody_changes_the_schema_or_makes_a_key_while_somebody_else_does()
    {
        await using var portal = new PortalInstance(DatabaseFile);
        await using var one = portal.Services.CreateAsyncScope();
        await using var other = portal.Services.CreateAsyncScope();
        var held = await one.ServiceProvider.GetRequiredService<PartnerCenterDb>().LockSchemaAsync();

        var waiting = DatabaseStartup.MigrateAsync(other.ServiceProvider.GetRequiredService<PartnerCenterDb>(), other.ServiceProvider);

        Assert.False(waiting.IsCompleted);
        await held.DisposeAsync();
        await waiting;
    }

    [Fact]
    public async Task A_start_that_finds_a_key_makes_no_other()
    {
        await using (var before = new PortalInstance(DatabaseFile))
            Protect(before, "something");

        await using var portal = new PortalInstance(DatabaseFile);

        Assert.Equal(1, await portal.InDatabaseAsync(db => db.DataProtectionKeys.CountAsync()));
    }

    [Fact]
    public async Task Each_instance_takes_the_cookies_and_the_forms_of_the_other()
    {
        PreparedDatabase.WriteDemoTo(DatabaseFile);
        await using var one = new PortalInstance(DatabaseFile, isDemo: true);
        await using var other = new PortalInstance(DatabaseFile, isDemo: true);
        await StartTogetherAsync(one, other);

        foreach (var (first, second) in new[] { (one, other), (other, one) })
        {
            var visitor = await first.SignInAsync("global-admin");
            var page = await visitor.OpenAsync("/o/alpine-cloud");
            var elsewhere = second.Visit();
            foreach (var (cookie, value) in visitor.Cookies)
                elsewhere.Keep(cookie, value);

            var answer = await elsewhere.PressAsync(page.Find("form[action='/theme'] button[value=dark]"));

            Assert.Equal((HttpStatusCode.Found, "/o/alpine-cloud"), (answer.StatusCode, answer.LocationOf()));
        }
    }

    [Fact]
    public async Task A_key_in_the_database_is_of_no_use_without_the_certificate()
    {
        var certificate = KeyCertificates.WriteTo(_folder, "keyring.pfx");
        string secret;
        await using (var portal = new PortalInstance(DatabaseFile, ("KeyRing:CertificateFile", certificate)))
        {
            secret = Protect(portal, "something");
            Assert.Equal("something", Unprotect(portal, secret));
            var key = await portal.InDatabaseAsync(db => db.DataProtectionKeys.SingleAsync());
            Assert.Contains("<EncryptedData", key.Xml, StringComparison.Ordinal);
            Assert.DoesNotContain("<masterKey", key.Xml, StringComparison.Ordinal);
        }

        await using var thief = new PortalInstance(DatabaseFile);

        Assert.Throws<CryptographicException>(() => Unprotect(thief, secret));
    }

    [Fact]
    public async Task After_a_change_of_the_certificate_what_the_one_before_protected_is_still_taken()
    {
        var (before, now) = (KeyCertificates.WriteTo(_folder, "before.pfx"), KeyCertificates.WriteTo(_folder, "now.pfx"));
        string secret;
        await using (var portal = new PortalInstance(DatabaseFile, ("KeyRing:CertificateFile", before)))
            secret = Protect(portal, "something");

        await using (var changed = new PortalInstance(DatabaseFile, ("KeyRing:CertificateFile", now), ("KeyRing:PreviousCertificateFile", before)))
            Assert.Equal("something", Unprotect(changed, secret));
        await using var forgetful = new PortalInstance(DatabaseFile, ("KeyRing:CertificateFile", now));
        Assert.Throws<CryptographicException>(() => Unprotect(forgetful, secret));
    }

    private static Task StartTogetherAsync(params PortalInstance[] instances) => Task.WhenAll(instances.Select(instance => Task.Run(() => instance.Services)));

    private static string Protect(PortalInstance instance, string text) => Protector(instance).Protect(text);

    private static string Unprotect(PortalInstance instance, string text) => Protector(instance).Unprotect(text);

    private static IDataProtector Protector(PortalInstance instance) => instance.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");
}
