using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace PartnerCenter.Web.Hosting;

/// <summary>
/// How much a request may bring (ASVS 5.0 5.2.1, 15.2.2). An action that needs another size says so with <c>RequestSizeLimit</c>. What
/// says of itself that it is larger is refused unread, so that whoever sent it is answered in words and no stack trace is logged.
/// </summary>
public static class RequestSizes
{
    /// <summary>What any request may bring: every form of the portal with room to spare.</summary>
    public const int LargestBody = 1024 * 1024;

    /// <summary>What an import may bring: a file of 5 MB, also as it comes back with the confirmation.</summary>
    public const int LargestImport = 8 * 1024 * 1024;

    /// <summary>What turning mail off may bring: next to nothing, and it comes from strangers.</summary>
    public const int LargestUnsubscription = 4 * 1024;

    private const int MostFields = 1024;
    private const int LongestFieldName = 512;
    private const int LongestField = 256 * 1024;

    public static void AddRequestSizes(this IServiceCollection services)
    {
        services.Configure<FormOptions>(form =>
        {
            form.ValueCountLimit = MostFields;
            form.KeyLengthLimit = LongestFieldName;
            form.ValueLengthLimit = LongestField;
            form.MultipartBodyLengthLimit = LargestImport;
        });
        services.Configure<MvcOptions>(mvc => mvc.MaxModelBindingCollectionSize = MostFields);
    }

    /// <summary>Stands after routing, which has told the server what this address accepts.</summary>
    public static Task RefuseTooLarge(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (Faults.IsErrorPage(context)
            || context.Features.Get<IHttpMaxRequestBodySizeFeature>() is not { IsReadOnly: false } size
            || !(request.ContentLength > size.MaxRequestBodySize))
            return next(context);

        // A browser listens only when it has sent all: the server takes it for some seconds and throws it away. Nothing here may read it.
        size.MaxRequestBodySize = null;
        request.Body = Stream.Null;
        request.ContentType = null;
        context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        return Task.CompletedTask;
    }
}
