using System.CommandLine;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data.Preferences;
using PartnerCenter.Domain;

namespace PartnerCenter.Web.Hosting.Commands;

/// <summary><c>import-preferences</c>: takes over what members had decided in an old system, and says what becomes of each row.</summary>
internal static class ImportPreferencesCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "A CSV file as docs/preferences-csv.md describes it." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Says what would happen, and changes nothing." };
        var command = new Command("import-preferences", "Takes over the preferences of an old system. What members decided here later stays.") { file, dryRun };
        command.SetAction((parsed, cancellation) => HostCommands.WithDatabaseAsync((_, services) =>
            RunAsync(services, parsed.GetRequiredValue(file), parsed.GetValue(dryRun), cancellation)));
        return command;
    }

    private static async Task RunAsync(IServiceProvider services, string path, bool isDryRun, CancellationToken cancellation)
    {
        var words = services.GetRequiredService<IStringLocalizer<Vocabulary>>();
        if (!File.Exists(path))
            throw new StartupException($"There is no file '{path}'.");
        var file = PreferenceCsv.Read(await File.ReadAllBytesAsync(path, cancellation));
        if (file.Fault is { } fault)
            throw new StartupException(Sentence(fault));

        var import = services.GetRequiredService<PreferenceImport>();
        var plan = isDryRun ? await import.PreviewAsync(file.Lines, cancellation) : await import.CommitAsync(file.Lines, cancellation: cancellation);
        foreach (var step in plan.Steps.Where(step => step.Because is not null))
            Console.WriteLine($"Row {step.Line.Number} ({step.Line.Address}): {Sentence(step.Because!)}");
        Console.WriteLine(
            $"Changed: {plan.Count(PreferenceImportEffect.Change)}. As it was: {plan.Count(PreferenceImportEffect.Nothing)}. "
            + $"Decided later: {plan.Count(PreferenceImportEffect.Keep)}. Nobody there: {plan.Count(PreferenceImportEffect.Skip)}. "
            + $"Wrong: {plan.Count(PreferenceImportEffect.Refused)}.");
        if (!plan.IsAllowed)
            throw new StartupException("Nothing was imported: correct the rows that are wrong.");
        Console.WriteLine(isDryRun ? "This was a dry run: nothing was changed." : "Imported.");

        string Sentence(Reason reason) => words[reason.Key, [.. reason.Arguments]];
    }
}
