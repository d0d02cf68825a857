using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Data;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Tests.Support;

/// <summary>A migrated SQLite file of its own for one test, reached through the registrations that the portal uses.</summary>
public sealed class TemporaryDatabase : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("partnercenter-");
    private readonly ServiceProvider _services;

    /// <param name="workspaces">The workspaces of the portal; the built-in ones if none are given.</param>
    public TemporaryDatabase(WorkspaceCatalogue? workspaces = null)
    {
        File = Path.Combine(_folder.FullName, "portal.db");
        PreparedDatabase.WriteEmptyTo(File);
        _services = new ServiceCollection()
            .AddPartnerCenterData(DataSetup.Sqlite, ConnectionString)
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton(workspaces ?? WorkspaceCatalogue.BuiltIn)
            .BuildServiceProvider(validateScopes: true);
        Scenario = new Scenario(_services);
    }

    public FixedTime Time { get; } = new();

    public string File { get; }

    public string ConnectionString => $"Data Source={File}";

    public IServiceProvider Services => _services;

    /// <summary>Arranges what a test starts from.</summary>
    public Scenario Scenario { get; }

    /// <summary>What this member finds in the portal.</summary>
    public MemberView As(Membership membership) => new(this, membership);

    /// <summary>What one request has: a context and whatever works on it.</summary>
    public AsyncServiceScope Scope() => _services.CreateAsyncScope();

    /// <summary>Looks something up in a scope of its own, so that it comes from the file and not from an earlier step's memory.</summary>
    public async Task<T> QueryAsync<T>(Func<PartnerCenterDb, Task<T>> query)
    {
        await using var scope = Scope();
        return await query(scope.ServiceProvider.GetRequiredService<PartnerCenterDb>());
    }

    /// <summary>Does something in a scope of its own with one of the registered classes.</summary>
    public async Task<T> WithAsync<TSubject, T>(Func<TSubject, Task<T>> act)
        where TSubject : notnull
    {
        await using var scope = Scope();
        return await act(scope.ServiceProvider.GetRequiredService<TSubject>());
    }

    public void Dispose()
    {
        _services.Dispose();
        using (var connection = new SqliteConnection(ConnectionString))
            SqliteConnection.ClearPool(connection);
        _folder.Delete(recursive: true);
    }
}
