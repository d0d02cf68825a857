using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PartnerCenter.Data;
using PartnerCenter.Data.KeyRing;

namespace PartnerCenter.Web.Hosting;

/// <summary>Keeps the keys that protect forms in the database, where every instance finds them and a new container does too.</summary>
public sealed class KeyRing(IServiceScopeFactory scopes, TimeProvider time) : IXmlRepository
{
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
    public static void AddPortalKeyRing(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("PartnerCenter");
        services.AddSingleton<KeyRing>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(keys => keys.XmlRepository = provider.GetRequiredService<KeyRing>()));
    }
}
