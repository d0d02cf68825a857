using System.Net.Mime;
using Microsoft.AspNetCore.ResponseCompression;

namespace PartnerCenter.Web.Hosting;

/// <summary>
/// Pages travel compressed. Files of <c>wwwroot</c> were compressed when the portal was published.
/// </summary>
public static class PageCompression
{
    public static void AddPageCompression(this IServiceCollection services) => services.AddResponseCompression(compression =>
    {
        // The length of a compressed page can tell what stands in it, if somebody else chooses a part of it and watches: see below.
        compression.EnableForHttps = true;
        compression.MimeTypes = [MediaTypeNames.Text.Html];
        // Brotli makes a page hardly smaller in this time.
        compression.Providers.Add<GzipCompressionProvider>();
    });

    public static void UsePageCompression(this IApplicationBuilder app) =>
        app.UseWhen(context => !OtherSites.Sent(context.Request), portal => portal.UseResponseCompression());
}
