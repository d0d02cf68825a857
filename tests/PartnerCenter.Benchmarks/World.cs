using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Data;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Benchmarks;

/// <summary>A database of its own in a temporary folder, filled to a size.</summary>
internal sealed class World : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("partnercenter-bench-").FullName;

    public World()
    {
        ConnectionString = $"Data Source={Path.Combine(_folder, "bench.db")}";
        Services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(WorkspaceCatalogue.BuiltIn)
            .AddPartnerCenterData(DataSetup.Sqlite, ConnectionString)
            .BuildServiceProvider();
    }

    public string ConnectionString { get; }

    public string MailFolder => Path.Combine(_folder, "mail");

    public ServiceProvider Services { get; }

    public async Task MigrateAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<PartnerCenterDb>().Database.MigrateAsync();
    }

    /// <summary>Adds an organization with everything it can be enrolled in, whose members all have one role.</summary>
    public async Task AddOrganizationAsync(string key, int members, Role role)
    {
        const int batch = 500;
        for (var done = 0; done < members; done += batch)
        {
            await using var scope = Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();
            var now = DateTime.UtcNow;
            var organization = await db.Organizations.SingleOrDefaultAsync(organization => organization.Key == key);
            if (organization is null)
            {
                organization = new Organization(key, key, now);
                foreach (var program in ProgramCatalogue.All)
                    organization.Enroll(program, now);
            }

            for (var number = done; number < Math.Min(done + batch, members); number++)
            {
                var address = string.Create(CultureInfo.InvariantCulture, $"person{number}@{key}.example");
                var membership = new Membership(organization, new Person($"Person {number}", address), now);
                membership.Grant(role, "Benchmark", now);
                // They were members long before anything is measured.
                membership.CaughtUp();
                db.Add(membership);
            }

            await db.SaveChangesAsync();
        }
    }

    /// <summary>Publishes for one role of all organizations; the last ones stay live, the others are history.</summary>
    /// <param name="total">How many communications there are afterwards.</param>
    /// <param name="live">How many of them are still shown.</param>
    /// <param name="role">Whom they are addressed to.</param>
    public async Task AddCommunicationsAsync(int total, int live, Role role)
    {
        await using var scope = Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();
        var (mandatory, recommended) = (KeyOf(CommunicationKind.MandatoryAction), KeyOf(CommunicationKind.RecommendedAction));
        var (transactional, promotional) = (KeyOf(CommunicationKind.TransactionalNotification), KeyOf(CommunicationKind.PromotionalNotification));
        var now = DateTime.UtcNow;
        var addressee = Addressee.Role(role.Key, organizationId: null).Key;

        // A quarter of each kind, in the order of their numbers. What is over is long past its due date, so that no reminder is due for it while something is measured.
        // Row by row through the model would take an hour for a million.
        await db.Database.ExecuteSqlInterpolatedAsync($"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {total})
            INSERT INTO Communications (Id, Workspace, Kind, PublishedAt, PublishedBy, DueAt, Completion, RequiredByAgreement, FanOutCursor, FannedOutAt, Version)
            SELECT i, 'billing', CASE i % 4 WHEN 0 THEN {mandatory} WHEN 1 THEN {recommended} WHEN 2 THEN {transactional} ELSE {promotional} END, {now}, 'Benchmark',
                CASE WHEN i % 4 > 1 THEN NULL WHEN i > {total - live} THEN {now.AddDays(60)} ELSE {now.AddDays(-200)} END, 'Organization', 0, 0, {now}, 0 FROM n
            """);
        await db.Database.ExecuteSqlRawAsync("""
            INSERT INTO CommunicationContents (CommunicationId, Language, Title, Body)
            SELECT Id, 'en', 'Title ' || Id, 'Body of communication ' || Id FROM Communications
            """);
        await db.Database.ExecuteSqlInterpolatedAsync($"""
            INSERT INTO CommunicationTargets (Addressee, CommunicationId, Role, Kind, Workspace, DueAt, Live)
            SELECT {addressee}, Id, {role.Key}, 1 + Id % 4, 'billing', CASE WHEN Id % 4 > 1 THEN {CommunicationTarget.NoDueDate} ELSE datetime({now}, '+' || (Id % 90) || ' days') END, CASE WHEN Id > {total - live} THEN 1 ELSE 0 END FROM Communications
            """);
        await db.Database.ExecuteSqlRawAsync("ANALYZE");
    }

    private static string KeyOf(CommunicationKind kind) => CommunicationPolicy.KeyOf(kind);

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
