using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Web.Shell.Pages;

/// <summary>A page of the portal. Its title stands in <see cref="PortalTexts"/> under <c>Page.{Key}</c>.</summary>
/// <param name="Key">Its name in the table.</param>
/// <param name="Path">Its address; what is in braces comes from the request.</param>
/// <param name="Parent">The page above it in the breadcrumbs.</param>
/// <param name="Icon">The icon in search results.</param>
/// <param name="Requires">What a member needs to open it.</param>
public sealed record PortalPage(string Key, string Path, PortalPage? Parent = null, string Icon = "page", Permission? Requires = null);

/// <summary>All pages with their places: breadcrumbs, navigation and search read it.</summary>
public static class PageTable
{
    public const string Home = "Home";
    public const string Workspace = "Workspace";
    public const string ActionCenter = "ActionCenter";
    public const string Communication = "Communication";
    public const string MyAccess = "MyAccess";
    public const string MyPreferences = "MyPreferences";
    public const string SentMail = "SentMail";
    public const string Search = "Search";
    public const string Operator = "Operator";
    public const string NewCommunication = "NewCommunication";
    public const string PublishedCommunication = "PublishedCommunication";

    private static readonly Dictionary<string, PortalPage> Pages = Rows().ToDictionary(page => page.Key);

    /// <summary>The pages that a member can be sent to directly, by navigation or search.</summary>
    public static IEnumerable<PortalPage> Destinations => Pages.Values.Where(page => page.Requires is not null && !page.Path.EndsWith('}'));

    public static PortalPage Find(string key) => Pages[key];

    /// <summary>The home of a workspace below the organization's address. That of the Action Center is the Action Center.</summary>
    public static string HomeOf(Workspace workspace) =>
        workspace.Key == WorkspaceCatalogue.ActionCenter ? "action-center" : $"workspaces/{workspace.Key}";

    private static IEnumerable<PortalPage> Rows()
    {
        var home = new PortalPage(Home, "/o/{organization}", Icon: "home", Requires: Permission.UseActionCenter);
        var actionCenter = new PortalPage(ActionCenter, "/o/{organization}/action-center", home, "inbox", Permission.UseActionCenter);
        var programHome = new PortalPage(Operator, "/operator", Icon: "megaphone");
        return
        [
            home,
            new(Workspace, "/o/{organization}/workspaces/{workspace}", home),
            actionCenter,
            new(Communication, "/o/{organization}/action-center/{id}", actionCenter),
            new(MyPreferences, "/o/{organization}/my-preferences", actionCenter, "sliders", Permission.UseActionCenter),
            new(SentMail, "/o/{organization}/sent-mail", actionCenter, "mail", Permission.ViewSentMail),
            new(MyAccess, "/o/{organization}/my-access", home, "key", Permission.ViewOwnAccess),
            new(Search, "/o/{organization}/search", home),
            programHome,
            new(NewCommunication, "/operator/communications/new", programHome),
            new(PublishedCommunication, "/operator/communications/{id}", programHome),
        ];
    }
}

/// <summary>Says which row of the <see cref="PageTable"/> an action shows.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PageAttribute(string key) : Attribute
{
    public PortalPage Page { get; } = PageTable.Find(key);
}
