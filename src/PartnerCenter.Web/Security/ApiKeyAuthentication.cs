using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using PartnerCenter.Data;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Web.Shell;

namespace PartnerCenter.Web.Security;

/// <summary>The key of another system in <c>Authorization: Bearer</c> (RFC 6750). It ignores cookies, so no page can misuse a browser.</summary>
public sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    PartnerCenterDb db,
    TimeProvider time,
    IStringLocalizer<PortalTexts> texts)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";

    private const string Bearer = "Bearer ";
    private const string KeyClaim = "api-key";

    /// <returns>The public part of the key that a system was recognized by.</returns>
    public static string? KeyOf(ClaimsPrincipal system) => system.FindFirstValue(KeyClaim);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) || !ApiKey.TryParse(header[Bearer.Length..].Trim(), out var id, out var secret))
            return AuthenticateResult.NoResult();

        var key = await db.ApiKeys.AsNoTracking().Include(key => key.Limits).SingleOrDefaultAsync(key => key.Id == id, Context.RequestAborted);
        if (key is null || !key.HasSecret(secret) || !key.IsValidAt(time.GetUtcNow().UtcDateTime))
            return AuthenticateResult.Fail("The key is wrong, has expired or was revoked.");

        if (key.Purpose == ApiKeyPurpose.Publishing)
            Context.Features.Set(new CurrentPublisher(key.Id, key.Grant()));
        var identity = new ClaimsIdentity(
            [new Claim(KeyClaim, key.Id), new Claim(ClaimTypes.Name, key.Name), new Claim(ClaimTypes.Role, $"{key.Purpose}")], Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Results.Problem(
            statusCode: StatusCodes.Status401Unauthorized,
            title: texts["Api.KeyRefused"],
            extensions: new Dictionary<string, object?> { ["field"] = "Authorization" }).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Results.Problem(
        statusCode: StatusCodes.Status403Forbidden,
        title: texts["Api.KeyForSomethingElse"],
        extensions: new Dictionary<string, object?> { ["field"] = "Authorization" }).ExecuteAsync(Context);
}

/// <summary>The publisher that makes this request, and what it may publish.</summary>
public sealed record CurrentPublisher(string ApiKeyId, PublishingGrant Grant);

/// <summary>Only for other systems with a valid key that was made for this.</summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class ApiKeyOnlyAttribute : AuthorizeAttribute
{
    protected ApiKeyOnlyAttribute(ApiKeyPurpose purpose)
    {
        AuthenticationSchemes = ApiKeyAuthentication.SchemeName;
        Roles = $"{purpose}";
    }
}

/// <summary>Only for publishers.</summary>
public sealed class PublishersOnlyAttribute() : ApiKeyOnlyAttribute(ApiKeyPurpose.Publishing);

/// <summary>Only for systems that send the portal's mail on.</summary>
public sealed class MailSystemsOnlyAttribute() : ApiKeyOnlyAttribute(ApiKeyPurpose.MailEvents);
