using PartnerCenter.Data;

namespace PartnerCenter.Web.Hosting;

/// <summary>Tells a supervisor whether the process lives and whether it can serve. It tells nobody why not: logs do.</summary>
public static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/healthz/live", () => Results.Text("live")).AllowAnonymous().ExcludeFromDescription();
        endpoints.MapGet(
                "/healthz/ready",
                async (PartnerCenterDb db, CancellationToken cancellation) => await db.Database.CanConnectAsync(cancellation)
                    ? Results.Text("ready")
                    : Results.Text("not ready", statusCode: StatusCodes.Status503ServiceUnavailable))
            .AllowAnonymous()
            .ExcludeFromDescription();
    }
}
