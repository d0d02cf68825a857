using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace PartnerCenter.Data.Engines;

/// <summary>Lets the migration tool build the model without starting the portal.</summary>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqlitePartnerCenterDb>
{
    public SqlitePartnerCenterDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqlitePartnerCenterDb>().UseSqlite("Data Source=:memory:").Options);
}

/// <summary>Lets the migration tool build the model without a server.</summary>
internal sealed class SqlServerDesignTimeFactory : IDesignTimeDbContextFactory<SqlServerPartnerCenterDb>
{
    public SqlServerPartnerCenterDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqlServerPartnerCenterDb>().UseSqlServer("Server=none;Encrypt=True").Options);
}
