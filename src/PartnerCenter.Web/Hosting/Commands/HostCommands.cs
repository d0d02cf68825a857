using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;

namespace PartnerCenter.Web.Hosting.Commands;

/// <summary>
/// What an administrator of the machine does with the same executable: bringing up a portal from nothing. Settings come from
/// configuration files and the environment. Exit codes: 0 done, 1 refused, 2 wrong usage.
/// </summary>
public static class HostCommands
{
    private const int Refused = 1;
    private const int WrongUsage = 2;

    private static readonly RootCommand Root = new("PartnerCenter: without a command it starts the portal.")
    {
        MigrateCommand.Create(),
        CreateOrganizationCommand.Create(),
        EnrollCommand.Create(),
        CreateOperatorCommand.Create(),
        CreateApiKeyCommand.Create(),
        RecoverOrganizationCommand.Create(),
        ImportPreferencesCommand.Create(),
        VerifyActivityLogCommand.Create(),
        TrustTenantCommand.Create(),
        SignInLinkCommand.Create(),
    };

    public static bool AreMeantBy(string[] args) =>
        args is [var first, ..] && (first is "--help" or "-h" or "--version" || !first.StartsWith('-'));

    public static async Task<int> RunAsync(string[] args)
    {
        var command = Root.Parse(args);
        if (command.Errors.Count == 0)
            return await command.InvokeAsync();

        foreach (var error in command.Errors)
            await Console.Error.WriteLineAsync(error.Message);
        await Console.Error.WriteLineAsync("Add --help to see what the command takes.");
        return WrongUsage;
    }

    /// <summary>Runs the work of a command on the configured database, whose schema must be up to date.</summary>
    /// <param name="work">What the command does.</param>
    internal static Task<int> WithDatabaseAsync(Func<PartnerCenterDb, IServiceProvider, Task> work) => WithAnyDatabaseAsync(async (db, services) =>
    {
        await DatabaseStartup.RequireMigratedAsync(db);
        await work(db, services);
    });

    /// <returns>The id of the organization that a command names.</returns>
    /// <exception cref="StartupException">There is none with that key.</exception>
    internal static async Task<int> FindOrganizationAsync(PartnerCenterDb db, string key) =>
        await db.Organizations.Where(organization => organization.Key == key).Select(organization => (int?)organization.Id).SingleOrDefaultAsync()
            ?? throw new StartupException($"There is no organization '{key}'.");

    /// <summary>Runs the work of a command on the configured database and turns what went wrong into one sentence.</summary>
    /// <param name="work">What the command does.</param>
    internal static async Task<int> WithAnyDatabaseAsync(Func<PartnerCenterDb, IServiceProvider, Task> work)
    {
        try
        {
            var builder = WebApplication.CreateBuilder();
            builder.Logging.ClearProviders();
            builder.AddPortalServices(GuardedStart.Command);
            await using var app = builder.Build();
            await using var scope = app.Services.CreateAsyncScope();
            await work(scope.ServiceProvider.GetRequiredService<PartnerCenterDb>(), scope.ServiceProvider);
            return 0;
        }
        catch (Exception fault) when (StartupFault.Explain(fault) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence);
            return Refused;
        }
    }
}
