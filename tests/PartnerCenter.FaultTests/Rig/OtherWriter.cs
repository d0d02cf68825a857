using System.Globalization;
using Microsoft.Data.Sqlite;

namespace PartnerCenter.FaultTests.Rig;

/// <summary>Another program that writes to the portal's database file: a backup, an operator at a prompt. What it writes means nothing.</summary>
internal static class OtherWriter
{
    /// <summary>What the engine says to whoever writes on what is past: https://www.sqlite.org/rescode.html#busy_snapshot.</summary>
    public const int BusySnapshot = 517;

    private const int Busy = 5;

    private const string Mark = "PRAGMA user_version";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Holds the file as a long write does: nobody else can write until what is returned is disposed of.</summary>
    public static IDisposable Lock(World world)
    {
        var connection = Open(world);
        Do(connection, "BEGIN IMMEDIATE");
        return connection;
    }

    /// <summary>Commits again and again, so that whoever first reads and then writes in one transaction writes on what is past.</summary>
    /// <param name="world">Where.</param>
    /// <param name="enough">Ends it.</param>
    /// <returns>How often it has committed.</returns>
    public static async Task<int> FidgetAsync(World world, CancellationToken enough)
    {
        await using var connection = Open(world);
        using var timer = new PeriodicTimer(Pause);
        var commits = 0;
        try
        {
            while (await timer.WaitForNextTickAsync(enough))
                Do(connection, string.Create(CultureInfo.InvariantCulture, $"{Mark} = {++commits}"));
        }
        catch (OperationCanceledException)
        {
            // Enough of it.
        }

        return commits;
    }

    /// <summary>What the portal must never do: reads, and then writes on what it has read. Somebody has to <see cref="FidgetAsync"/> meanwhile.</summary>
    /// <returns>What the engine says; 0 if it lets it pass.</returns>
    public static async Task<int> WritesOnWhatIsPastAsync(World world)
    {
        await using var watch = Open(world);
        await using var connection = Open(world);
        // Waiting helps nothing here, and the driver does not know.
        connection.DefaultTimeout = 1;
        await using var transaction = connection.BeginTransaction(deferred: true);
        var seen = Do(connection, Mark);
        await Patience.UntilAsync("another commit", TimeSpan.FromSeconds(30), () => !Equals(Do(watch, Mark), seen));
        while (true)
        {
            try
            {
                Do(connection, $"{Mark} = 0");
                return 0;
            }
            catch (SqliteException fault) when (fault.SqliteExtendedErrorCode == Busy)
            {
                // The other one was committing at this very instant: once more.
            }
            catch (SqliteException fault)
            {
                return fault.SqliteExtendedErrorCode;
            }
        }
    }

    private static SqliteConnection Open(World world)
    {
        // Not from the pool, which would give the lock back to nobody knows whom.
        var connection = new SqliteConnection($"{world.ConnectionString};Pooling=False");
        connection.Open();
        return connection;
    }

    private static object? Do(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
