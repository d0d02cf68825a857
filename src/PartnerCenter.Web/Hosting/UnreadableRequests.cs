using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Net.Http.Headers;

namespace PartnerCenter.Web.Hosting;

/// <summary>
/// Requests that the framework cannot read: it would fail on them, or call an action with nothing. They are refused in words, for they are
/// no fault of ours, and leave no stack trace in the log.
/// </summary>
public sealed class UnreadableRequests : IActionFilter
{
    public static void AddTo(MvcOptions mvc)
    {
        // They read names such as a[b], which no page sends, and fail on one that has no end.
        mvc.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
        mvc.ValueProviderFactories.RemoveType<JQueryQueryStringValueProviderFactory>();
        mvc.Filters.Add<UnreadableRequests>();
    }

    /// <summary>Stands after routing, which has taken the address apart, and before anything reads a form.</summary>
    public static Task Refuse(HttpContext context, RequestDelegate next)
    {
        if (Faults.IsErrorPage(context))
            return next(context);

        // To an action, a part of the address that is only blanks is none at all.
        if (context.Request.RouteValues.Values.Any(value => value is string { Length: > 0 } part && string.IsNullOrWhiteSpace(part)))
            return RefuseAs(StatusCodes.Status404NotFound, context);
        return HasKnownEncoding(context.Request.ContentType) ? next(context) : RefuseAs(StatusCodes.Status415UnsupportedMediaType, context);
    }

    public void OnActionExecuting(ActionExecutingContext context)
    {
        // A form with too many fields, say, even where a page is only asked for: no argument was looked for, and an error belongs to no field.
        if (context.ActionArguments.Count == 0 && context.ModelState[""] is { Errors.Count: > 0 } && !Faults.IsErrorPage(context.HttpContext))
        {
            context.HttpContext.Request.ContentType = null;
            context.Result = new BadRequestResult();
        }
    }

    public void OnActionExecuted(ActionExecutedContext context)
    {
        // Only what comes in is looked at.
    }

    // The framework takes a name that it does not know for UTF-8, and fails on UTF-7, which it knows and does not read any more.
    private static bool HasKnownEncoding(string? contentType)
    {
        try
        {
            if (MediaTypeHeaderValue.TryParse(contentType, out var type))
                _ = type.Encoding;
            return true;
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }

    // The error page must not read it either.
    private static Task RefuseAs(int status, HttpContext context)
    {
        context.Request.ContentType = null;
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
