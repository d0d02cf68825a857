using System.CommandLine;
using PartnerCenter.Data;
using PartnerCenter.Data.Access;

namespace PartnerCenter.Web.Hosting.Commands;

/// <summary><c>trust-tenant</c>: takes the word of a tenant at Entra ID about its people, or does so no longer.</summary>
internal static class TrustTenantCommand
{
    public static Command Create()
    {
        var tenant = new Option<Guid>("--tenant") { Description = "The id of the tenant.", Required = true };
        var organization = new Option<string?>("--organization") { Description = "The key of the organization whose tenant it is; without one, it is that of the company that runs the program." };
        var strangers = new Option<bool?>("--admit-strangers") { Description = "People whom nobody invited become members without a role, who can ask for access; with 'false' no longer. Left out, it stays as it is." };
        var guests = new Option<bool?>("--admit-guests") { Description = "Guests of the tenant may sign in, too; with 'false' no longer. Left out, it stays as it is." };
        var no = new Option<bool>("--no-longer") { Description = "Nobody signs in from this tenant any more." };
        var anyAccount = new Option<bool>("--any-account") { Description = "With --no-longer: members who had to come from this tenant may come with any account again." };
        var command = new Command("trust-tenant", "Lets people of a tenant at Entra ID sign in.") { tenant, organization, strangers, guests, no, anyAccount };
        command.SetAction((parsed, _) => HostCommands.WithDatabaseAsync((db, services) =>
        {
            var changes = services.GetRequiredService<TenantChanges>();
            return parsed.GetValue(no)
                ? EndAsync(changes, parsed.GetRequiredValue(tenant), parsed.GetValue(anyAccount))
                : TrustAsync(db, changes, parsed.GetRequiredValue(tenant), parsed.GetValue(organization), parsed.GetValue(guests), parsed.GetValue(strangers));
        }));
        return command;
    }

    private static async Task TrustAsync(PartnerCenterDb db, TenantChanges changes, Guid tenant, string? organization, bool? guests, bool? strangers)
    {
        if (strangers == true && organization is null)
            throw new StartupException("--admit-strangers needs --organization: of no organization nobody can become a member.");

        int? owner = organization is null ? null : await HostCommands.FindOrganizationAsync(db, organization);
        if (await changes.TrustAsync(tenant, owner, guests, strangers) == TrustOutcome.IsOfSomebodyElse)
            throw new StartupException($"The tenant {tenant} is trusted for somebody else: end that first with --no-longer.");
        Console.WriteLine($"People of the tenant {tenant} can sign in{(organization is null ? "" : $" for '{organization}'")}.");
    }

    private static async Task EndAsync(TenantChanges changes, Guid tenant, bool anyAccount)
    {
        var outcome = await changes.EndAsync(tenant, anyAccount);
        if (outcome == TrustEndOutcome.WasNotTrusted)
            throw new StartupException($"The tenant {tenant} is not trusted.");
        if (outcome == TrustEndOutcome.IsTheOnlyWayIn)
            throw new StartupException($"Members have to come from the tenant {tenant}, and nobody could work any more. With --any-account they may come with any account again.");
        Console.WriteLine($"Nobody signs in from the tenant {tenant} any more.");
    }
}
