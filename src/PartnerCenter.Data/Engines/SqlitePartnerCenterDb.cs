using Microsoft.EntityFrameworkCore;

namespace PartnerCenter.Data.Engines;

/// <summary>The embedded database: one file, one instance of the portal.</summary>
public sealed class SqlitePartnerCenterDb(DbContextOptions<SqlitePartnerCenterDb> options) : PartnerCenterDb(options)
{
    // As long as the driver waits for a lock, unless somebody says otherwise.
    private const int UsualSeconds = 30;

    private TimeSpan LongestWait => TimeSpan.FromSeconds(Database.GetCommandTimeout() ?? UsualSeconds);

    private SqliteWriteQueue Queue => SqliteWriteQueue.Of(Database.GetConnectionString()!);

    protected override async Task<IDisposable?> EnterTransactionAsync(CancellationToken cancellation)
    {
        var turn = new SqliteTurn();
        await Queue.TakeTurnAsync(turn, LongestWait, cancellation);
        return turn;
    }

    protected override Task<int> SaveInTurnAsync(Func<Task<int>> save, CancellationToken cancellation) =>
        Queue.TakeTurnAsync(new SqliteSave(Database, save), LongestWait, cancellation);
}
