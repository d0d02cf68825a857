using System.CommandLine;
using PartnerCenter.Data;

namespace PartnerCenter.Web.Hosting.Commands;

/// <summary><c>create-operator</c>: lets somebody run the program.</summary>
internal static class CreateOperatorCommand
{
    public static Command Create()
    {
        var name = new Option<string>("--name") { Description = "The name of the person.", Required = true };
        var email = new Option<string>("--email") { Description = "The sign-in address of the person.", Required = true };
        var command = new Command("create-operator", "Lets somebody publish to partners and watch delivery.") { name, email };
        command.SetAction((parsed, _) => HostCommands.WithDatabaseAsync((db, services) =>
            RunAsync(db, services, parsed.GetRequiredValue(name), parsed.GetRequiredValue(email))));
        return command;
    }

    private static async Task RunAsync(PartnerCenterDb db, IServiceProvider services, string name, string email)
    {
        var person = await PersonToAdd.FindOrCreateAsync(db, name, email);
        person.MakeOperator();
        await db.SaveChangesAsync();
        Console.WriteLine($"{email} is an operator of the program.");
        await SignInLinkCommand.PrintForNewAsync(db, person, services);
    }
}
