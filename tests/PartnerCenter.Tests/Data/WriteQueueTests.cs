using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Data;
using PartnerCenter.Data.Engines;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Data;

public sealed class WriteQueueTests : IDisposable
{
    private const int Writers = 32;

    private readonly TemporaryDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Many_who_write_at_once_all_get_their_turn()
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writers = Enumerable.Range(0, Writers).Select(number => Task.Run(async () =>
        {
            await start.Task;
            await using var scope = _database.Scope();
            var db = scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();
            db.Add(NewPerson(number));
            await db.SaveChangesAsync();
        })).ToList();

        start.SetResult();
        await Task.WhenAll(writers);

        Assert.Equal(Writers, await _database.QueryAsync(db => db.People.CountAsync()));
    }

    [Fact]
    public async Task Whoever_waits_for_a_turn_holds_no_connection()
    {
        await using var scope = _database.Scope();
        await using var other = _database.Scope();
        var first = scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();
        var second = other.ServiceProvider.GetRequiredService<PartnerCenterDb>();
        var inside = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var finish = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var writing = first.InTransactionAsync(async () =>
        {
            first.Add(NewPerson(1));
            await first.SaveChangesAsync();
            inside.SetResult();
            await finish.Task;
            return 0;
        });
        await inside.Task;
        second.Add(NewPerson(2));
        var waiting = second.SaveChangesAsync();

        Assert.False(waiting.IsCompleted);
        Assert.Equal(ConnectionState.Closed, second.Database.GetDbConnection().State);
        finish.SetResult();
        await writing;
        await waiting;
        Assert.Equal(2, await _database.QueryAsync(db => db.People.CountAsync()));
    }

    [Fact]
    public async Task Whoever_can_be_called_off_and_waits_for_a_turn_as_long_as_for_an_answer_is_told_that_the_database_is_away()
    {
        await using var scope = _database.Scope();
        await using var other = _database.Scope();
        var first = scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();
        var second = other.ServiceProvider.GetRequiredService<PartnerCenterDb>();
        second.Database.SetCommandTimeout(1);
        second.Add(NewPerson(1));
        using var calledOff = new CancellationTokenSource();

        var fault = await first.InTransactionAsync(() => Assert.ThrowsAsync<DbUpdateException>(() => second.SaveChangesAsync(calledOff.Token)));
        await second.SaveChangesAsync();

        Assert.True(fault.IsDatabaseAway());
        Assert.Equal(1, await _database.QueryAsync(db => db.People.CountAsync()));
    }

    [Fact]
    public async Task Several_saves_in_one_transaction_count_together_or_not_at_all()
    {
        await using var scope = _database.Scope();
        var db = scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();

        await Assert.ThrowsAsync<TimeoutException>(() => db.InTransactionAsync<int>(async () =>
        {
            db.Add(NewPerson(1));
            await db.SaveChangesAsync();
            throw new TimeoutException("Something between the two saves failed.");
        }));

        Assert.Equal(0, await _database.QueryAsync(fresh => fresh.People.CountAsync()));
    }

    [Fact]
    public async Task A_write_that_fails_holds_up_nobody_behind_it()
    {
        await using var scope = _database.Scope();
        var db = scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();
        db.AddRange(NewPerson(1), NewPerson(1));
        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
        db.ChangeTracker.Clear();

        db.Add(NewPerson(1));
        await db.SaveChangesAsync();

        Assert.Equal(1, await _database.QueryAsync(fresh => fresh.People.CountAsync()));
    }

    [Fact]
    public async Task Saving_without_waiting_for_a_turn_is_refused()
    {
        await using var scope = _database.Scope();
        var db = scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();
        db.Add(NewPerson(1));

        // The one that is tried is the one that must not be used.
#pragma warning disable MA0042, CA1849
        Assert.Throws<NotSupportedException>(() => db.SaveChanges());
#pragma warning restore MA0042, CA1849

        Assert.Equal(0, await _database.QueryAsync(fresh => fresh.People.CountAsync()));
    }

    [Theory]
    [InlineData("journal_mode", "wal")]
    [InlineData("synchronous", "2")]
    [InlineData("foreign_keys", "1")]
    [InlineData("busy_timeout", "30000")]
    public async Task Every_connection_has_the_settings_that_sqlite_forgets(string pragma, string value)
    {
        await using var scope = _database.Scope();
        var db = scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"PRAGMA {pragma}";

        var setting = await command.ExecuteScalarAsync();

        Assert.Equal(value, setting?.ToString());
    }

    private static Person NewPerson(int number) => new($"Person {number}", $"person-{number}@example.com");
}
