using Microsoft.EntityFrameworkCore;

namespace PartnerCenter.Data.Engines;

/// <summary>The embedded database: one file, one instance of the portal.</summary>
public sealed class SqlitePartnerCenterDb(DbContextOptions<SqlitePartnerCenterDb> options) : PartnerCenterDb(options)
{
    // SQLite lets one write at a time. Writers that meet there wait with their connection in hand and starve each other;
    // here they queue before they open anything.
    private static readonly SemaphoreSlim WriteGate = new(1, 1);

    protected override async Task<IDisposable?> EnterWriteGateAsync(CancellationToken cancellation)
    {
        await WriteGate.WaitAsync(cancellation);
        return new Passage();
    }

    private sealed class Passage : IDisposable
    {
        public void Dispose() => WriteGate.Release();
    }
}
