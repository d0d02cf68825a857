namespace PartnerCenter.Web.Security;

/// <summary>
/// What lies below <c>/o/{organization}</c> is for its members. To everybody else it does not exist: a foreign organization and
/// an unknown one get the same answer.
/// </summary>
public sealed class MembersOnly(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context, CurrentUser user)
    {
        if (context.Request.RouteValues.ContainsKey("organization") && user.Person is not null && !user.IsMember)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        return next(context);
    }
}
