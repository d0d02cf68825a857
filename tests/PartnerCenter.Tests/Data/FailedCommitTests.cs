using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Data;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;
using SQLitePCL;

namespace PartnerCenter.Tests.Data;

public sealed class FailedCommitTests : IDisposable
{
    private readonly TemporaryDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task A_commit_that_fails_ends_neither_the_connection_nor_the_context()
    {
        await using var scope = _database.Scope();
        var db = scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();
        await db.Database.OpenConnectionAsync();
        var engine = ((SqliteConnection)db.Database.GetDbConnection()).Handle;
        db.Add(new Person("Anna", "anna@alpine-cloud.example"));

        // The engine rolls back, as it does when the disk refuses.
        raw.sqlite3_commit_hook(engine, _ => 1, null);
        await Assert.ThrowsAsync<SqliteException>(() => db.SaveChangesAsync());
        raw.sqlite3_commit_hook(engine, null, null);
        var kept = await _database.QueryAsync(fresh => fresh.People.CountAsync());
        await db.SaveChangesAsync();

        Assert.Equal((0, 1), (kept, await _database.QueryAsync(fresh => fresh.People.CountAsync())));
    }
}
