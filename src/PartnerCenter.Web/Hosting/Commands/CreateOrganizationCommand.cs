using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Web.Hosting.Commands;

/// <summary><c>create-organization</c>: adds a partner with its first Global admin.</summary>
internal static class CreateOrganizationCommand
{
    public static Command Create()
    {
        var key = new Option<string>("--key") { Description = "Its part of every address: lower-case letters, digits and hyphens.", Required = true };
        var name = new Option<string>("--name") { Description = "Its name as people read it.", Required = true };
        var adminName = new Option<string>("--admin-name") { Description = "The name of its first Global admin.", Required = true };
        var adminEmail = new Option<string>("--admin-email") { Description = "The sign-in address of its first Global admin.", Required = true };
        var command = new Command("create-organization", "Adds an organization with its first Global admin.") { key, name, adminName, adminEmail };
        command.SetAction((parsed, _) => HostCommands.WithDatabaseAsync((db, services) => RunAsync(
            db,
            services,
            services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime,
            parsed.GetRequiredValue(key),
            parsed.GetRequiredValue(name),
            parsed.GetRequiredValue(adminName),
            parsed.GetRequiredValue(adminEmail))));
        return command;
    }

    private static async Task RunAsync(
        PartnerCenterDb db, IServiceProvider services, DateTime now, string key, string name, string adminName, string adminEmail)
    {
        if (!Organization.IsValidKey(key))
            throw new StartupException($"'{key}' cannot stand in an address: use 2 to 64 lower-case letters, digits and hyphens, starting with a letter.");
        if (await db.Organizations.AnyAsync(organization => organization.Key == key))
            throw new StartupException($"There is an organization '{key}' already.");

        var membership = new Membership(new Organization(key, name, now), await PersonToAdd.FindOrCreateAsync(db, adminName, adminEmail), now);
        membership.Grant(RoleCatalogue.GlobalAdmin, PersonToAdd.GrantedByHost, now);
        db.Add(membership);
        await db.SaveChangesAsync();
        Console.WriteLine($"Created the organization '{key}' with {adminEmail} as its Global admin. Enroll it in a program next.");
        await SignInLinkCommand.PrintForNewAsync(db, membership.Person, services);
    }
}
