using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Data;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;
using SQLitePCL;

namespace PartnerCenter.Tests.Data;

public sealed class GroupCommitTests : IDisposable
{
    private readonly TemporaryDatabase _database = new();

    private readonly List<AsyncServiceScope> _scopes = [];

    public void Dispose()
    {
        foreach (var scope in _scopes)
            scope.Dispose();
        _database.Dispose();
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(32, 1)]
    [InlineData(40, 2)]
    public async Task Saves_that_wait_at_the_same_time_share_a_transaction(int saves, int transactions)
    {
        var seen = new ConcurrentDictionary<object, bool>();
        var waiting = Enumerable.Range(0, saves).Select(NewContextWith).ToList();
        foreach (var db in waiting)
            db.SavedChanges += (_, _) => seen[db.Database.CurrentTransaction!.GetDbTransaction()] = true;

        await SaveTogetherAsync(waiting);

        Assert.Equal((saves, transactions), (await CountAsync(), seen.Count));
    }

    [Fact]
    public async Task A_save_that_fails_takes_back_its_own_changes_and_nobody_elses()
    {
        var changed = NewContextWith(1);
        await changed.SaveChangesAsync();
        var overtaken = NewContext();
        (await overtaken.People.SingleAsync()).CallBy("Too late");
        (await changed.People.SingleAsync()).CallBy("In time");
        await changed.SaveChangesAsync();
        var twice = NewContext();
        twice.AddRange(NewPerson(2), NewPerson(1));
        var (first, last) = (NewContextWith(3), NewContextWith(4));

        var saving = await SaveTogetherAsync([twice, first, overtaken, last], wait: false);

        await Assert.ThrowsAsync<DbUpdateException>(() => saving[0]);
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => saving[2]);
        Assert.Equal(1, await saving[1]);
        Assert.Equal(1, await saving[3]);
        Assert.Equal(["In time", "Person 3", "Person 4"], await _database.QueryAsync(db => db.People.OrderBy(person => person.Id).Select(person => person.Name).ToListAsync()));
    }

    [Fact]
    public async Task A_commit_that_the_engine_refuses_fails_for_all_and_each_can_save_again()
    {
        var isFull = false;
        await OnEveryConnectionAsync(engine => raw.sqlite3_commit_hook(engine, _ => isFull ? 1 : 0, null));
        List<PartnerCenterDb> all = [NewContextWith(1), NewContextWith(2), NewContextWith(3)];
        all[0].SavingChanges += (_, _) => isFull = true;

        var saving = await SaveTogetherAsync(all, wait: false);
        foreach (var save in saving)
            await Assert.ThrowsAsync<SqliteException>(() => save);
        await OnEveryConnectionAsync(engine => raw.sqlite3_commit_hook(engine, null, null));
        var kept = await CountAsync();
        await SaveTogetherAsync(all);

        Assert.Equal((0, 3), (kept, await CountAsync()));
    }

    [Fact]
    public async Task What_ends_the_transaction_fails_for_all_of_them()
    {
        // As a full disk does it in the middle of a statement.
        await NewContext().Database.ExecuteSqlRawAsync(
            "CREATE TRIGGER Full AFTER INSERT ON People WHEN NEW.Name = 'Person 2' BEGIN SELECT RAISE(ROLLBACK, 'full'); END");

        var last = NewContextWith(3);
        var goesOn = false;
        last.SavingChanges += (_, _) => goesOn = true;

        var saving = await SaveTogetherAsync([NewContextWith(1), NewContextWith(2), last], wait: false);
        foreach (var save in saving)
            await Assert.ThrowsAsync<DbUpdateException>(() => save);
        await NewContextWith(4).SaveChangesAsync();

        Assert.Equal((false, 1), (goesOn, await CountAsync()));
    }

    [Fact]
    public async Task Whoever_is_called_off_while_waiting_writes_nothing_and_holds_up_nobody()
    {
        using var calledOff = new CancellationTokenSource();
        var (leaving, staying) = (NewContextWith(1), NewContextWith(2));
        Task<int>? left = null;
        Task<int>? stayed = null;

        await NewContext().InTransactionAsync(async () =>
        {
            left = leaving.SaveChangesAsync(calledOff.Token);
            stayed = staying.SaveChangesAsync();
            await calledOff.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
            return 0;
        });
        await stayed!;

        Assert.Equal(["Person 2"], await _database.QueryAsync(db => db.People.Select(person => person.Name).ToListAsync()));
    }

    [Fact]
    public async Task Whoever_reads_while_saving_writes_by_the_connection_that_is_open()
    {
        var reading = NewContextWith(1);
        await reading.Database.OpenConnectionAsync();

        await SaveTogetherAsync([NewContextWith(2), reading, NewContextWith(3)]);

        Assert.Equal(3, await reading.People.CountAsync());
    }

    [Fact]
    public async Task What_belongs_to_a_request_stays_with_its_save()
    {
        var request = new AsyncLocal<int>();
        ConcurrentBag<(int Wanted, int Seen)> seen = [];
        var all = Enumerable.Range(1, 3).Select(NewContextWith).ToList();
        foreach (var (number, db) in all.Index())
            db.SavingChanges += (_, _) => seen.Add((number, request.Value));

        await NewContext().InTransactionAsync(async () =>
        {
            await Task.Yield();
            foreach (var (number, db) in all.Index())
            {
                request.Value = number;
                _ = db.SaveChangesAsync();
            }

            return 0;
        });
        await NewContextWith(4).SaveChangesAsync();

        Assert.Equal(3, seen.Count);
        Assert.All(seen, save => Assert.Equal(save.Wanted, save.Seen));
    }

    // While somebody has the file, the others queue up.
    private async Task<List<Task<int>>> SaveTogetherAsync(IReadOnlyList<PartnerCenterDb> contexts, bool wait = true)
    {
        List<Task<int>> saving = [];
        await NewContext().InTransactionAsync(() =>
        {
            saving.AddRange(contexts.Select(db => db.SaveChangesAsync()));
            return Task.FromResult(0);
        });
        if (wait)
            await Task.WhenAll(saving);
        return saving;
    }

    // Two are all that these tests ever have open at once; the pool keeps them.
    private async Task OnEveryConnectionAsync(Action<sqlite3> act)
    {
        var (one, other) = (NewContext(), NewContext());
        await one.Database.OpenConnectionAsync();
        await other.Database.OpenConnectionAsync();
        act(((SqliteConnection)one.Database.GetDbConnection()).Handle!);
        act(((SqliteConnection)other.Database.GetDbConnection()).Handle!);
        await one.Database.CloseConnectionAsync();
        await other.Database.CloseConnectionAsync();
    }

    private Task<int> CountAsync() => _database.QueryAsync(db => db.People.CountAsync());

    private PartnerCenterDb NewContextWith(int number)
    {
        var db = NewContext();
        db.Add(NewPerson(number));
        return db;
    }

    private PartnerCenterDb NewContext()
    {
        var scope = _database.Scope();
        _scopes.Add(scope);
        return scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();
    }

    private static Person NewPerson(int number) => new($"Person {number}", $"person-{number}@example.com");
}
