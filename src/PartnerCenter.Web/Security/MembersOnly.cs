using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Web.Security;

/// <summary>
/// What lies below <c>/o/{organization}</c> is for its members. To everybody else it does not exist: a foreign organization and
/// an unknown one get the same answer. Members whose organization wants an account of its own are led to where they sign in with it.
/// </summary>
public sealed class MembersOnly(RequestDelegate next)
{
    /// <summary>Where a member signs in with an account that the organization takes.</summary>
    public static string AddressFor(Organization organization) => $"/directories/{organization.Key}";

    public Task InvokeAsync(HttpContext context, CurrentUser user)
    {
        if (context.Request.RouteValues.ContainsKey("organization") && user.Person is not null && !user.IsMember)
        {
            if (user.WantsOwnAccount is { } organization)
                context.Response.Redirect(AddressFor(organization));
            else
                context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        return next(context);
    }
}
