using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace PartnerCenter.Data.Engines;

/// <summary>
/// Lets a connection live on after a commit that the disk refused. SQLite has rolled back by then, but the driver does not listen while it
/// commits: it rolls back once more, is refused, and takes the connection for one in a transaction for as long as the process lives. So it
/// is given something to roll back.
/// </summary>
internal sealed class SqliteFailedCommits : DbTransactionInterceptor
{
    public override void TransactionFailed(DbTransaction transaction, TransactionErrorEventData eventData) => Mend(transaction);

    public override Task TransactionFailedAsync(
        DbTransaction transaction, TransactionErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Mend(transaction);
        return Task.CompletedTask;
    }

    private static void Mend(DbTransaction transaction)
    {
        if (transaction.Connection is not SqliteConnection { Handle: { } handle } connection || raw.sqlite3_get_autocommit(handle) == 0)
            return;
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN";
        command.ExecuteNonQuery();
    }
}
