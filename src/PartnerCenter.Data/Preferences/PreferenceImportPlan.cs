using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PartnerCenter.Data.Files;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Data.Preferences;

/// <summary>
/// What an import of preferences would do, line by line. It never overrides what was decided later, by the member or by another line,
/// and never turns off what is required.
/// </summary>
public sealed class PreferenceImportPlan
{
    private PreferenceImportPlan(IReadOnlyList<PreferenceImportStep> steps) => Steps = steps;

    /// <summary>One step per line, in the order of the file.</summary>
    public IReadOnlyList<PreferenceImportStep> Steps { get; }

    /// <summary>Whether the file can be imported: all of it or nothing.</summary>
    public bool IsAllowed => Count(PreferenceImportEffect.Refused) == 0;

    public bool DoesNothing => Count(PreferenceImportEffect.Change) == 0;

    /// <summary>Whether it has been done.</summary>
    public bool IsDone { get; internal set; }

    /// <summary>Stands for the lines and what becomes of them, so that somebody gets what they were shown, or is shown it again.</summary>
    public string Fingerprint => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Steps.Select(step => step.ToString())))));

    public int Count(PreferenceImportEffect effect) => Steps.Count(step => step.Effect == effect);

    /// <summary>Makes the changes in the members that it is given: whoever only wants to look throws those away.</summary>
    /// <param name="lines">The lines of a file.</param>
    /// <param name="memberOf">Finds whom a line is about, with choices and history; null if there is nobody.</param>
    /// <param name="workspaces">All workspaces of the portal.</param>
    /// <param name="now">The time in UTC.</param>
    internal static PreferenceImportPlan Make(
        IReadOnlyList<PreferenceCsvLine> lines, Func<PreferenceCsvLine, Membership?> memberOf, WorkspaceCatalogue workspaces, DateTime now)
    {
        // In the order of the decisions, so that of two lines about one thing the later decision stands.
        var steps = lines.OrderBy(line => line.DecidedAt).ThenBy(line => line.Number).Select(line => StepFor(line, memberOf, workspaces, now)).ToList();
        return new PreferenceImportPlan([.. steps.OrderBy(step => step.Line.Number)]);
    }

    private static PreferenceImportStep StepFor(
        PreferenceCsvLine line, Func<PreferenceCsvLine, Membership?> memberOf, WorkspaceCatalogue workspaces, DateTime now)
    {
        if (line.Fault is { } fault)
            return Refuse(line, fault);
        if (line.DecidedAt > now)
            return Refuse(line, Reasons.DecidedInTheFuture);
        if (ChangeIn(line, workspaces, out var because) is not { } change)
            return Refuse(line, because!);
        if (memberOf(line) is not { } member)
            return new PreferenceImportStep(line, PreferenceImportEffect.Skip) { Because = Reasons.NoSuchMember };

        if (change.IsMadeIn(member))
            return new PreferenceImportStep(line, PreferenceImportEffect.Nothing);
        if (change.DecidedAtIn(member) is { } decided && decided >= line.DecidedAt)
            return new PreferenceImportStep(line, PreferenceImportEffect.Keep) { Because = Reasons.DecidedLater(decided) };
        change.Make(member, new ChangeOrigin(ChangedBy.Import, line.DecidedAt));
        return new PreferenceImportStep(line, PreferenceImportEffect.Change);
    }

    private static ImportedChange? ChangeIn(PreferenceCsvLine line, WorkspaceCatalogue workspaces, out Reason? because)
    {
        because = null;
        if (CommunicationPolicy.Find(line.Preference) is { } kind)
            return ChoiceIn(line, kind, workspaces, out because);

        var known = line.Preference switch
        {
            PreferenceNames.JobTitle when line.Value.Length <= Membership.LongestJobTitle => new ImportedChange(
                PreferenceTopic.JobTitle, member => (member.JobTitle ?? "") == line.Value, (member, origin) => member.WorkAs(line.Value, origin)),
            PreferenceNames.EmailLanguage when Languages.All.Contains(line.Value) => new ImportedChange(
                PreferenceTopic.EmailLanguage, member => member.EmailLanguage == line.Value, (member, origin) => member.WriteIn(line.Value, origin)),
            PreferenceNames.TimeZone when TimeZones.All.Contains(line.Value) => new ImportedChange(
                PreferenceTopic.TimeZone, member => member.TimeZone == line.Value, (member, origin) => member.LiveIn(line.Value, origin)),
            _ => null,
        };
        because = known is not null && line.Workspace.Length > 0 ? Reasons.NotOfOneWorkspace
            : known is not null ? null
            : line.Preference is PreferenceNames.JobTitle or PreferenceNames.EmailLanguage or PreferenceNames.TimeZone
                ? Reasons.NoSuchValue(CsvRow.Shortened(line.Value))
                : Reasons.NoSuchPreference(CsvRow.Shortened(line.Preference));
        return because is null ? known : null;
    }

    private static ImportedChange? ChoiceIn(PreferenceCsvLine line, CommunicationKind kind, WorkspaceCatalogue workspaces, out Reason? because)
    {
        bool? isWanted = line.Value.ToUpperInvariant() switch
        {
            "YES" => true,
            "NO" => false,
            _ => null,
        };
        var isForAll = line.Workspace.Equals(PreferenceCsv.AllWorkspaces, StringComparison.OrdinalIgnoreCase);
        var workspace = isForAll ? null : workspaces.Find(line.Workspace)?.Key;
        because = isWanted is null ? Reasons.NeitherYesNorNo(CsvRow.Shortened(line.Value))
            : !isForAll && workspace is null ? Reasons.UnknownWorkspace(CsvRow.Shortened(line.Workspace))
            : isWanted is false ? CommunicationPolicy.MayOptOut(kind).RefusedBecause
            : null;
        return because is null ? ImportedChange.OfChoice(kind, workspace, isWanted!.Value) : null;
    }

    private static PreferenceImportStep Refuse(PreferenceCsvLine line, Reason because) =>
        new(line, PreferenceImportEffect.Refused) { Because = because };

    private sealed record ImportedChange(PreferenceTopic Topic, Func<Membership, bool> IsMadeIn, Action<Membership, ChangeOrigin> Make)
    {
        private (CommunicationKind Kind, string? Workspace)? Cell { get; init; }

        public static ImportedChange OfChoice(CommunicationKind kind, string? workspace, bool isWanted) => new(
            PreferenceTopic.Choice,
            member => member.FindOptOut(kind, workspace) is null == isWanted,
            (member, origin) => member.Choose(kind, workspace, isWanted, origin))
        {
            Cell = (kind, workspace),
        };

        // A choice can be older than the history.
        public DateTime? DecidedAtIn(Membership member) => member.PreferenceChanges
            .Where(change => change.Topic == Topic && (Cell is not { } cell || (change.Kind == cell.Kind && change.Workspace == cell.Workspace)))
            .Select(change => (DateTime?)change.DecidedAt)
            .Append(Cell is { } own ? member.FindOptOut(own.Kind, own.Workspace)?.DecidedAt : null)
            .Max();
    }
}

/// <summary>What becomes of a line.</summary>
/// <param name="Line">The line.</param>
/// <param name="Effect">What it does.</param>
public sealed record PreferenceImportStep(PreferenceCsvLine Line, PreferenceImportEffect Effect)
{
    /// <summary>Why it is refused, or does nothing although one might expect it to.</summary>
    public Reason? Because { get; init; }

    /// <summary>Everything about it that counts, for the fingerprint.</summary>
    public override string ToString()
    {
        FormattableString all =
            $"{Line.Number}|{Effect}|{Because?.Key}|{Line.Organization}|{Line.Address}|{Line.Preference}|{Line.Workspace}|{Line.Value}|{Line.DecidedAt:O}";
        return all.ToString(CultureInfo.InvariantCulture);
    }
}

/// <summary>What a line of an import of preferences does. Those that somebody should look at come first.</summary>
public enum PreferenceImportEffect
{
    /// <summary>It can't be imported, and so can't the file.</summary>
    Refused,

    /// <summary>Nobody is there whom it could be about.</summary>
    Skip,

    /// <summary>Something else was decided later, and stays.</summary>
    Keep,

    Change,

    /// <summary>Everything is as it says.</summary>
    Nothing,
}
