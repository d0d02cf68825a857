using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Razor;

namespace PartnerCenter.Web.Hosting;

/// <summary>Finds a view beside its controller, in <c>Features/&lt;Feature&gt;/</c>, and what every page shows in <c>Shell/</c>.</summary>
public sealed class FeatureViewLocations : IViewLocationExpander
{
    private const string Folder = "folder";

    public void PopulateValues(ViewLocationExpanderContext context)
    {
        if (context.ActionContext.ActionDescriptor is ControllerActionDescriptor { ControllerTypeInfo.Namespace: { } name })
            context.Values[Folder] = name["PartnerCenter.Web.".Length..].Replace('.', '/');
    }

    public IEnumerable<string> ExpandViewLocations(ViewLocationExpanderContext context, IEnumerable<string> viewLocations)
    {
        if (context.Values.TryGetValue(Folder, out var folder))
            yield return $"/{folder}/{{0}}.cshtml";
        yield return "/Shell/{0}.cshtml";
    }
}
