using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Formatters;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using PartnerCenter.Web.Shell;

namespace PartnerCenter.Web.Hosting;

/// <summary>Sets up how the publishing API describes itself and how it refuses a body that it cannot read.</summary>
public static class PublishingApiSetup
{
    public const string IdempotencyHeader = "Idempotency-Key";

    private const string Body = "body";

    public static void AddPublishingApi(this IServiceCollection services)
    {
        // After the framework's own set-up, which would overwrite it.
        services.PostConfigure<ApiBehaviorOptions>(api =>
        {
            api.InvalidModelStateResponseFactory = RefuseUnreadable;

            // The framework has no words for this one.
            api.ClientErrorMapping[StatusCodes.Status429TooManyRequests] =
                new ClientErrorData { Link = "https://tools.ietf.org/html/rfc6585#section-4", Title = "Too Many Requests" };
        });
        services.AddOptions<MvcOptions>().PostConfigure<IOptions<JsonOptions>, ILogger<SystemTextJsonInputFormatter>>((mvc, json, logger) => JsonBodies.AddTo(mvc, json.Value, logger));
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = NameTheField);
        services.AddOpenApi("v1", openApi => openApi
            .AddDocumentTransformer((document, _, _) =>
            {
                Describe(document);
                return Task.CompletedTask;
            })
            .AddOperationTransformer((operation, _, _) =>
            {
                RequireIdempotencyKey(operation);
                return Task.CompletedTask;
            }));
    }

    private static void Describe(OpenApiDocument document)
    {
        document.Info.Title = "PartnerCenter publishing API";
        document.Info.Version = "v1";
        document.Servers?.Clear();
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes["apiKey"] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "The key that the host command create-api-key showed.",
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("apiKey", document)] = [] }];
    }

    // In code it may be missing, so that the answer is our own sentence and not the framework's.
    private static void RequireIdempotencyKey(OpenApiOperation operation)
    {
        foreach (var header in operation.Parameters?.OfType<OpenApiParameter>().Where(parameter => parameter.Name == IdempotencyHeader) ?? [])
            header.Required = true;
    }

    private static void NameTheField(ProblemDetailsContext context)
    {
        if (context.ProblemDetails.Status == StatusCodes.Status415UnsupportedMediaType)
            context.ProblemDetails.Extensions["field"] = HeaderNames.ContentType;
    }

    // The serializer's own messages name .NET types; a publisher needs the field and what it should be.
    private static BadRequestObjectResult RefuseUnreadable(ActionContext context)
    {
        var texts = context.HttpContext.RequestServices.GetRequiredService<IStringLocalizer<PortalTexts>>();
        var errors = context.ModelState
            .Where(entry => entry.Value is { Errors.Count: > 0 })
            .Select(entry => FieldOf(entry.Key))
            .Distinct()
            .ToDictionary(field => field, field => new[] { field == Body ? texts["Api.BodyUnreadable"].Value : texts["Api.FieldUnreadable"].Value });

        // A body that cannot be read leaves its parameter empty, which is the same fault told twice.
        if (errors.Count > 1)
            errors.Remove("request");

        var problem = new ValidationProblemDetails(errors) { Status = StatusCodes.Status400BadRequest };
        return new BadRequestObjectResult(problem) { ContentTypes = { "application/problem+json" } };
    }

    private static string FieldOf(string path) => path.TrimStart('$', '.') is { Length: > 0 } field ? field : Body;
}
