using Microsoft.Net.Http.Headers;
using PartnerCenter.Web.Security.SignIn;

namespace PartnerCenter.Web.Hosting;

/// <summary>
/// The headers that every answer carries, errors, files and refused host names included (ASVS 5.0 3.4). There is one content security
/// policy for everything but the two actions that are marked with <see cref="ShowsFramesAttribute"/> and <see cref="ShownInFrameAttribute"/>.
/// </summary>
public sealed class SecurityHeaders(RequestDelegate next, SignInProviders providers)
{
    // Without subdomains: whether those of a host are all reached by https is known to whoever owns its domain, and not here.
    private const string OnlyByHttps = "max-age=31536000";

    private const string NotKept = "no-store";

    // Signing out is a form that leads on to the identity provider.
    private readonly string _policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + $"form-action {string.Join(' ', providers.All.Select(provider => provider.Origin).Distinct().Prepend("'self'"))}; "
        + "base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'";

    // A mail brings its styles inline. It may do nothing else: no script, no form, no picture, and no origin of the portal's.
    private const string PolicyInFrame =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox";

    /// <summary>Puts them before everything, the framework's own look at the host name included.</summary>
    public static void AddTo(IServiceCollection services) => services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter, BeforeAllElse>());

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            var action = context.GetEndpoint()?.Metadata;
            (headers.ContentSecurityPolicy, headers.XFrameOptions) =
                action?.GetMetadata<ShownInFrameAttribute>() is not null ? (PolicyInFrame, "SAMEORIGIN")

                // The portal frames nothing but itself, and of itself only what says that it may be framed.
                : action?.GetMetadata<ShowsFramesAttribute>() is not null ? ($"{_policy}; frame-src 'self'", "DENY")
                : (_policy, "DENY");
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";

            // A browser that was told so of this machine would not reach anything else on it by http any more.
            if (context.Request.IsHttps && !PortalUrls.IsLoopbackHost(context.Request.Host.Host))
                headers.StrictTransportSecurity = OnlyByHttps;

            // Files and feeds say themselves how long they keep; everything else is somebody's page, in whichever words the framework says so.
            if (headers.CacheControl.Count == 0 || headers.CacheControl.ToString().Contains(NotKept, StringComparison.OrdinalIgnoreCase))
            {
                headers.CacheControl = NotKept;
                headers.Remove(HeaderNames.Pragma);
                headers.Remove(HeaderNames.Expires);
            }

            return Task.CompletedTask;
        });
        return next(context);
    }

    private sealed class BeforeAllElse : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => portal =>
        {
            portal.UseMiddleware<SecurityHeaders>();
            next(portal);
        };
    }
}

/// <summary>A page that shows a frame with another answer of the portal.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ShowsFramesAttribute : Attribute;

/// <summary>What pages of the portal, and nobody else, show in a frame: HTML that is written for other programs than browsers.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ShownInFrameAttribute : Attribute;
