using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Shell.Help;

/// <summary>An article of the documentation. Its text is <c>Articles/{language}/{key}.md</c>.</summary>
/// <param name="Key">Its name in addresses.</param>
/// <param name="Group">Where the list of articles has it.</param>
/// <param name="Pages">The pages that it explains, by their keys in the <see cref="PageTable"/>.</param>
public sealed record HelpArticle(string Key, HelpGroup Group, params IReadOnlyList<string> Pages)
{
    /// <summary>The workspace that it explains, if it is about one.</summary>
    public string? Workspace { get; init; }

    public bool IsForOperators => Group == HelpGroup.Operator;

    /// <summary>Whether it is about something that the organization has. What a member cannot open yet, they can read about.</summary>
    public bool IsOpenTo(Member member) =>
        !IsForOperators && (Workspace is null || member.ExistingWorkspaces.Any(workspace => workspace.Key == Workspace));
}

/// <summary>The chapters of the documentation, in their order.</summary>
public enum HelpGroup
{
    Portal,
    Organization,
    Workspaces,

    /// <summary>For those who run the program, and for nobody else.</summary>
    Operator,
}

/// <summary>The documentation, and what each article of it is about. Every page and every built-in workspace has one.</summary>
public static class HelpTable
{
    private static readonly Dictionary<string, HelpArticle> ByKey = Rows().ToDictionary(article => article.Key);

    private static readonly Dictionary<string, HelpArticle> ByPage =
        ByKey.Values.SelectMany(article => article.Pages.Select(page => (page, article))).ToDictionary();

    /// <summary>All articles, in the order in which they are listed.</summary>
    public static IReadOnlyCollection<HelpArticle> All => ByKey.Values;

    public static HelpArticle? Find(string key) => ByKey.GetValueOrDefault(key);

    /// <summary>What helps where the reader is, the most fitting first: about the page, the workspace, the pages above.</summary>
    public static IReadOnlyList<HelpArticle> For(PortalPage? page, string? workspace) =>
    [
        .. ArticlesOf(page).Concat(ByKey.Values.Where(article => workspace is not null && article.Workspace == workspace)).Concat(Above(page)).Distinct(),
    ];

    private static IEnumerable<HelpArticle> Above(PortalPage? page)
    {
        for (var above = page?.Parent; above is not null; above = above.Parent)
        {
            foreach (var article in ArticlesOf(above))
                yield return article;
        }
    }

    private static IEnumerable<HelpArticle> ArticlesOf(PortalPage? page) =>
        page is not null && ByPage.TryGetValue(page.Key, out var article) ? [article] : [];

    private static IEnumerable<HelpArticle> Rows() =>
    [
        new("getting-around", HelpGroup.Portal, PageTable.Home, PageTable.Search, PageTable.Help, PageTable.HelpArticle),
        new("action-center", HelpGroup.Portal, PageTable.ActionCenter, PageTable.Communication, PageTable.ForeignLink) { Workspace = WorkspaceCatalogue.ActionCenter },
        new("announcements-and-calendar", HelpGroup.Portal, PageTable.Announcements, PageTable.Calendar),
        new("coverage", HelpGroup.Portal, PageTable.Coverage),
        new(
            "my-preferences",
            HelpGroup.Portal,
            PageTable.MyPreferences,
            PageTable.EditPreferences,
            PageTable.WhereMailGoes,
            PageTable.PreferenceHistory,
            PageTable.Unsubscribe,
            PageTable.Welcome),
        new("contact-address", HelpGroup.Portal, PageTable.ContactAddress, PageTable.VerifyContact),
        new("sent-mail", HelpGroup.Portal, PageTable.SentMail),
        new("my-access", HelpGroup.Portal, PageTable.MyAccess, PageTable.AskForAccess),
        new("directories", HelpGroup.Portal, PageTable.MyActions, PageTable.MyProfile),
        new("sessions", HelpGroup.Portal, PageTable.MySessions, PageTable.SignInAgain, PageTable.DirectorySignIn),
        new("passwords", HelpGroup.Portal, PageTable.MyPassword, PageTable.TwoStepSignIn),
        new("account-settings", HelpGroup.Organization, PageTable.AccountSettings) { Workspace = WorkspaceCatalogue.AccountSettings },
        new("users", HelpGroup.Organization, PageTable.Users, PageTable.User, PageTable.UserPermissions),
        new("add-people", HelpGroup.Organization, PageTable.AddPeople, PageTable.ImportPeople, PageTable.Invitation),
        new("roles", HelpGroup.Organization, PageTable.ChangeRoles, PageTable.Permissions),
        new("access-requests", HelpGroup.Organization, PageTable.AccessRequests, PageTable.AccessRequest),
        new("access-reviews", HelpGroup.Organization, PageTable.AccessReviews, PageTable.AccessReview),
        new("programs", HelpGroup.Organization, PageTable.Programs, PageTable.Program),
        new("organization-profile", HelpGroup.Organization, PageTable.OrganizationProfile, PageTable.Location, PageTable.AddLocation),
        new("sign-in-rules", HelpGroup.Organization, PageTable.SignInRules),
        new("activity-log", HelpGroup.Organization, PageTable.ActivityLog),
        new("leave", HelpGroup.Organization, PageTable.Leave),
        .. OfWorkspaces(),
        new(
            WorkspaceCatalogue.HelpSupport,
            HelpGroup.Workspaces,
            PageTable.HelpSupport,
            PageTable.SupportRequests,
            PageTable.SupportRequest,
            PageTable.NewSupportRequest) { Workspace = WorkspaceCatalogue.HelpSupport },
        new(
            "operator-publishing",
            HelpGroup.Operator,
            PageTable.Operator,
            PageTable.NewCommunication,
            PageTable.SimulatedCommunication,
            PageTable.PublishedCommunication,
            PageTable.OperatorHelp,
            PageTable.OperatorHelpArticle),
        new("operator-delivery", HelpGroup.Operator, PageTable.Delivery),
        new("operator-support", HelpGroup.Operator, PageTable.SupportDesk, PageTable.SupportDeskRequest),
        new("operator-mail-preview", HelpGroup.Operator, PageTable.MailPreview),
        new("operator-sessions", HelpGroup.Operator, PageTable.PersonSessions),
        new("operator-import-preferences", HelpGroup.Operator, PageTable.ImportPreferences),
        new("operator-privacy", HelpGroup.Operator, PageTable.People, PageTable.Person, PageTable.ErasePerson),
    ];

    // Those whose home is a page of its own have rows of their own.
    private static IEnumerable<HelpArticle> OfWorkspaces() => WorkspaceCatalogue.BuiltIn.All
        .Where(workspace => !PageTable.HasOwnHome(workspace))
        .Select(workspace => new HelpArticle(workspace.Key, HelpGroup.Workspaces) { Workspace = workspace.Key });
}
