using System.Globalization;
using Microsoft.Extensions.Localization;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Mail.Composition;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Shell;

/// <summary>Where the reader is: the organization, the page, the language. Views make their links from it.</summary>
public sealed class Here(IHttpContextAccessor http, CurrentUser user, WorkspaceCatalogue workspaces, IStringLocalizer<Vocabulary> words)
{
    private HttpContext Context => http.HttpContext ?? throw new InvalidOperationException("There is no request.");

    public CurrentUser User => user;

    /// <summary>Null on pages outside an organization.</summary>
    public Member? Member => user.IsMember ? user.Member : null;

    public PortalPage? Page => Context.GetEndpoint()?.Metadata.GetMetadata<PageAttribute>()?.Page;

    /// <summary>The workspace that the page belongs to; null on pages that are about all of them.</summary>
    public Workspace? Workspace => Context.GetRouteValue("workspace") is string key
        ? workspaces.Find(key)
        : PageTable.WorkspaceOf(Page) is { } home ? workspaces.Find(home) : null;

    public string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    /// <summary>Which <see cref="BrowserChoice.Theme"/> this browser has.</summary>
    public string Theme => BrowserChoice.Theme.Read(Context.Request);

    /// <summary>Which <see cref="BrowserChoice.Density"/> it has.</summary>
    public string Density => BrowserChoice.Density.Read(Context.Request);

    /// <summary>What browsers are told about colours before they have read a style sheet.</summary>
    public string ColorScheme => Theme == BrowserChoice.AsDevice ? "light dark" : Theme;

    public string TraceId => Context.TraceIdentifier;

    /// <summary>
    /// The address to come back to; null where nothing is, so that such an answer looks the same for whatever was asked for, and where a
    /// form was sent to, which nobody can open.
    /// </summary>
    public string? Address => HttpMethods.IsGet(Context.Request.Method) && Context.Response.StatusCode != StatusCodes.Status404NotFound
        ? $"{Context.Request.Path}{Context.Request.QueryString}"
        : null;

    /// <summary>The address of a page of this organization.</summary>
    /// <param name="path">Below the organization, without a slash at its start; empty for its home.</param>
    public string To(string path = "") => InOrganization(user.Member.Organization.Key, path);

    public string InOrganization(string organization, string path = "") =>
        $"{Context.Request.PathBase}/o/{organization}{(path.Length == 0 ? "" : "/")}{path}";

    /// <summary>The address of this page in another directory, or of the home of that one where this page is nobody's.</summary>
    public string InDirectory(string organization)
    {
        if (Member is not { } member || member.Organization.Key == organization || Page is not { Parent: not null } page)
            return InOrganization(organization);
        var workspace = page.Key == PageTable.Workspace ? $"&inWorkspace={Workspace?.Key}" : "";
        return InOrganization(organization, $"switch?page={page.Key}{workspace}");
    }

    public string ToWorkspace(Workspace workspace) => To(PageTable.HomeOf(workspace));

    /// <summary>The address of an article of the documentation, or of the list of all.</summary>
    public string ToArticle(string key = "")
    {
        var path = key.Length == 0 ? "help" : $"help/{key}";
        return user.IsMember ? To(path) : $"{Context.Request.PathBase}/operator/{path}";
    }

    /// <summary>The address of a page of the table, about what this page is about.</summary>
    public string AddressOf(PortalPage page)
    {
        var path = page.Path.Replace("{organization}", Member?.Organization.Key, StringComparison.Ordinal);
        foreach (var (name, value) in Context.Request.RouteValues)
            path = path.Replace($"{{{name}}}", Uri.EscapeDataString(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""), StringComparison.Ordinal);
        return Context.Request.PathBase + path;
    }

    public string NameOf(Workspace workspace) => workspace.NameIn(Language, words);

    public string DescriptionOf(Workspace workspace) => workspace.DescriptionIn(Language, words);

    public string WorkspaceName(string key) => workspaces.Find(key) is { } workspace ? NameOf(workspace) : key;
}
