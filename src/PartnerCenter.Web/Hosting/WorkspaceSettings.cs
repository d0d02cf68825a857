using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Web.Hosting;

/// <summary>
/// The section <c>Workspaces</c>: for each key, the address of the company's own system (<c>WorkUrl</c>). A key that is not built in
/// adds a workspace; it needs <c>Name</c> and <c>Description</c> by language and the roles that open it (<c>OpenedBy</c>).
/// </summary>
public static class WorkspaceSettings
{
    private const string Section = "Workspaces";

    /// <exception cref="StartupException">A row cannot work.</exception>
    public static WorkspaceCatalogue Read(IConfiguration configuration)
    {
        var rows = configuration.GetSection(Section).GetChildren().ToDictionary(row => row.Key);
        var builtIn = WorkspaceCatalogue.BuiltIn.All.Select(workspace =>
            rows.TryGetValue(workspace.Key, out var row) ? workspace with { WorkUrl = WorkUrl(row) } : workspace);
        var added = rows.Values.Where(row => WorkspaceCatalogue.BuiltIn.Find(row.Key) is null).Select(Added);
        return new WorkspaceCatalogue([.. builtIn, .. added]);
    }

    private static Workspace Added(IConfigurationSection row)
    {
        var openedBy = row.GetSection("OpenedBy").Get<string[]>() ?? [];
        if (openedBy.FirstOrDefault(role => RoleCatalogue.Find(role) is null) is { } unknown)
            throw new StartupException($"{Section}:{row.Key}:OpenedBy names the role '{unknown}', which does not exist.");

        var names = Texts(row, "Name");
        if (openedBy.Length == 0 || names.Count == 0)
            throw new StartupException($"{Section}:{row.Key} needs Name by language and at least one role in OpenedBy.");

        return new Workspace(row.Key, "grid", row.GetSection("Programs").Get<string[]>() ?? [])
        {
            Names = names,
            Descriptions = Texts(row, "Description"),
            OpenedBy = openedBy,
            WorkUrl = WorkUrl(row),
        };
    }

    private static Dictionary<string, string> Texts(IConfigurationSection row, string name) =>
        row.GetSection(name).GetChildren().Where(text => text.Value is not null).ToDictionary(text => text.Key, text => text.Value!);

    private static Uri? WorkUrl(IConfigurationSection row)
    {
        if (row["WorkUrl"] is not { Length: > 0 } url)
            return null;
        return Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
            ? address
            : throw new StartupException($"{Section}:{row.Key}:WorkUrl is '{url}'; it must be a web address.");
    }
}
