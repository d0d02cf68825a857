using Microsoft.Data.SqlClient;
using PartnerCenter.Data;

namespace PartnerCenter.Web.Hosting;

/// <summary>Which database the portal uses.</summary>
/// <param name="Provider">One of those that <see cref="DataSetup"/> knows.</param>
/// <param name="ConnectionString">For SQLite, with the full path of the file.</param>
/// <param name="MigrateOnStart">Whether a start brings the schema up to date; otherwise <c>migrate</c> does.</param>
public sealed record DatabaseSettings(string Provider, string ConnectionString, bool MigrateOnStart)
{
    /// <exception cref="StartupException">There is no such provider, or the connection is not named.</exception>
    public static DatabaseSettings From(IConfiguration configuration, IHostEnvironment environment)
    {
        var provider = configuration["Database:Provider"] ?? DataSetup.Sqlite;
        if (provider is not (DataSetup.Sqlite or DataSetup.SqlServer))
            throw new StartupException($"Database:Provider is '{provider}'; it must be {DataSetup.Sqlite} or {DataSetup.SqlServer}.");

        var connection = configuration.GetConnectionString("PartnerCenter");
        if (string.IsNullOrWhiteSpace(connection))
            throw new StartupException("ConnectionStrings:PartnerCenter is not set; it names the database.");

        return new DatabaseSettings(
            provider,
            Checked(provider, connection, environment.ContentRootPath),
            configuration.GetValue("Database:MigrateOnStart", false));
    }

    private static string Checked(string provider, string connection, string folder)
    {
        try
        {
            return provider == DataSetup.Sqlite
                ? DataSetup.WithFullPath(connection, folder)
                : new SqlConnectionStringBuilder(connection).ConnectionString;
        }
        catch (ArgumentException fault)
        {
            throw new StartupException($"ConnectionStrings:PartnerCenter cannot be read: {fault.Message}", fault);
        }
    }
}
