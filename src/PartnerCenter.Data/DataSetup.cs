using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Data.Access;
using PartnerCenter.Data.Communications;
using PartnerCenter.Data.Engines;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Data.Preferences;
using PartnerCenter.Data.Privacy;
using PartnerCenter.Data.Support;

namespace PartnerCenter.Data;

/// <summary>Chooses the database engine and registers what reads and writes it.</summary>
public static class DataSetup
{
    public const string Sqlite = "Sqlite";
    public const string SqlServer = "SqlServer";

    // Two uses of one context at once are a mistake that tests find; looking out for it with every row that is read costs each page.
    private const bool IsDebugBuild =
#if DEBUG
        true;
#else
        false;
#endif

    /// <param name="services">Where it is registered.</param>
    /// <param name="provider"><see cref="Sqlite"/> or <see cref="SqlServer"/>.</param>
    /// <param name="connectionString">For SQLite, <c>Data Source=</c> with the path of a file.</param>
    /// <exception cref="ArgumentException">There is no such provider.</exception>
    public static IServiceCollection AddPartnerCenterData(this IServiceCollection services, string provider, string connectionString)
    {
        switch (provider)
        {
            case Sqlite:
                services.AddDbContextPool<PartnerCenterDb, SqlitePartnerCenterDb>(options => options
                    .UseSqlite(connectionString, sqlite => sqlite.UseQuerySplittingBehavior(QuerySplittingBehavior.SingleQuery))
                    .EnableThreadSafetyChecks(IsDebugBuild)
                    .AddInterceptors(new SqliteConnectionSettings(), new SqliteFailedCommits()));
                break;
            case SqlServer:
                services.AddDbContextPool<PartnerCenterDb, SqlServerPartnerCenterDb>(options => options
                    .UseSqlServer(connectionString, server => server.EnableRetryOnFailure().UseQuerySplittingBehavior(QuerySplittingBehavior.SingleQuery))
                    .EnableThreadSafetyChecks(IsDebugBuild));
                break;
            default:
                throw new ArgumentException($"Database:Provider is '{provider}'; it must be {Sqlite} or {SqlServer}.", nameof(provider));
        }

        services.AddScoped<Visibility>();
        services.AddScoped<CommunicationVerbs>();
        services.AddScoped<MailVerbs>();
        services.AddScoped<MailEvents>();
        services.AddScoped<PreferenceImport>();
        services.AddScoped<TestMails>();
        services.AddScoped<Directories>();
        services.AddScoped<FeedLinks>();
        services.AddScoped<Coverage>();
        services.AddScoped<Publisher>();
        services.AddScoped<Expiry>();
        services.AddScoped<ArchiveRetention>();
        services.AddScoped<TenantChanges>();
        services.AddScoped<SignInTries>();
        services.AddScoped<AccountEvents>();
        services.AddScoped<OrganizationChanges>();
        services.AddScoped<MemberChanges>();
        services.AddScoped<MemberImport>();
        services.AddScoped<RoleChanges>();
        services.AddScoped<SessionEndings>();
        services.AddScoped<AccessRequests>();
        services.AddScoped<ActivityLog>();
        services.AddScoped<AccessReviews>();
        services.AddScoped<AccessDeadlines>();
        services.AddScoped<ProgramChanges>();
        services.AddScoped<ProfileChanges>();
        services.AddScoped<OrganizationRecovery>();
        services.AddScoped<ContactChanges>();
        services.AddScoped<OptOutChanges>();
        services.AddScoped<SupportRequests>();
        services.AddScoped<PersonalData>();
        services.AddScoped<Erasure>();
        services.AddScoped<DataDownloads>();
        return services;
    }

    /// <summary>A SQLite connection string whose file is named from the root, whatever folder the process runs in.</summary>
    public static string WithFullPath(string connectionString, string folder) => SqliteFile(connectionString) is { } file
        ? new SqliteConnectionStringBuilder(connectionString) { DataSource = Path.GetFullPath(file, folder) }.ToString()
        : connectionString;

    /// <summary>The file of a SQLite connection string, or null if it lives in memory.</summary>
    public static string? SqliteFile(string connectionString)
    {
        var settings = new SqliteConnectionStringBuilder(connectionString);
        return settings.Mode == SqliteOpenMode.Memory || settings.DataSource is ":memory:" or "" ? null : settings.DataSource;
    }
}
