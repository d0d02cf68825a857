using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;

namespace PartnerCenter.Tests.Support;

/// <summary>
/// Stands between the portal and its database: no GET may write, whichever test makes it, and a test can take the database away.
/// </summary>
public sealed class DatabaseWatch
{
    // A session that is refreshed and a communication that is read are what looking at a page may leave behind; and so that somebody
    // sees whether a calendar still asks, the link of a feed notes the day.
    private static readonly Type[] LeftByLooking = [typeof(SignInSession), typeof(MemberState), typeof(FeedLink)];

    private const int SqliteCannotOpen = 14;

    public DatabaseWatch() => Interceptors = [new Saves(this), new Connections(this), new Queries(this)];

    /// <summary>What the portal has asked the database, as SQL, in its order.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>What every attempt to reach the database fails with; null while it can be reached.</summary>
    public Exception? Fault { get; set; }

    /// <summary>How many times it can be reached all the same before the fault shows.</summary>
    public int StillReachable { get; set; }

    public bool IsAway
    {
        get => Fault is SqliteException;
        set => Fault = value ? new SqliteException("unable to open database file", SqliteCannotOpen) : null;
    }

    internal IInterceptor[] Interceptors { get; }

    internal IHttpContextAccessor? Requests { get; set; }

    private void Check(DbContext db)
    {
        // The answer of an identity provider comes by GET: OpenID Connect leaves no choice.
        if (Requests?.HttpContext?.Request is not { } request || !HttpMethods.IsGet(request.Method) || request.Path.StartsWithSegments("/signin-oidc", StringComparison.Ordinal))
            return;

        var written = db.ChangeTracker.Entries()
            .Where(entry => entry.State is not (EntityState.Unchanged or EntityState.Detached))
            .Select(entry => entry.Metadata.ClrType)
            .FirstOrDefault(type => !LeftByLooking.Contains(type));
        if (written is not null)
            throw new InvalidOperationException($"GET {request.Path} writes {written.Name}.");
    }

    private sealed class Queries(DatabaseWatch watch) : DbCommandInterceptor
    {
        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            watch.Asked.Enqueue(command.CommandText);
            return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
        }
    }

    private sealed class Saves(DatabaseWatch watch) : SaveChangesInterceptor
    {
        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            watch.Check(eventData.Context!);
            return base.SavingChangesAsync(eventData, result, cancellationToken);
        }
    }

    private sealed class Connections(DatabaseWatch watch) : DbConnectionInterceptor
    {
        public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
            DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            watch.Fault is { } fault && watch.StillReachable-- <= 0
                ? throw fault
                : base.ConnectionOpeningAsync(connection, eventData, result, cancellationToken);

        // Nobody cuts the power of a test: waiting for the disk would be most of its time.
        public override async Task ConnectionOpenedAsync(
            DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA synchronous=OFF";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
