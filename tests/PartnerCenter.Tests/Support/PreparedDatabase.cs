using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Data;
using PartnerCenter.Data.Demo;

namespace PartnerCenter.Tests.Support;

/// <summary>Database files that are made once per test run and then copied: making one takes longer than most tests do.</summary>
internal static class PreparedDatabase
{
    // On threads of their own: a test that waits for one must not hold the thread that makes it.
    private static readonly Lazy<Task<byte[]>> Empty = new(() => Task.Run(() => MakeAsync(_ => Task.CompletedTask)));
    private static readonly Lazy<Task<byte[]>> Demo = new(() => Task.Run(() => MakeAsync(db => DemoData.AddToAsync(db, new FixedTime()))));

    /// <summary>Writes a file that has every table and no row.</summary>
    public static async Task WriteEmptyToAsync(string file) => await File.WriteAllBytesAsync(file, await Empty.Value);

    /// <summary>The same, where nothing can be awaited.</summary>
    public static void WriteEmptyTo(string file) => File.WriteAllBytes(file, Empty.Value.GetAwaiter().GetResult());

    /// <summary>Writes a file in which the story of the demo has been told.</summary>
    public static void WriteDemoTo(string file) => File.WriteAllBytes(file, Demo.Value.GetAwaiter().GetResult());

    private static async Task<byte[]> MakeAsync(Func<PartnerCenterDb, Task> fill)
    {
        var folder = Directory.CreateTempSubdirectory("partnercenter-");
        var file = Path.Combine(folder.FullName, "prepared.db");
        try
        {
            var connectionString = $"Data Source={file};Pooling=False";
            await using (var services = new ServiceCollection().AddPartnerCenterData(DataSetup.Sqlite, connectionString)
                .AddSingleton<TimeProvider>(new FixedTime())
                .BuildServiceProvider())
            await using (var scope = services.CreateAsyncScope())
            {
                var db = scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();
                await db.Database.MigrateAsync();
                await fill(db);
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
