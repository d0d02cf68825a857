using System.Text.Json;

namespace PartnerCenter.Web.Shell.Pages;

/// <summary>
/// The pages that a browser may fetch before somebody opens them. Looking at one of them changes nothing and shows nothing that is shown
/// only once. What is not on the list is refused to a browser that fetches ahead.
/// </summary>
public static class FetchAheadTable
{
    // The text of the program, which stays as it is while somebody works. A browser keeps what it has fetched for some minutes.
    private static readonly string[] WhenPointedAt = [PageTable.Help, PageTable.HelpArticle];

    // What others change, and who may see it, is to be as it is at the click: so it is fetched when a button or a finger goes down.
    private static readonly string[] WhenPressed =
    [
        PageTable.Home, PageTable.Workspace, PageTable.ActionCenter, PageTable.Announcements, PageTable.Coverage, PageTable.SentMail,
        PageTable.MyPreferences, PageTable.EditPreferences, PageTable.ContactAddress, PageTable.WhereMailGoes, PageTable.PreferenceHistory,
        PageTable.MyAccess, PageTable.AskForAccess, PageTable.AccountSettings, PageTable.Permissions, PageTable.Users, PageTable.AddPeople,
        PageTable.ImportPeople, PageTable.ChangeRoles, PageTable.AccessRequests, PageTable.AccessReviews, PageTable.Programs,
        PageTable.OrganizationProfile, PageTable.SignInRules, PageTable.AddLocation, PageTable.ActivityLog, PageTable.HelpSupport, PageTable.SupportRequests,
        PageTable.NewSupportRequest, PageTable.MyActions, PageTable.MyProfile, PageTable.MySessions,
    ];

    private static readonly HashSet<string> All = [.. WhenPointedAt, .. WhenPressed];

    /// <summary>The list as browsers read it: https://developer.mozilla.org/docs/Web/API/Speculation_Rules_API.</summary>
    public static string Rules { get; } = JsonSerializer.Serialize(new
    {
        prefetch = new[] { RuleFor(WhenPointedAt, "moderate"), RuleFor(WhenPressed, "conservative") },
    });

    public static bool Has(PortalPage page) => All.Contains(page.Key);

    private static object RuleFor(IEnumerable<string> pages, string eagerness) => new
    {
        where = new { href_matches = pages.Select(PageTable.Find).Select(PatternOf) },
        eagerness,
    };

    // "/o/{organization}/help/{article}" is "/o/:organization/help/:article" there. Any query matches.
    private static string PatternOf(PortalPage page) =>
        page.Path.Replace("{", ":", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
}
