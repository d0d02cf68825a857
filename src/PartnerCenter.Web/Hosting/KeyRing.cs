using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PartnerCenter.Data;
using PartnerCenter.Data.KeyRing;

namespace PartnerCenter.Web.Hosting;

/// <summary>
/// Keeps the keys that protect forms in the database, where every instance finds them and a new container does too. There they are
/// encrypted for a certificate (<see cref="KeyRingCertificate"/>), so that who reads the database cannot use them.
/// </summary>
public sealed class KeyRing(IServiceScopeFactory scopes, TimeProvider time) : IXmlRepository
{
    // What the framework gives a key by itself: https://learn.microsoft.com/aspnet/core/security/data-protection/configuration/overview
    private static readonly TimeSpan KeyLasts = TimeSpan.FromDays(90);

    /// <summary>
    /// Makes a key unless there is one in use. Without this, instances that start together for the first time would each make one, and for
    /// a while none would take what another has protected. Later keys are made by the framework days before they are used.
    /// </summary>
    /// <param name="keys">The keys there are.</param>
    public static void CreateFirstKey(IKeyManager keys)
    {
        // The framework goes by the clock of the machine.
        var now = TimeProvider.System.GetUtcNow();
        if (!keys.GetAllKeys().Any(key => !key.IsRevoked && key.ActivationDate <= now && now < key.ExpirationDate))
            keys.CreateNewKey(now, now + KeyLasts);
    }

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var scope = scopes.CreateScope();
        return [.. scope.ServiceProvider.GetRequiredService<PartnerCenterDb>().DataProtectionKeys.AsNoTracking()
            .Select(key => key.Xml)
            .AsEnumerable()
            .Select(xml => XElement.Parse(xml))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();
        db.Add(new DataProtectionKey
        {
            FriendlyName = friendlyName,
            Xml = element.ToString(SaveOptions.DisableFormatting),
            CreatedAt = time.GetUtcNow().UtcDateTime,
        });

        // The framework asks synchronously; this happens once in 90 days.
        db.SaveChangesAsync().GetAwaiter().GetResult();
    }
}

/// <summary>Registers the <see cref="KeyRing"/>.</summary>
public static class KeyRingSetup
{
    /// <param name="services">Where it is registered.</param>
    /// <param name="configuration">Names the certificates.</param>
    /// <param name="environment">Where relative paths begin.</param>
    /// <exception cref="StartupException">A certificate is named and cannot be used.</exception>
    public static void AddPortalKeyRing(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var protection = services.AddDataProtection().SetApplicationName("PartnerCenter");
        if (KeyRingCertificate.Current.Read(configuration, environment) is { } current)
            protection.ProtectKeysWithCertificate(current).UnprotectKeysWithAnyCertificate(current);
        if (KeyRingCertificate.Previous.Read(configuration, environment) is { } previous)
            protection.UnprotectKeysWithAnyCertificate(previous);

        services.AddSingleton<KeyRing>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(keys => keys.XmlRepository = provider.GetRequiredService<KeyRing>()));
    }
}
