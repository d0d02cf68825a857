using System.CommandLine;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Web.Hosting.Commands;

/// <summary><c>create-api-key</c>: makes the key of a publisher, or of a system that tells what became of mails. It is shown once. Nothing is allowed that is not named.</summary>
internal static class CreateApiKeyCommand
{
    private const string All = "all";
    private const string Publishing = "publishing";
    private const string MailEvents = "mail-events";
    private const int LongestDays = 365;
    private const int IdLength = 12;

    public static Command Create()
    {
        var name = new Option<string>("--name") { Description = "What the key is for; communications carry it as their publisher.", Required = true };
        var purpose = new Option<string>("--for")
        {
            Description = $"What it may be used for: '{Publishing}', or '{MailEvents}' to tell which mails came back.",
            DefaultValueFactory = _ => Publishing,
        };
        purpose.AcceptOnlyFromAmong(Publishing, MailEvents);
        var organizations = List("--organizations", "organizations that may be addressed");
        var workspaces = List("--workspaces", "workspaces that may be used");
        var kinds = List("--kinds", "kinds that may be used");
        var days = new Option<int>("--days") { Description = $"How many days it may be used, 1 to {LongestDays}.", DefaultValueFactory = _ => 90 };
        days.Validators.Add(result =>
        {
            // What is no number at all is refused by the parser.
            if (result.Tokens is [{ Value: var given }] && int.TryParse(given, CultureInfo.InvariantCulture, out var chosen) && chosen is < 1 or > LongestDays)
                result.AddError($"--days must be from 1 to {LongestDays}.");
        });

        var command = new Command("create-api-key", "Makes a key for the API and shows it once.") { name, purpose, organizations, workspaces, kinds, days };
        command.Validators.Add(result =>
        {
            var isPublishing = result.GetValue(purpose) != MailEvents;
            foreach (var limit in new[] { organizations, workspaces, kinds }.Where(limit => result.GetResult(limit) is null == isPublishing))
                result.AddError(isPublishing ? $"Option '{limit.Name}' is required." : $"Option '{limit.Name}' is only for publishing.");
        });
        command.SetAction((parsed, _) => HostCommands.WithDatabaseAsync((db, services) => RunAsync(
            db,
            services,
            parsed.GetRequiredValue(name),
            parsed.GetValue(days),
            parsed.GetValue(purpose) == MailEvents ? ApiKeyPurpose.MailEvents : ApiKeyPurpose.Publishing,
            new()
            {
                [ApiKeyLimitOf.Organization] = parsed.GetValue(organizations) ?? [All],
                [ApiKeyLimitOf.Workspace] = parsed.GetValue(workspaces) ?? [All],
                [ApiKeyLimitOf.Kind] = parsed.GetValue(kinds) ?? [All],
            })));
        return command;

        static Option<string[]> List(string option, string what) => new(option)
        {
            Description = $"The keys of the {what}, or '{All}'.",
            AllowMultipleArgumentsPerToken = true,
        };
    }

    private static async Task RunAsync(
        PartnerCenterDb db, IServiceProvider services, string name, int days, ApiKeyPurpose purpose, Dictionary<ApiKeyLimitOf, string[]> limits)
    {
        var known = new Dictionary<ApiKeyLimitOf, IReadOnlyCollection<string>>
        {
            [ApiKeyLimitOf.Organization] = await db.Organizations.Select(organization => organization.Key).ToListAsync(),
            [ApiKeyLimitOf.Workspace] = [.. services.GetRequiredService<WorkspaceCatalogue>().All.Select(workspace => workspace.Key)],
            [ApiKeyLimitOf.Kind] = [.. CommunicationPolicy.Published.Select(CommunicationPolicy.KeyOf)],
        };
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        var key = ApiKey.Create(NewId(), Secret.Create(), name, now, TimeSpan.FromDays(days), out var token, purpose);
        foreach (var (of, values) in limits.Where(limit => !limit.Value.Contains(All)))
        {
            if (values.FirstOrDefault(value => !known[of].Contains(value)) is { } unknown)
                throw new StartupException($"There is no {of.ToString().ToLowerInvariant()} '{unknown}'.");
            key.LimitTo(of, values);
        }

        db.Add(key);
        await db.SaveChangesAsync();
        Console.WriteLine(token);
        await Console.Error.WriteLineAsync($"The key is valid until {key.ExpiresAt:yyyy-MM-dd}. It is shown only now: keep it in a safe place.");
    }

    // An underscore would end the id inside the token.
    private static string NewId() => Guid.NewGuid().ToString("N")[..IdLength];
}
