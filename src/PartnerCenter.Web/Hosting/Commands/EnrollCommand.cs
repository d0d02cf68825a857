using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Web.Hosting.Commands;

/// <summary><c>enroll</c>: enrolls an organization in programs, which bring its workspaces.</summary>
internal static class EnrollCommand
{
    public static Command Create()
    {
        var organization = new Option<string>("--organization") { Description = "The key of the organization.", Required = true };
        var program = new Option<string[]>("--program")
        {
            Description = $"One or more of: {string.Join(", ", ProgramCatalogue.All)}.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        program.AcceptOnlyFromAmong([.. ProgramCatalogue.All]);
        var command = new Command("enroll", "Enrolls an organization in programs, which bring its workspaces.") { organization, program };
        command.SetAction((parsed, _) => HostCommands.WithDatabaseAsync((db, services) => RunAsync(
            db,
            services.GetRequiredService<ProgramChanges>(),
            parsed.GetRequiredValue(organization),
            parsed.GetRequiredValue(program))));
        return command;
    }

    private static async Task RunAsync(PartnerCenterDb db, ProgramChanges changes, string key, string[] programs)
    {
        var id = await HostCommands.FindOrganizationAsync(db, key);
        foreach (var program in programs)
            await changes.EnrollAsync(id, Actor.Host, program);

        var enrolled = await db.Organizations
            .Where(organization => organization.Id == id)
            .SelectMany(organization => organization.Enrollments)
            .OrderBy(enrollment => enrollment.Id)
            .Select(enrollment => enrollment.Program)
            .ToListAsync();
        Console.WriteLine($"'{key}' is enrolled in {string.Join(", ", enrolled)}.");
    }
}
