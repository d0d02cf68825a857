using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Data;
using PartnerCenter.Data.Demo;

namespace PartnerCenter.Tests.Support;

/// <summary>A database with the story of the demo. It is told once and then copied: telling it takes longer than most tests do.</summary>
internal static class DemoDatabase
{
    private static readonly Lazy<Task<byte[]>> Told = new(TellAsync);

    public static void CopyTo(string file) => File.WriteAllBytes(file, Told.Value.GetAwaiter().GetResult());

    private static async Task<byte[]> TellAsync()
    {
        var folder = Directory.CreateTempSubdirectory("partnercenter-");
        var file = Path.Combine(folder.FullName, "demo.db");
        try
        {
            var connectionString = $"Data Source={file};Pooling=False";
            await using (var services = new ServiceCollection().AddPartnerCenterData(DataSetup.Sqlite, connectionString)
                .AddSingleton<TimeProvider>(new PortalClock())
                .BuildServiceProvider())
            await using (var scope = services.CreateAsyncScope())
            {
                var db = scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();
                await db.Database.MigrateAsync();
                await DemoData.AddToAsync(db, new PortalClock());
            }

            // What was written lately still lies beside the file until the journal is folded in.
            await using (var connection = new SqliteConnection(connectionString))
            {
                await connection.OpenAsync();
                await using var command = connection.CreateCommand();
                command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
                await command.ExecuteNonQueryAsync();
            }

            return await File.ReadAllBytesAsync(file);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
