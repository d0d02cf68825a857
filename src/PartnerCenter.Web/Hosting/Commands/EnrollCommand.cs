using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
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
            services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime,
            parsed.GetRequiredValue(organization),
            parsed.GetRequiredValue(program))));
        return command;
    }

    private static async Task RunAsync(PartnerCenterDb db, DateTime now, string key, string[] programs)
    {
        var organization = await db.Organizations.Include(organization => organization.Enrollments).SingleOrDefaultAsync(organization => organization.Key == key)
            ?? throw new StartupException($"There is no organization '{key}'.");
        foreach (var program in programs)
            organization.Enroll(program, now);
        await db.SaveChangesAsync();
        Console.WriteLine($"'{key}' is enrolled in {string.Join(", ", organization.Enrollments.Select(enrollment => enrollment.Program))}.");
    }
}
