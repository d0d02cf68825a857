using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace PartnerCenter.Data.Engines;

/// <summary>The embedded database: one file, one instance of the portal.</summary>
public sealed class SqlitePartnerCenterDb(DbContextOptions<SqlitePartnerCenterDb> options) : PartnerCenterDb(options)
{
    // SQLite lets one write at a time. Writers that meet there wait with their connection in hand and starve each other;
    // here they queue before they open anything.
    private static readonly SemaphoreSlim WriteGate = new(1, 1);

    // As long as the driver waits for a lock, unless somebody says otherwise.
    private const int UsualSeconds = 30;

    // https://www.sqlite.org/rescode.html#busy
    private const int Busy = 5;

    private TimeSpan LongestWait => TimeSpan.FromSeconds(Database.GetCommandTimeout() ?? UsualSeconds);

    protected override async Task<IDisposable?> EnterWriteGateAsync(CancellationToken cancellation)
    {
        // Where one waits for another program to let go of the file, the others wait for the one: behind all of them together nobody who can
        // be called off should wait. What became of a mail has to be written down, however long it takes.
        if (await WriteGate.WaitAsync(cancellation.CanBeCanceled ? LongestWait : Timeout.InfiniteTimeSpan, cancellation))
            return new Passage();
        throw new DbUpdateException("Others have been writing for too long.", new SqliteException("The write gate is busy.", Busy));
    }

    private sealed class Passage : IDisposable
    {
        public void Dispose() => WriteGate.Release();
    }
}
