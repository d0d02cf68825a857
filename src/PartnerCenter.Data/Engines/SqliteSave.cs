using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace PartnerCenter.Data.Engines;

/// <summary>The changes of one context.</summary>
/// <param name="database">Where they go.</param>
/// <param name="save">Writes them, and leaves them in the context as changes: whether they stay is not certain before the commit.</param>
internal sealed class SqliteSave(DatabaseFacade database, Func<Task<int>> save) : SqliteWriter
{
    // What belongs to the request that saves stays with its save: traces, log scopes, the request itself.
    private readonly ExecutionContext? _request = ExecutionContext.Capture();

    /// <summary>A context that holds a connection, because it reads meanwhile for example, writes by that one.</summary>
    public override bool MayShare { get; } = database.GetDbConnection().State == ConnectionState.Closed;

    public DatabaseFacade Database { get; } = database;

    public override async Task WriteAsync()
    {
        try
        {
            Succeed(await SaveAsync());
        }
        catch (Exception fault)
        {
            Fail(fault);
        }
    }

    /// <summary>Writes, within the transaction of this context if there is one.</summary>
    public Task<int> SaveAsync()
    {
        if (_request is null)
            return save();

        Task<int>? saving = null;
        ExecutionContext.Run(_request, _ => saving = save(), state: null);
        return saving!;
    }

    /// <summary>Writes within the transaction of another context.</summary>
    public async Task<int> SaveWithinAsync(DbTransaction transaction)
    {
        var connectionString = Database.GetConnectionString();
        Database.SetDbConnection(transaction.Connection);
        try
        {
            await using var part = await Database.UseTransactionAsync(transaction);
            return await SaveAsync();
        }
        finally
        {
            Database.SetDbConnection(connection: null);
            Database.SetConnectionString(connectionString);
        }
    }
}
