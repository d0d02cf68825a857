using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace PartnerCenter.Tests.Support;

/// <summary>What the portal serves, found out from the portal itself.</summary>
internal static class Routes
{
    private static readonly Dictionary<string, string> Values = new(StringComparer.Ordinal)
    {
        ["organization"] = "alpine-cloud",
        ["workspace"] = "billing",
        ["program"] = "reseller",
        ["key"] = "alpine-cloud",
        ["article"] = "action-center",
        ["documentName"] = "v1",
        ["id"] = "1",
        ["item"] = "1",
        ["status"] = "404",
    };

    /// <summary>Every route with its method; one that answers to all of them as GET.</summary>
    public static IReadOnlyList<(string Method, RouteEndpoint Endpoint)> All(PortalApp app) =>
    [
        .. app.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .OfType<RouteEndpoint>()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["GET"]).Select(method => (method, endpoint))),
    ];

    /// <summary>Every route of a controller.</summary>
    public static IEnumerable<(string Method, RouteEndpoint Endpoint)> Actions(PortalApp app) =>
        All(app).Where(route => route.Endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is not null);

    public static string TemplateOf(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.TrimStart('/');

    /// <summary>An address of a route: of Alpine Cloud, where it names an organization, and with the first of whatever else it names.</summary>
    public static string AddressOf(RouteEndpoint endpoint) => endpoint.RoutePattern.Parameters.Aggregate(
        TemplateOf(endpoint),
        (address, parameter) => System.Text.RegularExpressions.Regex.Replace(
            address, $@"\{{\**{parameter.Name}(:[a-z]+)?\}}", Values.GetValueOrDefault(parameter.Name, "none"), System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
}
