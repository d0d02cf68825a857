using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Demo;

namespace PartnerCenter.Web.Hosting;

/// <summary>Brings the database to where the portal needs it before the first request.</summary>
public static class DatabaseStartup
{
    /// <exception cref="StartupException">The schema is behind and this start may not change it, or the data are those of a demo where there may be none.</exception>
    public static async Task PrepareDatabaseAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();
        var settings = scope.ServiceProvider.GetRequiredService<DatabaseSettings>();

        if (settings.MigrateOnStart)
            await MigrateAsync(db, scope.ServiceProvider);
        else
            await RequireMigratedAsync(db);

        await RequireWritableAsync(db);
        await StartupGuards.RequireNoDemoKeyAsync(db, app.Environment);

        if (DemoMode.IsOn(app.Configuration))
        {
            await DemoData.AddToAsync(db, scope.ServiceProvider.GetRequiredService<TimeProvider>());
            DemoMode.Announce(app);
        }
    }

    // A database that can be read but not written would open the portal and then fail every request that saves something.
    private static Task RequireWritableAsync(PartnerCenterDb db) => db.Database.ExecuteSqlRawAsync("DELETE FROM JobLeases WHERE 1 = 0");

    /// <exception cref="StartupException">The schema is behind.</exception>
    public static async Task RequireMigratedAsync(PartnerCenterDb db)
    {
        if ((await db.Database.GetPendingMigrationsAsync()).Any())
            throw new StartupException("The database is not up to date. Run the command 'migrate' first, or set Database:MigrateOnStart to true.");
    }

    /// <summary>Brings the schema up to date and sees to a key that protects forms, while no other instance does the same.</summary>
    public static async Task MigrateAsync(PartnerCenterDb db, IServiceProvider services)
    {
        var settings = services.GetRequiredService<DatabaseSettings>();
        if (settings.Provider == DataSetup.Sqlite && DataSetup.SqliteFile(settings.ConnectionString) is { } file)
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await using var schema = await db.LockSchemaAsync();
        await db.Database.MigrateAsync();
        KeyRing.CreateFirstKey(services.GetRequiredService<IKeyManager>());
    }
}
