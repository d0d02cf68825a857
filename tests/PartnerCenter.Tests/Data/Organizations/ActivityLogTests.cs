using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Data.Organizations;

public sealed class ActivityLogTests : IAsyncLifetime, IDisposable
{
    private const int Entries = 6;

    private readonly TemporaryDatabase _database = new();
    private Organization _alpine = null!;

    public async Task InitializeAsync()
    {
        _alpine = await _database.Scenario.OrganizationAsync();
        for (var i = 1; i <= Entries; i++)
            await RecordAsync(_alpine, $"The name {i}");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task A_log_that_nobody_touched_is_as_it_was_written()
    {
        var state = await VerifyAsync();

        Assert.Equal((Entries, null), (state.Entries, state.FirstAltered));
        Assert.Equal(await _database.QueryAsync(db => db.Organizations.Select(organization => organization.AuditHead).SingleAsync()), state.Head);
    }

    [Fact]
    public async Task An_empty_log_is_as_it_should_be()
    {
        var lowland = await _database.Scenario.OrganizationAsync("lowland-digital");

        var state = await VerifyAsync(lowland);

        Assert.Equal(new ActivityLogState(0, Head: null, FirstAltered: null), state);
    }

    [Theory]
    [InlineData("UPDATE AuditEntries SET After = 'Something else' WHERE Number = 3", 3)]
    [InlineData("UPDATE AuditEntries SET Actor = 'Somebody else' WHERE Number = 1", 1)]
    [InlineData("UPDATE AuditEntries SET At = '2020-01-01 00:00:00' WHERE Number = 6", 6)]
    [InlineData("UPDATE AuditEntries SET Action = 'RoleGranted' WHERE Number = 2", 2)]
    [InlineData("UPDATE AuditEntries SET \"From\" = '192.0.2.1' WHERE Number = 4", 4)]
    [InlineData("DELETE FROM AuditEntries WHERE Number = 1", 1)]
    [InlineData("DELETE FROM AuditEntries WHERE Number = 4", 4)]
    [InlineData("DELETE FROM AuditEntries WHERE Number = 6", 6)]
    [InlineData("DELETE FROM AuditEntries WHERE Number > 3", 4)]
    [InlineData("DELETE FROM AuditEntries", 1)]
    public async Task What_was_altered_is_named(string sql, int first)
    {
        await InSqlAsync(sql);

        var state = await VerifyAsync();

        Assert.Equal(first, state.FirstAltered);
    }

    [Fact]
    public async Task Two_entries_that_changed_places_are_named()
    {
        await InSqlAsync(
            "UPDATE AuditEntries SET Number = -1 WHERE Number = 2",
            "UPDATE AuditEntries SET Number = 2 WHERE Number = 3",
            "UPDATE AuditEntries SET Number = 3 WHERE Number = -1");

        Assert.Equal(2, (await VerifyAsync()).FirstAltered);
    }

    [Fact]
    public async Task An_entry_that_somebody_put_at_the_end_is_named()
    {
        await InSqlAsync(
            "INSERT INTO AuditEntries (OrganizationId, Number, At, Action, Actor, Hash) "
            + "SELECT OrganizationId, 7, At, Action, Actor, Hash FROM AuditEntries WHERE Number = 6");

        Assert.Equal(7, (await VerifyAsync()).FirstAltered);
    }

    [Fact]
    public async Task An_alteration_in_one_organization_says_nothing_about_another()
    {
        var lowland = await _database.Scenario.OrganizationAsync("lowland-digital");
        await RecordAsync(lowland, "Lowland");
        await InSqlAsync($"DELETE FROM AuditEntries WHERE OrganizationId = {_alpine.Id}");

        Assert.Null((await VerifyAsync(lowland)).FirstAltered);
    }

    [Fact]
    public async Task The_portal_itself_refuses_to_change_or_delete_an_entry()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _database.QueryAsync(async db =>
        {
            var entry = await db.AuditEntries.FirstAsync();
            db.Entry(entry).Property(row => row.After).CurrentValue = "Something else";
            return await db.SaveChangesAsync();
        }));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _database.QueryAsync(async db =>
        {
            db.Remove(await db.AuditEntries.FirstAsync());
            return await db.SaveChangesAsync();
        }));

        Assert.Null((await VerifyAsync()).FirstAltered);
    }

    [Fact]
    public async Task Changes_at_the_same_instant_make_one_chain()
    {
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => RecordAsync(_alpine, $"At once {i}"))));

        var state = await VerifyAsync();

        Assert.Equal((Entries + 12, null), (state.Entries, state.FirstAltered));
    }

    private Task RecordAsync(Organization organization, string name) => _database.WithAsync<OrganizationChanges, bool>(changes =>
        changes.RunAsync(organization.Id, Actor.Portal, change =>
        {
            change.Record(AuditAction.OrganizationRenamed, after: name);
            return Task.FromResult(true);
        }));

    private Task<ActivityLogState> VerifyAsync(Organization? organization = null) =>
        _database.WithAsync<ActivityLog, ActivityLogState>(log => log.VerifyAsync((organization ?? _alpine).Id));

    // What somebody with access to the file can do.
    private Task<bool> InSqlAsync(params string[] statements) => _database.QueryAsync(async db =>
    {
        foreach (var statement in statements)
            await db.Database.ExecuteSqlRawAsync(statement);
        return true;
    });
}
