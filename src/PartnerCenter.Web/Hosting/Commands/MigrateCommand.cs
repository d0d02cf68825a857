using System.CommandLine;

namespace PartnerCenter.Web.Hosting.Commands;

/// <summary><c>migrate</c>: creates the database, or brings its schema up to date.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Creates the database, or brings its schema up to date.");
        command.SetAction((_, _) => HostCommands.WithAnyDatabaseAsync(async (db, services) =>
        {
            await DatabaseStartup.MigrateAsync(db, services);
            Console.WriteLine("The database is up to date.");
        }));
        return command;
    }
}
