namespace PartnerCenter.Web.Shell;

/// <summary>Serves the folder of <see cref="AssetUrls.Modules"/>, which is there for browsers only.</summary>
public sealed class ModuleFolder(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context, AssetUrls assets)
    {
        if (assets.FileAt(context.Request.Path.Value) is { } file)
            context.Request.Path = file;
        return next(context);
    }
}
