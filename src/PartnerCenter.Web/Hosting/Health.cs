using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;

namespace PartnerCenter.Web.Hosting;

/// <summary>Tells a supervisor whether the process lives and whether it can serve. It tells nobody why not: logs do.</summary>
public static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/healthz/live", () => Results.Text("live")).AllowAnonymous().DisableRateLimiting().ExcludeFromDescription();
        endpoints.MapGet("/healthz/ready", ReadyAsync).AllowAnonymous().DisableRateLimiting().ExcludeFromDescription();
    }

    // Asks for a row: a file that can be opened but holds no portal is not ready either.
    private static async Task<IResult> ReadyAsync(PartnerCenterDb db, CancellationToken cancellation)
    {
        try
        {
            await db.Organizations.AnyAsync(cancellation);
            return Results.Text("ready");
        }
        catch (Exception fault) when (Faults.IsDatabaseAway(fault))
        {
            return Results.Text("not ready", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
