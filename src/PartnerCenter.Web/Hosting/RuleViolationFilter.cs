using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain;

namespace PartnerCenter.Web.Hosting;

/// <summary>Answers 409 when somebody did what a rule forbids, with the rule's own sentence, or when somebody else was faster.</summary>
public sealed class RuleViolationFilter(IModelMetadataProvider metadata) : IExceptionFilter
{
    public void OnException(ExceptionContext context)
    {
        Reason? reason;
        if (context.Exception is RuleViolationException violation)
            reason = violation.Reason;
        else if (context.Exception is DbUpdateConcurrencyException)
            reason = null;
        else
            return;

        context.Result = new ViewResult
        {
            StatusCode = StatusCodes.Status409Conflict,
            ViewName = "/Shell/Errors/Conflict.cshtml",
            ViewData = new ViewDataDictionary<Reason?>(metadata, context.ModelState) { Model = reason },
        };
        context.ExceptionHandled = true;
    }
}
