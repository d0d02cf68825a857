using System.CommandLine;
using PartnerCenter.Data;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Mail;

namespace PartnerCenter.Web.Hosting.Commands;

/// <summary><c>recover-organization</c>: gives an organization that nobody can administer any more a new Global admin.</summary>
internal static class RecoverOrganizationCommand
{
    public static Command Create()
    {
        var organization = new Option<string>("--organization") { Description = "The key of the organization.", Required = true };
        var name = new Option<string>("--name") { Description = "The name of the new Global admin.", Required = true };
        var email = new Option<string>("--email") { Description = "The sign-in address of the new Global admin.", Required = true };
        var command = new Command("recover-organization", "Gives an organization without an active Global admin a new one.") { organization, name, email };
        command.SetAction((parsed, _) => HostCommands.WithDatabaseAsync((db, services) => RunAsync(
            db,
            services.GetRequiredService<OrganizationRecovery>(),
            parsed.GetRequiredValue(organization),
            parsed.GetRequiredValue(name),
            parsed.GetRequiredValue(email))));
        return command;
    }

    private static async Task RunAsync(PartnerCenterDb db, OrganizationRecovery recovery, string key, string name, string email)
    {
        if (!MailAddressRule.IsDeliverable(email))
            throw new StartupException($"'{email}' is no mail address that mail can be sent to.");

        var outcome = await recovery.RecoverAsync(await HostCommands.FindOrganizationAsync(db, key), name, email);
        if (outcome == RecoveryOutcome.HasGlobalAdmin)
            throw new StartupException($"'{key}' has an active Global admin, who can add another one on the page User management.");
        if (outcome == RecoveryOutcome.PersonIsDisabled)
            throw new StartupException($"{email} may not sign in to this portal. Name somebody else.");
        Console.WriteLine($"{email} is Global admin of '{key}'. The activity log of the organization says so.");
    }
}
