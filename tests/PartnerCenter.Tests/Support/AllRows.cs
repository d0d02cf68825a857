using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;

namespace PartnerCenter.Tests.Support;

/// <summary>Every row that there is, for tests that nothing was written.</summary>
internal static class AllRows
{
    /// <summary>How many rows each table has.</summary>
    public static async Task<Dictionary<string, int>> CountAsync(PartnerCenterDb db)
    {
        var tables = db.Model.GetEntityTypes().Select(type => type.GetTableName()!).Distinct().Order(StringComparer.Ordinal).ToList();
        var counts = new Dictionary<string, int>();
        await db.Database.OpenConnectionAsync();
        foreach (var table in tables)
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"SELECT COUNT(*) FROM \"{table}\"";
            counts[table] = Convert.ToInt32(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
        }

        return counts;
    }
}
