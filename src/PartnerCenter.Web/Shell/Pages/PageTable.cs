using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Web.Shell.Pages;

/// <summary>A page of the portal. Its title stands in <see cref="PortalTexts"/> under <c>Page.{Key}</c>.</summary>
/// <param name="Key">Its name in the table.</param>
/// <param name="Path">Its address; what is in braces comes from the request.</param>
/// <param name="Parent">The page above it in the breadcrumbs.</param>
/// <param name="Icon">The icon in search results.</param>
/// <param name="Requires">What a member needs to open it.</param>
public sealed record PortalPage(string Key, string Path, PortalPage? Parent = null, string Icon = "page", Permission? Requires = null)
{
    /// <summary>Whether its address is known as soon as the organization is: it is not about one thing there.</summary>
    public bool IsOfOrganization => Path.Split('{', '}') is [_, "organization", _];
}

/// <summary>All pages with their places: breadcrumbs, navigation and search read it.</summary>
public static class PageTable
{
    public const string Start = "Start";
    public const string Home = "Home";
    public const string Workspace = "Workspace";
    public const string ActionCenter = "ActionCenter";
    public const string Communication = "Communication";
    public const string Announcements = "Announcements";
    public const string Calendar = "Calendar";
    public const string Coverage = "Coverage";
    public const string MyActions = "MyActions";
    public const string MyProfile = "MyProfile";
    public const string MySessions = "MySessions";
    public const string SignInAgain = "SignInAgain";
    public const string ForeignLink = "ForeignLink";
    public const string MyPassword = "MyPassword";
    public const string TwoStepSignIn = "TwoStepSignIn";
    public const string MyAccess = "MyAccess";
    public const string MyPreferences = "MyPreferences";
    public const string EditPreferences = "EditPreferences";
    public const string ContactAddress = "ContactAddress";
    public const string WhereMailGoes = "WhereMailGoes";
    public const string PreferenceHistory = "PreferenceHistory";
    public const string VerifyContact = "VerifyContact";
    public const string Unsubscribe = "Unsubscribe";
    public const string Welcome = "Welcome";
    public const string SentMail = "SentMail";
    public const string Search = "Search";
    public const string Help = "Help";
    public const string HelpArticle = "HelpArticle";
    public const string HelpSupport = "HelpSupport";
    public const string SupportRequests = "SupportRequests";
    public const string SupportRequest = "SupportRequest";
    public const string NewSupportRequest = "NewSupportRequest";
    public const string AccountSettings = "AccountSettings";
    public const string Permissions = "Permissions";
    public const string Users = "Users";
    public const string User = "User";
    public const string UserPermissions = "UserPermissions";
    public const string AddPeople = "AddPeople";
    public const string ImportPeople = "ImportPeople";
    public const string ChangeRoles = "ChangeRoles";
    public const string AccessRequests = "AccessRequests";
    public const string AccessRequest = "AccessRequest";
    public const string AskForAccess = "AskForAccess";
    public const string AccessReviews = "AccessReviews";
    public const string AccessReview = "AccessReview";
    public const string Programs = "Programs";
    public const string OrganizationProfile = "OrganizationProfile";
    public const string Program = "Program";
    public const string Location = "Location";
    public const string AddLocation = "AddLocation";
    public const string ActivityLog = "ActivityLog";
    public const string SignInRules = "SignInRules";
    public const string DirectorySignIn = "DirectorySignIn";
    public const string Leave = "Leave";
    public const string Invitation = "Invitation";
    public const string Operator = "Operator";
    public const string NewCommunication = "NewCommunication";
    public const string PublishedCommunication = "PublishedCommunication";
    public const string SimulatedCommunication = "SimulatedCommunication";
    public const string PersonSessions = "PersonSessions";
    public const string ImportPreferences = "ImportPreferences";
    public const string MailPreview = "MailPreview";
    public const string Delivery = "Delivery";
    public const string SupportDesk = "SupportDesk";
    public const string SupportDeskRequest = "SupportDeskRequest";
    public const string People = "People";
    public const string Person = "Person";
    public const string ErasePerson = "ErasePerson";
    public const string OperatorHelp = "OperatorHelp";
    public const string OperatorHelpArticle = "OperatorHelpArticle";

    private const string OfOrganization = "/o/{organization}/";

    private static readonly Dictionary<string, string> OwnHomes = new()
    {
        [WorkspaceCatalogue.ActionCenter] = ActionCenter,
        [WorkspaceCatalogue.AccountSettings] = AccountSettings,
        [WorkspaceCatalogue.HelpSupport] = HelpSupport,
    };

    private static readonly Dictionary<string, PortalPage> Pages = Rows().ToDictionary(page => page.Key);

    /// <summary>The pages that a member can be sent to directly, by navigation or search.</summary>
    public static IEnumerable<PortalPage> Destinations => Pages.Values.Where(page => page is { Requires: not null, IsOfOrganization: true });

    public static PortalPage Find(string key) => Pages[key];

    public static PortalPage? TryFind(string? key) => key is null ? null : Pages.GetValueOrDefault(key);

    /// <summary>The sections of Account settings, in the order of its menu.</summary>
    public static IReadOnlyList<PortalPage> AccountSettingsSections { get; } =
    [
        .. new[] { AccountSettings, Users, AccessRequests, AccessReviews, Programs, OrganizationProfile, SignInRules, ActivityLog }.Select(Find),
    ];

    /// <summary>
    /// The key of the workspace whose own pages a page is one of. The Action Center is about all workspaces, so its pages belong to none.
    /// </summary>
    public static string? WorkspaceOf(PortalPage? page)
    {
        for (; page is not null; page = page.Parent)
        {
            if (OwnHomes.FirstOrDefault(home => home.Value == page.Key).Key is { } workspace)
                return workspace == WorkspaceCatalogue.ActionCenter ? null : workspace;
        }

        return null;
    }

    /// <summary>Whether a page is one of those for running the program.</summary>
    public static bool IsForOperators(PortalPage? page) => page?.Path.StartsWith("/operator", StringComparison.Ordinal) == true;

    /// <summary>Whether the home of a workspace is a page of its own.</summary>
    public static bool HasOwnHome(Workspace workspace) => OwnHomes.ContainsKey(workspace.Key);

    /// <summary>The home of a workspace below the organization's address.</summary>
    public static string HomeOf(Workspace workspace) =>
        OwnHomes.TryGetValue(workspace.Key, out var page) ? Find(page).Path[OfOrganization.Length..] : $"workspaces/{workspace.Key}";

    /// <summary>The pages of a workspace that a member can be sent to, beside its home.</summary>
    public static IEnumerable<PortalPage> PagesOf(Workspace workspace) =>
        Destinations.Where(page => page.Parent?.Path == OfOrganization + HomeOf(workspace));

    private static IEnumerable<PortalPage> Rows()
    {
        // Leads a person home, wherever that is.
        var start = new PortalPage(Start, "/");
        var myProfile = new PortalPage(MyProfile, "/my-profile", start);
        var home = new PortalPage(Home, "/o/{organization}", Icon: "home", Requires: Permission.UseActionCenter);
        var actionCenter = new PortalPage(ActionCenter, "/o/{organization}/action-center", home, "inbox", Permission.UseActionCenter);
        var myPreferences = new PortalPage(MyPreferences, "/o/{organization}/my-preferences", actionCenter, "sliders", Permission.UseActionCenter);
        var myAccess = new PortalPage(MyAccess, "/o/{organization}/my-access", home, "key", Permission.ViewOwnAccess);
        var settings = new PortalPage(AccountSettings, "/o/{organization}/account-settings", home, "building", Permission.ViewOwnAccess);
        var users = new PortalPage(Users, "/o/{organization}/account-settings/users", settings, "people", Permission.ViewAdministrators);
        var requests = new PortalPage(AccessRequests, "/o/{organization}/account-settings/access-requests", settings, "inbox", Permission.AssignRoles);
        var reviews = new PortalPage(AccessReviews, "/o/{organization}/account-settings/access-reviews", settings, "badge", Permission.AssignRoles);
        var programs = new PortalPage(Programs, "/o/{organization}/account-settings/programs", settings, "grid", Permission.ViewOwnAccess);
        var profile = new PortalPage(
            OrganizationProfile, "/o/{organization}/account-settings/organization", settings, "building", Permission.ViewOrganizationProfile);
        var help = new PortalPage(Help, "/o/{organization}/help", home, "book", Permission.ViewOwnAccess);
        var helpSupport = new PortalPage(HelpSupport, "/o/{organization}/help-support", home, "lifebuoy", Permission.UseSupport);
        var supportRequests = new PortalPage(SupportRequests, "/o/{organization}/help-support/requests", helpSupport, "lifebuoy", Permission.UseSupport);
        var programHome = new PortalPage(Operator, "/operator", Icon: "megaphone");
        var operatorHelp = new PortalPage(OperatorHelp, "/operator/help", programHome);
        var supportDesk = new PortalPage(SupportDesk, "/operator/support-requests", programHome);
        var people = new PortalPage(People, "/operator/people", programHome);
        var person = new PortalPage(Person, "/operator/people/{id}", people);
        var published = new PortalPage(PublishedCommunication, "/operator/communications/{id}", programHome);
        return
        [
            start,
            home,
            new(Workspace, "/o/{organization}/workspaces/{workspace}", home),
            actionCenter,
            new(Communication, "/o/{organization}/action-center/{id}", actionCenter),
            new(Announcements, "/o/{organization}/action-center/announcements", actionCenter, "megaphone", Permission.UseActionCenter),
            new(Calendar, "/o/{organization}/action-center/calendar", actionCenter, "clock", Permission.UseActionCenter),
            new(Coverage, "/o/{organization}/action-center/coverage", actionCenter, "people", Permission.ViewCoverage),
            new(MyActions, "/my-actions", start),
            myProfile,
            new(MySessions, "/my-sessions", myProfile),
            new(SignInAgain, "/sign-in/again", start),
            new(DirectorySignIn, "/directories/{key}", myProfile),
            new(ForeignLink, "/leaving", start),
            new(MyPassword, "/my-profile/password", myProfile),
            new(TwoStepSignIn, "/my-profile/two-step", myProfile),
            myPreferences,
            new(EditPreferences, "/o/{organization}/my-preferences/edit", myPreferences, "sliders", Permission.UseActionCenter),
            new(ContactAddress, "/o/{organization}/my-preferences/contact", myPreferences, "mail", Permission.UseActionCenter),
            new(WhereMailGoes, "/o/{organization}/my-preferences/where-mail-goes", myPreferences, "mail", Permission.UseActionCenter),
            new(PreferenceHistory, "/o/{organization}/my-preferences/history", myPreferences, "clock", Permission.UseActionCenter),
            new(VerifyContact, "/verify-contact/{token}"),
            new(Unsubscribe, "/unsubscribe/{token}"),
            new(Welcome, "/o/{organization}/welcome", home),
            new(SentMail, "/o/{organization}/sent-mail", actionCenter, "mail", Permission.ViewSentMail),
            myAccess,
            new(AskForAccess, "/o/{organization}/my-access/ask", myAccess, "key", Permission.ViewOwnAccess),
            settings,
            new(Permissions, "/o/{organization}/account-settings/permissions", settings, "key", Permission.ViewOwnAccess),
            users,
            new(AddPeople, "/o/{organization}/account-settings/users/add", users, "person", Permission.ManageUsers),
            new(ImportPeople, "/o/{organization}/account-settings/users/import", users, "people", Permission.ManageUsers),
            new(User, "/o/{organization}/account-settings/users/{id}", users),
            new(UserPermissions, "/o/{organization}/account-settings/users/{id}/permissions", users),
            new(ChangeRoles, "/o/{organization}/account-settings/users/roles", users, "badge", Permission.AssignRoles),
            requests,
            new(AccessRequest, "/o/{organization}/account-settings/access-requests/{id}", requests),
            reviews,
            new(AccessReview, "/o/{organization}/account-settings/access-reviews/{id}", reviews),
            programs,
            new(Program, "/o/{organization}/account-settings/programs/{program}", programs),
            profile,
            new(AddLocation, "/o/{organization}/account-settings/organization/locations/add", profile, "building", Permission.ManageLocations),
            new(Location, "/o/{organization}/account-settings/organization/locations/{id}", profile),
            new(SignInRules, "/o/{organization}/account-settings/sign-in", settings, "key", Permission.ManageOrganizationProfile),
            new(ActivityLog, "/o/{organization}/account-settings/activity-log", settings, "clock", Permission.ViewActivityLog),
            new(Leave, "/o/{organization}/account-settings/leave", settings, Requires: Permission.ViewOwnAccess),
            new(Invitation, "/invitations/{key}"),
            new(Search, "/o/{organization}/search", home),
            help,
            new(HelpArticle, "/o/{organization}/help/{article}", help),
            helpSupport,
            supportRequests,
            new(NewSupportRequest, "/o/{organization}/help-support/requests/new", supportRequests, "lifebuoy", Permission.UseSupport),
            new(SupportRequest, "/o/{organization}/help-support/requests/{id}", supportRequests),
            programHome,
            new(NewCommunication, "/operator/communications/new", programHome),
            new(SimulatedCommunication, "/operator/communications/simulate", programHome),
            published,
            new(Delivery, "/operator/communications/{id}/delivery", published),
            new(MailPreview, "/operator/mail-preview", programHome),
            new(PersonSessions, "/operator/sessions", programHome),
            new(ImportPreferences, "/operator/import-preferences", programHome),
            supportDesk,
            new(SupportDeskRequest, "/operator/support-requests/{id}", supportDesk),
            people,
            person,
            new(ErasePerson, "/operator/people/{id}/erase", person),
            operatorHelp,
            new(OperatorHelpArticle, "/operator/help/{article}", operatorHelp),
        ];
    }
}

/// <summary>Says which row of the <see cref="PageTable"/> an action shows.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PageAttribute(string key) : Attribute
{
    public PortalPage Page { get; } = PageTable.Find(key);
}
