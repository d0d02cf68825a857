using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Storage;
using SQLitePCL;

namespace PartnerCenter.Data.Engines;

/// <summary>
/// Saves of several contexts in one transaction, so that they wait for the disk once ("group commit"). A save that fails takes back only
/// its own changes; what ends the transaction ends them all.
/// </summary>
internal static class SqliteGroupCommit
{
    /// <summary>Writes all of them. Each is told what came of it when nothing uses its context any more.</summary>
    public static async Task WriteAsync(IReadOnlyList<SqliteSave> saves)
    {
        Dictionary<SqliteSave, int> written = [];
        Dictionary<SqliteSave, Exception> failed = [];
        try
        {
            await using var transaction = await saves[0].Database.BeginTransactionAsync();
            foreach (var save in saves)
            {
                try
                {
                    written[save] = await (save == saves[0] ? save.SaveAsync() : save.SaveWithinAsync(transaction.GetDbTransaction()));
                }
                catch (Exception fault) when (IsOpen(transaction))
                {
                    // EF Core has gone back to the savepoint that it sets before each save in a transaction.
                    failed[save] = fault;
                }
            }

            await transaction.CommitAsync();
        }
        catch (Exception fault)
        {
            foreach (var save in saves)
                failed.TryAdd(save, fault);
        }

        foreach (var save in saves)
        {
            if (failed.TryGetValue(save, out var fault))
                save.Fail(fault);
            else
                save.Succeed(written[save]);
        }
    }

    // After some faults, a full disk for example, SQLite rolls everything back: https://www.sqlite.org/lang_transaction.html
    private static bool IsOpen(IDbContextTransaction transaction) =>
        transaction.GetDbTransaction().Connection is SqliteConnection { Handle: { } handle } && raw.sqlite3_get_autocommit(handle) == 0;
}
