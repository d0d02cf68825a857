using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PartnerCenter.Data.Engines;

/// <summary>Settings that SQLite forgets with each connection. FULL: a mail that was recorded stays recorded after a power cut.</summary>
/// <remarks>Connections go back to a pool with their settings, so each is set once: a page opens one for every question that it asks.</remarks>
internal sealed class SqliteConnectionSettings : DbConnectionInterceptor
{
    public const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=30000;";

    private static readonly ConditionalWeakTable<object, object> Set = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (IsDone(connection))
            return;
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
        Done(connection);
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (IsDone(connection))
            return;
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
        Done(connection);
    }

    private static bool IsDone(DbConnection connection) => Set.TryGetValue(((SqliteConnection)connection).Handle!, out _) || IsReadOnly(connection);

    private static void Done(DbConnection connection) => Set.AddOrUpdate(((SqliteConnection)connection).Handle!, connection.GetType());

    // EF Core looks so whether the file is there; a file that is empty, or a restored backup, is not in WAL mode yet.
    private static bool IsReadOnly(DbConnection connection) =>
        new SqliteConnectionStringBuilder(connection.ConnectionString).Mode == SqliteOpenMode.ReadOnly;
}
