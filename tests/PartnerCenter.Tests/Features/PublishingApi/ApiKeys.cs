using PartnerCenter.Domain.Access;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.PublishingApi;

/// <summary>Keys of publishers other than the demo's.</summary>
internal static class ApiKeys
{
    public static async Task<string> CreateAsync(PortalApp app, string id, Action<ApiKey>? change = null, TimeSpan? lifetime = null)
    {
        var key = ApiKey.Create(id, Secret.Create(), $"Publisher {id}", app.Clock.Now, lifetime ?? TimeSpan.FromDays(30), out var token);
        change?.Invoke(key);
        await app.InDatabaseAsync(db =>
        {
            db.Add(key);
            return db.SaveChangesAsync();
        });
        return token;
    }
}
