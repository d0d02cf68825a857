using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using PartnerCenter.Data;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Data;

/// <summary>What SQL Server would refuse and SQLite lets pass: no server is needed to see it.</summary>
public sealed class SqlServerModelTests : IDisposable
{
    private const int WidestIndex = 1700;
    private const int WidestPrimaryKey = 900;

    private readonly PartnerCenterDb _db = UnconnectedDb.For(DataSetup.SqlServer);

    public void Dispose() => _db.Dispose();

    [Fact]
    public void Deleting_a_row_deletes_no_other_on_its_own()
    {
        var cascades = _db.Model.GetEntityTypes()
            .SelectMany(entity => entity.GetForeignKeys())
            .Where(key => key.DeleteBehavior is DeleteBehavior.Cascade or DeleteBehavior.SetNull)
            .Select(key => key.GetConstraintName());

        var script = _db.GetService<IMigrator>().GenerateScript();

        Assert.Empty(cascades);
        Assert.Contains("FOREIGN KEY", script, StringComparison.Ordinal);
        Assert.DoesNotContain("ON DELETE CASCADE", script, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("ON DELETE SET NULL", script, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Every_key_and_index_is_narrow_enough()
    {
        var tooWide =
            from entity in _db.Model.GetEntityTypes()
            from index in entity.GetIndexes().Select(index => (Name: index.GetDatabaseName(), index.Properties, Most: WidestIndex))
                .Concat(entity.GetKeys().Select(key => (Name: key.GetName()!, key.Properties, Most: WidestPrimaryKey)))
            let bytes = index.Properties.Sum(BytesOf)
            where bytes > index.Most
            select $"{index.Name}: {bytes} bytes";

        Assert.Empty(tooWide);
    }

    [Fact]
    public void Only_bodies_and_keys_of_the_key_ring_have_no_limit_of_length()
    {
        var unlimited =
            from entity in _db.Model.GetEntityTypes()
            from property in entity.GetProperties()
            where property.GetColumnType() == "nvarchar(max)"
            select $"{entity.ClrType.Name}.{property.Name}";

        Assert.Equal(
            ["CommunicationContent.Body", "DataProtectionKey.Xml", "OutboxMail.HtmlBody", "OutboxMail.TextBody"],
            unlimited.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Both_engines_have_the_same_tables_and_columns()
    {
        using var sqlite = UnconnectedDb.For(DataSetup.Sqlite);

        Assert.Equal(ColumnsOf(_db), ColumnsOf(sqlite));
    }

    private static IEnumerable<string> ColumnsOf(PartnerCenterDb db) =>
        from entity in db.Model.GetEntityTypes()
        from property in entity.GetProperties()
        orderby entity.Name, property.Name
        select $"{entity.GetTableName()}.{property.GetColumnBaseName()}";

    private static int BytesOf(IProperty property) => property.GetColumnType() switch
    {
        var type when type.StartsWith("nvarchar(", StringComparison.Ordinal) => property.GetMaxLength() is { } length ? 2 * length : int.MaxValue / 8,
        "datetime2" or "bigint" => 8,
        "int" => 4,
        "bit" => 1,
        var type => throw new InvalidOperationException($"How wide is {type}?"),
    };
}
