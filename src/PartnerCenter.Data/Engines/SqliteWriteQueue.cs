using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace PartnerCenter.Data.Engines;

/// <summary>
/// Where all who write to one file wait for their turn. SQLite lets one write at a time, and each waits for the disk at its end; writers
/// that meet at the file wait with their connection in hand and starve each other. Here they queue before they open anything, and saves
/// that wait at the same time go together.
/// </summary>
internal sealed class SqliteWriteQueue
{
    // Whoever goes with others also waits for them.
    private const int MostTogether = 32;

    // https://www.sqlite.org/rescode.html#busy
    private const int Busy = 5;

    private static readonly ConcurrentDictionary<string, SqliteWriteQueue> Queues = [];

    private readonly Lock _lock = new();

    private readonly Queue<SqliteWriter> _waiting = [];

    private bool _isAtWork;

    /// <summary>The one queue of this process for a file.</summary>
    public static SqliteWriteQueue Of(string connectionString) => Queues.GetOrAdd(connectionString, _ => new());

    /// <summary>Waits until the writer had its turn, or for one that works on its own, until it has it.</summary>
    /// <param name="writer">Who wants to write.</param>
    /// <param name="longest">How long somebody waits who can be called off.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="DbUpdateException">Others have been writing for too long.</exception>
    public async Task<int> TakeTurnAsync(SqliteWriter writer, TimeSpan longest, CancellationToken cancellation)
    {
        Join(writer);
        try
        {
            // Where one waits for another program to let go of the file, the others wait for the one: behind all of them together nobody who
            // can be called off should wait. What became of a mail has to be written down, however long it takes.
            return await writer.Turn.WaitAsync(cancellation.CanBeCanceled ? longest : Timeout.InfiniteTimeSpan, cancellation);
        }
        catch (TimeoutException) when (writer.TryLeave())
        {
            throw new DbUpdateException("Others have been writing for too long.", new SqliteException("The queue of writers is busy.", Busy));
        }
        catch (Exception impatience) when (impatience is TimeoutException or OperationCanceledException && !writer.TryLeave())
        {
            // It has begun: what comes of it counts.
            return await writer.Turn;
        }
    }

    private void Join(SqliteWriter writer)
    {
        lock (_lock)
        {
            _waiting.Enqueue(writer);
            if (_isAtWork)
                return;
            _isAtWork = true;
        }

        // Unsafe: it works for all who come, so nothing of the request of whoever came first goes with it.
        ThreadPool.UnsafeQueueUserWorkItem(queue => _ = queue.WorkAsync(), this, preferLocal: false);
    }

    private async Task WorkAsync()
    {
        while (Next() is { Count: > 0 } next)
        {
            if (next is [var single])
                await single.WriteAsync();
            else
                await SqliteGroupCommit.WriteAsync([.. next.Cast<SqliteSave>()]);
        }
    }

    private List<SqliteWriter> Next()
    {
        List<SqliteWriter> next = [];
        lock (_lock)
        {
            while (next.Count < MostTogether && _waiting.TryPeek(out var writer) && (next is [] || (next[0].MayShare && writer.MayShare)))
            {
                _waiting.Dequeue();
                if (writer.TryBegin())
                    next.Add(writer);
            }

            _isAtWork = next.Count > 0;
        }

        return next;
    }
}
