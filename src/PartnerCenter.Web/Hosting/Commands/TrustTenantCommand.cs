using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Domain.Access;

namespace PartnerCenter.Web.Hosting.Commands;

/// <summary><c>trust-tenant</c>: takes the word of a tenant at Entra ID about its people, or does so no longer.</summary>
internal static class TrustTenantCommand
{
    public static Command Create()
    {
        var tenant = new Option<Guid>("--tenant") { Description = "The id of the tenant.", Required = true };
        var organization = new Option<string?>("--organization") { Description = "The key of the organization whose tenant it is; without one, it is that of the company that runs the program." };
        var strangers = new Option<bool>("--admit-strangers") { Description = "People whom nobody invited become members without a role, who can ask for access." };
        var guests = new Option<bool>("--admit-guests") { Description = "Guests of the tenant may sign in, too." };
        var no = new Option<bool>("--no-longer") { Description = "Nobody signs in from this tenant any more." };
        var command = new Command("trust-tenant", "Lets people of a tenant at Entra ID sign in.") { tenant, organization, strangers, guests, no };
        command.SetAction((parsed, _) => HostCommands.WithDatabaseAsync((db, services) => parsed.GetValue(no)
            ? EndAsync(db, parsed.GetRequiredValue(tenant))
            : TrustAsync(
                db,
                services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime,
                parsed.GetRequiredValue(tenant),
                parsed.GetValue(organization),
                parsed.GetValue(strangers),
                parsed.GetValue(guests))));
        return command;
    }

    private static async Task TrustAsync(PartnerCenterDb db, DateTime now, Guid tenant, string? organization, bool strangers, bool guests)
    {
        if (strangers && organization is null)
            throw new StartupException("--admit-strangers needs --organization: of no organization nobody can become a member.");

        var owner = organization is null ? null : await db.Organizations.FindAsync(await HostCommands.FindOrganizationAsync(db, organization));
        var id = $"{tenant:D}";
        if (await db.TrustedTenants.SingleOrDefaultAsync(known => known.Tenant == id) is { } known)
        {
            if (known.OrganizationId != owner?.Id)
                throw new StartupException($"The tenant {id} is trusted for somebody else: end that first with --no-longer.");
            known.Admit(strangers, guests);
        }
        else
        {
            var added = new TrustedTenant(tenant, owner, now);
            added.Admit(strangers, guests);
            db.Add(added);
        }

        await db.SaveChangesAsync();
        Console.WriteLine($"People of the tenant {id} can sign in{(organization is null ? "" : $" for '{organization}'")}.");
    }

    // Sessions that began there end: nobody else vouches for them.
    private static async Task EndAsync(PartnerCenterDb db, Guid tenant)
    {
        var id = $"{tenant:D}";
        var known = await db.TrustedTenants.SingleOrDefaultAsync(known => known.Tenant == id)
            ?? throw new StartupException($"The tenant {id} is not trusted.");
        db.Remove(known);
        db.RemoveRange(await db.Sessions.Where(session => session.Tenant == id).ToListAsync());
        await db.SaveChangesAsync();
        Console.WriteLine($"Nobody signs in from the tenant {id} any more.");
    }
}
