using System.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace PartnerCenter.Data.Engines;

/// <summary>The embedded database: one file, one instance of the portal.</summary>
public sealed class SqlitePartnerCenterDb(DbContextOptions<SqlitePartnerCenterDb> options) : PartnerCenterDb(options)
{
    // As long as the driver waits for a lock, unless somebody says otherwise.
    private const int UsualSeconds = 30;

    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(50);

    private TimeSpan LongestWait => TimeSpan.FromSeconds(Database.GetCommandTimeout() ?? UsualSeconds);

    private SqliteWriteQueue Queue => SqliteWriteQueue.Of(Database.GetConnectionString()!);

    // The engine's own locks end with each transaction, and a migration has several; the file's end with the process at the latest.
    public override async Task<IAsyncDisposable> LockSchemaAsync(CancellationToken cancellation = default)
    {
        var file = DataSetup.SqliteFile(Database.GetConnectionString()!);
        var waiting = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return file is null
                    ? Stream.Null
                    : new FileStream($"{file}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException fault) when (fault is not DirectoryNotFoundException)
            {
                if (waiting.Elapsed > LongestWait)
                    throw new TimeoutException($"Another process has been changing the schema of the database for {LongestWait.TotalSeconds:0} s.", fault);
            }

            await Task.Delay(LockPoll, cancellation);
        }
    }

    protected override async Task<IDisposable?> EnterTransactionAsync(CancellationToken cancellation)
    {
        var turn = new SqliteTurn();
        await Queue.TakeTurnAsync(turn, LongestWait, cancellation);
        return turn;
    }

    protected override Task<int> SaveInTurnAsync(Func<Task<int>> save, CancellationToken cancellation) =>
        Queue.TakeTurnAsync(new SqliteSave(Database, save), LongestWait, cancellation);
}
