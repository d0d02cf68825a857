using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace PartnerCenter.Web.Security.SignIn.Local;

/// <summary>Where nobody signs in by a password there is no such address; and over plain http, only in Development.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class LocalAccountsOnlyAttribute : Attribute, IAuthorizationFilter, IOrderedFilter
{
    public int Order => int.MinValue;

    public void OnAuthorization(AuthorizationFilterContext context)
    {
        var local = context.HttpContext.RequestServices.GetRequiredService<LocalSignInSettings>();
        if (!local.IsOn)
        {
            context.Result = new NotFoundResult();
        }
        else if (local.NeedsHttps && !context.HttpContext.Request.IsHttps)
        {
            SignInRefused.Answer(context.HttpContext, SignInRefusal.NeedsHttps);
            context.Result = new StatusCodeResult(context.HttpContext.Response.StatusCode);
        }
    }
}
