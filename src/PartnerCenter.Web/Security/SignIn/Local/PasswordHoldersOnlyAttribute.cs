using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;

namespace PartnerCenter.Web.Security.SignIn.Local;

/// <summary>For whoever has a password of the portal; to everybody else there is no such address.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PasswordHoldersOnlyAttribute : Attribute, IAsyncResourceFilter
{
    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        var services = context.HttpContext.RequestServices;
        var person = services.GetRequiredService<CurrentUser>().Person!.Id;
        if (await services.GetRequiredService<PartnerCenterDb>().LocalAccounts.AnyAsync(account => account.PersonId == person))
            await next();
        else
            context.Result = new NotFoundResult();
    }
}
