using System.Data;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace PartnerCenter.Data.Engines;

/// <summary>The database server that many instances of the portal share.</summary>
public sealed class SqlServerPartnerCenterDb(DbContextOptions<SqlServerPartnerCenterDb> options) : PartnerCenterDb(options)
{
    private const int LongestWaitSeconds = 60;

    // https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors
    private const int DatabaseExists = 1801;

    // The lock is held by a connection and not by a transaction, of which a migration has several.
    // https://learn.microsoft.com/sql/relational-databases/system-stored-procedures/sp-getapplock-transact-sql
    public override async Task<IAsyncDisposable> LockSchemaAsync(CancellationToken cancellation = default)
    {
        await CreateAsync(cancellation);

        // A connection that goes back to a pool would keep its lock.
        var holder = new SqlConnection(new SqlConnectionStringBuilder(Database.GetConnectionString()) { Pooling = false }.ConnectionString);
        try
        {
            await holder.OpenAsync(cancellation);
            await using var command = holder.CreateCommand();
            command.CommandText = "sp_getapplock";
            command.CommandType = CommandType.StoredProcedure;
            command.CommandTimeout = 2 * LongestWaitSeconds;
            command.Parameters.AddWithValue("@Resource", "PartnerCenter schema");
            command.Parameters.AddWithValue("@LockMode", "Exclusive");
            command.Parameters.AddWithValue("@LockOwner", "Session");
            command.Parameters.AddWithValue("@LockTimeout", LongestWaitSeconds * 1000);
            var answer = command.Parameters.Add("@Answer", SqlDbType.Int);
            answer.Direction = ParameterDirection.ReturnValue;
            await command.ExecuteNonQueryAsync(cancellation);
            return (int)answer.Value >= 0
                ? holder
                : throw new TimeoutException($"Another process has been changing the schema of the database for {LongestWaitSeconds} s.");
        }
        catch
        {
            await holder.DisposeAsync();
            throw;
        }
    }

    // A lock lives in a database, so there has to be one.
    private async Task CreateAsync(CancellationToken cancellation)
    {
        var creator = Database.GetService<IRelationalDatabaseCreator>();
        try
        {
            if (!await creator.ExistsAsync(cancellation))
                await creator.CreateAsync(cancellation);
        }
        catch (SqlException fault) when (fault.Number == DatabaseExists)
        {
            // Another instance was faster.
        }
    }
}
