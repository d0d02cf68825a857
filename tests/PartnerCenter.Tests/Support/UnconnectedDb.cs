using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Engines;

namespace PartnerCenter.Tests.Support;

/// <summary>Contexts that know their engine but never open a connection: for questions about the model and its scripts.</summary>
public static class UnconnectedDb
{
    public static PartnerCenterDb For(string engine) => engine switch
    {
        DataSetup.Sqlite => new SqlitePartnerCenterDb(
            new DbContextOptionsBuilder<SqlitePartnerCenterDb>().UseSqlite("Data Source=:memory:").Options),
        DataSetup.SqlServer => new SqlServerPartnerCenterDb(
            new DbContextOptionsBuilder<SqlServerPartnerCenterDb>().UseSqlServer("Server=nowhere;Encrypt=True").Options),
        _ => throw new ArgumentOutOfRangeException(nameof(engine), engine, "There is no such engine."),
    };
}
