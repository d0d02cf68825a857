using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Organizations;

namespace PartnerCenter.Web.Hosting.Commands;

/// <summary><c>verify-activity-log</c>: says whether the activity logs are as they were written.</summary>
internal static class VerifyActivityLogCommand
{
    public static Command Create()
    {
        var organization = new Option<string?>("--organization") { Description = "The key of one organization; all of them if none is given." };
        var command = new Command("verify-activity-log", "Says whether the activity logs are as they were written.") { organization };
        command.SetAction((parsed, _) => HostCommands.WithDatabaseAsync((db, services) => RunAsync(
            db, services.GetRequiredService<ActivityLog>(), parsed.GetValue(organization))));
        return command;
    }

    private static async Task RunAsync(PartnerCenterDb db, ActivityLog log, string? key)
    {
        if (key is not null)
            await HostCommands.FindOrganizationAsync(db, key);

        var organizations = await db.Organizations
            .Where(organization => key == null || organization.Key == key)
            .OrderBy(organization => organization.Key)
            .Select(organization => new { organization.Id, organization.Key })
            .ToListAsync();
        var altered = new List<string>();
        foreach (var organization in organizations)
        {
            var state = await log.VerifyAsync(organization.Id);
            if (state.FirstAltered is { } first)
                altered.Add($"The activity log of '{organization.Key}' was altered: entry {first} is not as it was written, or is missing.");
            else if (state.Head is { } head)
                Console.WriteLine($"The activity log of '{organization.Key}' is as it was written: {state.Entries} entries, the last with the hash {head}.");
            else
                Console.WriteLine($"The activity log of '{organization.Key}' is empty, as it should be.");
        }

        if (altered.Count > 0)
            throw new StartupException(string.Join(Environment.NewLine, altered));
    }
}
