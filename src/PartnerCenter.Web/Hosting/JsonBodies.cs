using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Formatters;

namespace PartnerCenter.Web.Hosting;

/// <summary>
/// Reads JSON as the framework does, but refuses a field whose name has more brackets and dots than the framework counts, instead of
/// failing on it while it says that there is no such field.
/// </summary>
public sealed class JsonBodies(JsonOptions options, ILogger<SystemTextJsonInputFormatter> logger) : SystemTextJsonInputFormatter(options, logger)
{
    /// <summary>Takes the place of the framework's reader.</summary>
    public static void AddTo(MvcOptions mvc, JsonOptions json, ILogger<SystemTextJsonInputFormatter> logger)
    {
        mvc.InputFormatters.RemoveType<SystemTextJsonInputFormatter>();
        mvc.InputFormatters.Insert(0, new JsonBodies(json, logger));
    }

    public override async Task<InputFormatterResult> ReadAsync(InputFormatterContext context)
    {
        try
        {
            return await base.ReadAsync(context);
        }
        catch (InvalidOperationException)
        {
            context.ModelState.TryAddModelError("", "The body cannot be read.");
            return await InputFormatterResult.FailureAsync();
        }
    }
}
