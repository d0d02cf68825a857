using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Data;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Data;

public sealed class ConcurrencyTests : IDisposable
{
    private readonly TemporaryDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Of_two_who_change_the_same_row_the_second_is_told()
    {
        var organization = await _database.Scenario.OrganizationAsync();
        await using var scope = _database.Scope();
        await using var other = _database.Scope();
        var first = scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();
        var second = other.ServiceProvider.GetRequiredService<PartnerCenterDb>();
        (await first.Organizations.SingleAsync()).Suspend();
        (await second.Organizations.SingleAsync()).Suspend();
        await first.SaveChangesAsync();

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => second.SaveChangesAsync());

        var saved = await _database.QueryAsync(db => db.Organizations.SingleAsync());
        Assert.Equal(organization.Version + 1, saved.Version);
    }

    [Fact]
    public async Task Each_change_raises_the_version_by_one_and_reading_does_not()
    {
        await _database.Scenario.PersonAsync();
        await using var scope = _database.Scope();
        var db = scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();
        var person = await db.People.SingleAsync();

        foreach (var language in new[] { "nl", "nl", "en" })
        {
            person.ReadIn(language);
            await db.SaveChangesAsync();
        }

        // The second time nothing changed.
        Assert.Equal(2, (await _database.QueryAsync(fresh => fresh.People.SingleAsync())).Version);
    }

    [Fact]
    public async Task A_row_that_is_gone_cannot_be_changed()
    {
        await _database.Scenario.PersonAsync();
        await using var scope = _database.Scope();
        var db = scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();
        var person = await db.People.SingleAsync();
        await _database.QueryAsync(async other =>
        {
            other.Remove(await other.People.SingleAsync());
            return await other.SaveChangesAsync();
        });
        person.Disable();

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync());
    }

    [Theory]
    [InlineData(DataSetup.Sqlite)]
    [InlineData(DataSetup.SqlServer)]
    public void Every_version_is_checked_by_both_engines(string engine)
    {
        using var db = UnconnectedDb.For(engine);

        var versions = db.Model.GetEntityTypes().Select(entity => entity.FindProperty("Version")).OfType<IProperty>().ToList();

        Assert.Equal(
            ["AccessRequest", "AccessReview", "Communication", "ContactVerification", "FeedLink", "HandOver", "JobLease", "LocalAccount", "MemberState", "Membership", "Organization", "OutboxMail", "PasswordReset", "Person", "ReminderRound", "SignInAttempts", "SupportRequest", "TrustedTenant"],
            versions.Select(version => version.DeclaringEntityType.ClrType.Name).Order(StringComparer.Ordinal));
        Assert.All(versions, version => Assert.True(version.IsConcurrencyToken));
    }

    [Fact]
    public async Task Times_come_back_as_utc()
    {
        var organization = await _database.Scenario.OrganizationAsync();

        var saved = await _database.QueryAsync(db => db.Set<Organization>().SingleAsync());

        Assert.Equal(organization.CreatedAt, saved.CreatedAt);
        Assert.Equal(DateTimeKind.Utc, saved.CreatedAt.Kind);
    }
}
