using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PartnerCenter.Data;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Web.Security;

/// <summary>Finds out from the session cookie who asks and, in the same query, what they are in the organization of the address.</summary>
public sealed class SessionAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    PartnerCenterDb db,
    CurrentUser user,
    WorkspaceCatalogue workspaces,
    TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Session";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // The error page after a fault shows nothing of anybody, so that it needs nothing that may be what failed.
        if (Context.Features.Get<IExceptionHandlerFeature>() is not null)
            return AuthenticateResult.NoResult();
        if (SessionCookie.Read(Request) is not { Length: > 0 and < 200 } id)
            return AuthenticateResult.NoResult();

        var now = time.GetUtcNow().UtcDateTime;
        var session = await LoadAsync(Secret.Hash(id), Request.RouteValues["organization"] as string ?? "", now);
        if (session is null || !session.IsValidAt(now) || session.Person.IsDisabled)
            return AuthenticateResult.NoResult();

        user.SignedIn(session);
        if (session.NeedsRefreshAt(now) && Context.GetEndpoint()?.Metadata.GetMetadata<NoActivityAttribute>() is null)
            await RefreshAsync(session, now);

        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, session.PersonId.ToString(CultureInfo.InvariantCulture))], Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var back = Request.Method == HttpMethods.Get ? $"{Request.Path}{Request.QueryString}" : "/";
        Response.Redirect($"/?returnUrl={Uri.EscapeDataString(back)}");
        return Task.CompletedTask;
    }

    // Session, person, membership, roles and enrollments in one query; the context ties the rows together.
    private async Task<SignInSession?> LoadAsync(string idHash, string organizationKey, DateTime now)
    {
        var sessions = db.Sessions.Where(session => session.IdHash == idHash);

        // Whose memberships are looked at is said inside: otherwise the database reads all members of the organization each time.
        var memberships = db.Memberships.ActiveAt(now).Where(membership => membership.Organization.Key == organizationKey
            && sessions.Select(session => session.PersonId).Contains(membership.PersonId));
        var rows = await (
            from session in sessions
            join person in db.People on session.PersonId equals person.Id
            from membership in memberships.Where(membership => membership.PersonId == person.Id).DefaultIfEmpty()
            from grant in membership.Roles.DefaultIfEmpty()
            from enrollment in membership.Organization.Enrollments.DefaultIfEmpty()
            select new { session, person, membership, membership.Organization, grant, grant.Location, enrollment })
            .ToListAsync(Context.RequestAborted);
        if (rows is not [var first, ..])
            return null;

        if (first.membership is not null)
            user.MemberOf(new Member(first.membership, workspaces, now));
        return first.session;
    }

    private async Task RefreshAsync(SignInSession session, DateTime now)
    {
        session.Refresh(now);
        try
        {
            await db.SaveChangesAsync();
        }
        catch (DbUpdateException)
        {
            // Another request refreshed it, or ended it, at the same instant.
            db.Entry(session).State = EntityState.Unchanged;
        }
    }
}
