using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using PartnerCenter.Data;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Data;

public sealed class MigrationTests
{
    [Theory]
    [InlineData(DataSetup.Sqlite)]
    [InlineData(DataSetup.SqlServer)]
    public void The_model_has_no_change_without_a_migration(string engine)
    {
        using var db = UnconnectedDb.For(engine);
        var snapshot = db.GetService<IModelRuntimeInitializer>().Initialize(
            ((IMutableModel)db.GetService<IMigrationsAssembly>().ModelSnapshot!.Model).FinalizeModel(), designTime: true, validationLogger: null);
        var model = db.GetService<IDesignTimeModel>().Model;

        var missing = db.GetService<IMigrationsModelDiffer>().GetDifferences(snapshot.GetRelationalModel(), model.GetRelationalModel());

        Assert.True(missing.Count == 0, $"Run src/PartnerCenter.Data/add-migration.sh: {string.Join(", ", missing.Select(operation => operation.GetType().Name))}.");
    }

    [Fact]
    public void Both_engines_have_the_same_migrations_in_the_same_order()
    {
        var sqlite = NamesOf(DataSetup.Sqlite);
        var sqlServer = NamesOf(DataSetup.SqlServer);

        Assert.NotEmpty(sqlite);
        Assert.Equal(sqlite, sqlServer);
    }

    [Theory]
    [InlineData(DataSetup.Sqlite, MigrationsSqlGenerationOptions.Default)]
    [InlineData(DataSetup.SqlServer, MigrationsSqlGenerationOptions.Idempotent)]
    public void A_script_of_all_migrations_makes_every_table(string engine, MigrationsSqlGenerationOptions options)
    {
        using var db = UnconnectedDb.For(engine);

        var script = db.GetService<IMigrator>().GenerateScript(options: options);

        var tables = db.Model.GetEntityTypes().Select(entity => entity.GetTableName()!).Distinct();
        Assert.All(tables, table => Assert.Matches($"""CREATE TABLE ["\[]{table}["\]]""", script));
    }

    [Theory]
    [InlineData(DataSetup.Sqlite)]
    [InlineData(DataSetup.SqlServer)]
    public void Every_migration_can_be_taken_back(string engine)
    {
        using var db = UnconnectedDb.For(engine);

        var script = db.GetService<IMigrator>().GenerateScript(fromMigration: db.Database.GetMigrations().Last(), toMigration: Migration.InitialDatabase);

        var tables = db.Model.GetEntityTypes().Select(entity => entity.GetTableName()!).Distinct();
        Assert.All(tables, table => Assert.Matches($"""DROP TABLE ["\[]{table}["\]]""", script));
    }

    [Fact]
    public async Task A_fresh_file_is_up_to_date_after_migrating()
    {
        using var database = new TemporaryDatabase();

        var pending = await database.QueryAsync(db => db.Database.GetPendingMigrationsAsync());

        Assert.Empty(pending);
    }

    // Without the time stamp in front, which the tool takes from the clock.
    private static IEnumerable<string> NamesOf(string engine)
    {
        using var db = UnconnectedDb.For(engine);
        return [.. db.Database.GetMigrations().Select(id => id[(id.IndexOf('_', StringComparison.Ordinal) + 1)..])];
    }
}
