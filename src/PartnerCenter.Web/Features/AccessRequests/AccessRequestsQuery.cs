using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Access;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Access;

namespace PartnerCenter.Web.Features.AccessRequests;

/// <summary>
/// Reads the access requests that a member may answer or has answered. Nothing else is there for them, except what they asked for
/// themselves.
/// </summary>
public sealed class AccessRequestsQuery(PartnerCenterDb db, WorkspaceCatalogue workspaces, TimeProvider time)
{
    private const int PageSize = 25;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<AccessRequestsPage> ListAsync(Member member, AccessRequestsFilterForm filter, CancellationToken cancellation)
    {
        filter.Page = Math.Clamp(filter.Page, 1, 1000);
        var now = Now;
        var lapsed = now - AccessRequest.Lasts;
        var requests = db.RequestsFor(member.Membership, workspaces, now).AsNoTracking();
        requests = filter.State switch
        {
            AccessRequestState.Open => requests.Where(request => request.State == AccessRequestState.Open && request.CreatedAt > lapsed),
            AccessRequestState.Expired => requests.Where(request =>
                request.State == AccessRequestState.Expired || (request.State == AccessRequestState.Open && request.CreatedAt <= lapsed)),
            { } state => requests.Where(request => request.State == state),
            null => requests,
        };
        var rows = await requests
            .OrderBy(request => request.State == AccessRequestState.Open && request.CreatedAt > lapsed ? 0 : 1)
            .ThenByDescending(request => request.Id)
            .Skip((filter.Page - 1) * PageSize)
            .Take(PageSize + 1)
            .Select(request => new { Request = request, request.Requester.Person.Name })
            .ToListAsync(cancellation);
        return new AccessRequestsPage(
            filter,
            [.. rows.Take(PageSize).Select(row => new AccessRequestRow(row.Request, row.Request.StateAt(now), row.Name))],
            rows.Count > PageSize);
    }

    /// <summary>Whether there is such a request for this member.</summary>
    public Task<bool> ExistsAsync(Member member, int id, CancellationToken cancellation) =>
        Visible(member).AnyAsync(request => request.Id == id, cancellation);

    public async Task<AccessRequestPage?> FindAsync(Member member, int id, CancellationToken cancellation)
    {
        var request = await Visible(member).AsNoTracking()
            .Include(request => request.Requester).ThenInclude(requester => requester.Person)
            .Include(request => request.Requester).ThenInclude(requester => requester.Roles).ThenInclude(grant => grant.Location)
            .SingleOrDefaultAsync(request => request.Id == id, cancellation);
        if (request is null)
            return null;

        var now = Now;
        var (requester, asked) = (request.Requester, request.RolesAskedFor(workspaces));
        var held = requester.Roles.Where(grant => grant.CountsAt(now)).OrderBy(grant => grant.GrantedAt).ThenBy(grant => grant.Id).ToList();
        var keys = held.Select(grant => grant.Role).Distinct().ToList();
        var choices = RoleReach.LeastFirst(asked, member.ExistingWorkspaces)
            .Where(role => GrantPolicy.MayDecide(member.Membership, role, requester, now).IsAllowed)
            .Select(role => new GrantableRow(role, RoleReach.Of(role, member.ExistingWorkspaces), RoleReach.Gained(role, keys, member.ExistingWorkspaces)))
            .ToList();
        var administrators = await db.ReadAdministratorsAsync(member.Organization.Id, now, cancellation);
        return new AccessRequestPage(
            request,
            request.StateAt(now),
            requester.Id == member.Membership.Id,
            GrantPolicy.MayAnswer(member.Membership, asked, requester, now).IsAllowed,
            requester.IsActiveAt(now) && !requester.Person.IsDisabled,
            held,
            choices,
            choices.Exists(choice => choice.Role.ByLocation) ? await LocationsAsync(member, cancellation) : [],
            new ContactsBox([.. administrators.Where(administrator => administrator.MembershipId != requester.Id && administrator.MayGrant(asked))]),
            new ApproveForm { Role = choices is [var only] ? only.Role.Key : null, Until = LastDay.Of(request.Until) },
            new DenyForm());
    }

    private IQueryable<AccessRequest> Visible(Member member)
    {
        var me = member.Membership;
        var answerable = db.RequestsFor(me, workspaces, Now).Select(request => request.Id);
        return db.AccessRequests.Where(request => request.MembershipId == me.Id || answerable.Contains(request.Id));
    }

    private Task<List<Domain.Organizations.Location>> LocationsAsync(Member member, CancellationToken cancellation) =>
        db.Organizations.AsNoTracking()
            .Where(organization => organization.Id == member.Organization.Id)
            .SelectMany(organization => organization.Locations)
            .OrderBy(location => location.Name)
            .ToListAsync(cancellation);
}
