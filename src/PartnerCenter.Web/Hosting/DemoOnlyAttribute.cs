using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace PartnerCenter.Web.Hosting;

/// <summary>Outside demo mode there is no such address, whatever is sent there: this is asked before a form's token is.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DemoOnlyAttribute : Attribute, IAuthorizationFilter, IOrderedFilter
{
    public int Order => int.MinValue;

    public void OnAuthorization(AuthorizationFilterContext context)
    {
        if (!DemoMode.IsOn(context.HttpContext.RequestServices.GetRequiredService<IConfiguration>()))
            context.Result = new NotFoundResult();
    }
}
