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

    [StringLength(200, ErrorMessage = "Form.TooLong")]
    public string? JobTitle { get; set; }

    // The framework translates the messages of these two attributes, and not that of AllowedValues.
    [Required(ErrorMessage = "Form.ChooseFromList")]
    [RegularExpression($"{Languages.English}|{Languages.Dutch}", ErrorMessage = "Form.ChooseFromList")]
    public string EmailLanguage { get; set; } = Languages.Default;

    /// <summary>The cells of the table that are checked: <c>kind/workspace</c>, or <c>kind/*</c> for the row of all workspaces.</summary>
    public List<string> Wanted { get; set; } = [];

    /// <summary>The kinds that a member may turn off.</summary>
    public static IEnumerable<CommunicationKind> OptionalKinds =>
        CommunicationPolicy.Published.Where(kind => CommunicationPolicy.MayOptOut(kind).IsAllowed);

    /// <summary>Fills a form with what was decided so far.</summary>
    public static TForm From<TForm>(Membership membership, IEnumerable<Workspace> workspaces)
        where TForm : MailChoicesForm, new() => new()
        {
            JobTitle = membership.JobTitle,
            EmailLanguage = membership.EmailLanguage,
            Wanted =
            [
                .. from cell in Cells(workspaces)
                   where !membership.OptOuts.Exists(optOut => optOut.Kind == cell.Kind && optOut.Workspace == cell.Workspace)
                   select Cell(cell.Kind, cell.Workspace),
            ],
        };

    public static string Cell(CommunicationKind kind, string? workspace) => $"{CommunicationPolicy.KeyOf(kind)}/{workspace ?? All}";

    public bool Wants(CommunicationKind kind, string? workspace) => Wanted.Contains(Cell(kind, workspace));

    public void ApplyTo(Membership membership, IEnumerable<Workspace> workspaces, DateTime now)
    {
        membership.DescribeAs(JobTitle, EmailLanguage);
        foreach (var (kind, workspace) in Cells(workspaces))
        {
            var decided = membership.OptOuts.Find(optOut => optOut.Kind == kind && optOut.Workspace == workspace);
            if (Wants(kind, workspace) && decided is not null)
                membership.OptOuts.Remove(decided);
            else if (!Wants(kind, workspace) && decided is null)
                membership.OptOuts.Add(new OptOut(membership.Id, kind, workspace, now));
        }
    }

    private static IEnumerable<(CommunicationKind Kind, string? Workspace)> Cells(IEnumerable<Workspace> workspaces) =>
        from workspace in workspaces.Select(workspace => (string?)workspace.Key).Prepend(null)
        from kind in OptionalKinds
        select (kind, workspace);
}
