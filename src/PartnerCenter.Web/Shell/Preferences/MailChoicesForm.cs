using System.ComponentModel.DataAnnotations;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Web.Shell.Preferences;

/// <summary>What a member decides about mail, wherever a page asks for it.</summary>
public class MailChoicesForm
{
    private const string All = "*";

    [StringLength(Membership.LongestJobTitle, ErrorMessage = "Form.TooLong")]
    public string? JobTitle { get; set; }

    // The framework translates the messages of these two attributes, and not that of AllowedValues.
    [Required(ErrorMessage = "Form.ChooseFromList")]
    [RegularExpression($"{Languages.English}|{Languages.Dutch}", ErrorMessage = "Form.ChooseFromList")]
    public string EmailLanguage { get; set; } = Languages.Default;

    /// <summary>One of <see cref="TimeZones.All"/>; null for none.</summary>
    [ListedTimeZone(ErrorMessage = "Form.ChooseFromList")]
    public string? TimeZone { get; set; }

    /// <summary>The cells of the table that are checked: <c>kind/workspace</c>, or <c>kind/*</c> for the row of all workspaces.</summary>
    public List<string> Wanted { get; set; } = [];

    /// <summary>
    /// The cells that were checked when the page was made. Only what differs from it is a decision: a link in a mail may have turned
    /// something off meanwhile. Null counts as what is decided now.
    /// </summary>
    public List<string>? Known { get; set; }

    /// <summary>The kinds that a member may turn off.</summary>
    public static IEnumerable<CommunicationKind> OptionalKinds =>
        CommunicationPolicy.Published.Where(kind => CommunicationPolicy.MayOptOut(kind).IsAllowed);

    /// <summary>Fills a form with what was decided so far.</summary>
    public static TForm From<TForm>(Membership membership, IEnumerable<Workspace> workspaces)
        where TForm : MailChoicesForm, new()
    {
        List<string> wanted =
        [
            .. Cells(workspaces).Where(cell => membership.FindOptOut(cell.Kind, cell.Workspace) is null).Select(cell => Cell(cell.Kind, cell.Workspace)),
        ];
        return new()
        {
            JobTitle = membership.JobTitle,
            EmailLanguage = membership.EmailLanguage,
            TimeZone = membership.TimeZone,
            Wanted = wanted,
            Known = [.. wanted],
        };
    }

    public static string Cell(CommunicationKind kind, string? workspace) => $"{CommunicationPolicy.KeyOf(kind)}/{workspace ?? All}";

    /// <summary>What the cell is called in an address that leads to it.</summary>
    public static string CellId(CommunicationKind kind, string? workspace) => $"choice-{CommunicationPolicy.KeyOf(kind)}-{workspace ?? "all"}";

    public bool Wants(CommunicationKind kind, string? workspace) => Wanted.Contains(Cell(kind, workspace));

    /// <summary>The cells of required mail that the form speaks of. No page offers them: somebody has made them up.</summary>
    public IEnumerable<(CommunicationKind Kind, string? Workspace)> RequiredCells() =>
        from cell in Wanted.Union(Known ?? [])
        let parts = cell.Split('/', 2)
        from kind in CommunicationPolicy.Published.Except(OptionalKinds)
        where parts.Length == 2 && parts[0] == CommunicationPolicy.KeyOf(kind)
        select (kind, parts[1] == All ? null : parts[1]);

    /// <summary>Asks for everything that there is, as a new member does.</summary>
    public void WantEverything(IEnumerable<Workspace> workspaces) => Wanted = [.. Cells(workspaces).Select(cell => Cell(cell.Kind, cell.Workspace))];

    /// <summary>What is decided otherwise than before.</summary>
    public IEnumerable<MailChoice> ChangesFor(Membership membership, IEnumerable<Workspace> workspaces) =>
        from cell in Cells(workspaces)
        let wasWanted = Known?.Contains(Cell(cell.Kind, cell.Workspace)) ?? membership.FindOptOut(cell.Kind, cell.Workspace) is null
        let isWanted = Wants(cell.Kind, cell.Workspace)
        where isWanted != wasWanted
        select new MailChoice(cell.Kind, cell.Workspace, isWanted);

    public void ApplyTo(Membership membership, IEnumerable<Workspace> workspaces, ChangeOrigin origin)
    {
        membership.DescribeAs(JobTitle, EmailLanguage, TimeZone, origin);
        foreach (var (kind, workspace, isWanted) in ChangesFor(membership, workspaces).ToList())
            membership.Choose(kind, workspace, isWanted, origin);
    }

    private static IEnumerable<(CommunicationKind Kind, string? Workspace)> Cells(IEnumerable<Workspace> workspaces) =>
        from workspace in workspaces.Select(workspace => (string?)workspace.Key).Prepend(null)
        from kind in OptionalKinds
        select (kind, workspace);
}

/// <summary>A decision about one cell of the table.</summary>
/// <param name="Kind">Which kind of mail.</param>
/// <param name="Workspace">The key of the workspace; null means all.</param>
/// <param name="IsWanted">What is decided.</param>
public sealed record MailChoice(CommunicationKind Kind, string? Workspace, bool IsWanted);
