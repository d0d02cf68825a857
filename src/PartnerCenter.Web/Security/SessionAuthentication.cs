using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PartnerCenter.Data;
using PartnerCenter.Data.Access;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
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

    // Everything in one query that is compiled once, because every request asks it; the context ties the rows together. The person
    // comes before the organization: through that, the database would look at all of its members.
    private static readonly Func<PartnerCenterDb, string, string, IAsyncEnumerable<Row>> Rows =
        EF.CompileAsyncQuery((PartnerCenterDb db, string idHash, string organizationKey) =>
            from session in db.Sessions
            where session.IdHash == idHash
            join person in db.People on session.PersonId equals person.Id
            from organization in db.Organizations.Where(organization => organization.Key == organizationKey).DefaultIfEmpty()
            from membership in db.Memberships
                .Where(membership => membership.PersonId == person.Id && membership.OrganizationId == organization.Id)
                .DefaultIfEmpty()
            from grant in membership.Roles.DefaultIfEmpty()
            from enrollment in organization.Enrollments.DefaultIfEmpty()
            select new Row
            {
                Session = session,
                Person = person,
                Organization = organization,
                Membership = membership,
                Grant = grant,
                Location = grant.Location,
                Enrollment = enrollment,
            });

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

        user.SignedIn(session, now);
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

    private async Task<SignInSession?> LoadAsync(string idHash, string organizationKey, DateTime now)
    {
        var rows = await Rows(db, idHash, organizationKey).ToListAsync(Context.RequestAborted);
        if (rows is not [var first, ..])
            return null;

        if (first.Membership is { } membership && membership.CanWorkAt(now))
        {
            if (await db.IsOpenToAccountsOfAsync(membership, first.Session.Tenant, Context.RequestAborted))
                user.MemberOf(new Member(membership, workspaces, now) { HasFreshSignIn = first.Session.IsFreshAt(now) });
            else
                user.KeptOutOf(membership.Organization);
        }

        return first.Session;
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

    private sealed class Row
    {
        public required SignInSession Session { get; init; }

        public required Person Person { get; init; }

        public Organization? Organization { get; init; }

        public Membership? Membership { get; init; }

        public RoleAssignment? Grant { get; init; }

        public Location? Location { get; init; }

        public ProgramEnrollment? Enrollment { get; init; }
    }
}
