using Microsoft.EntityFrameworkCore;

namespace PartnerCenter.Data.Engines;

/// <summary>The database server that many instances of the portal share.</summary>
public sealed class SqlServerPartnerCenterDb(DbContextOptions<SqlServerPartnerCenterDb> options) : PartnerCenterDb(options);
