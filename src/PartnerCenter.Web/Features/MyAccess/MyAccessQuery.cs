using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Access;

namespace PartnerCenter.Web.Features.MyAccess;

/// <summary>Reads My access: however many workspaces there are, the administrators and my requests are one query each.</summary>
public sealed class MyAccessQuery(PartnerCenterDb db, WorkspaceCatalogue catalogue, TimeProvider time)
{
    private const int MostRequests = 20;

    public async Task<MyAccessPage> ReadAsync(Member member, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var administrators = await OtherAdministratorsAsync(member, now, cancellation);
        var requests = await RequestsAsync(member, now, cancellation);
        var rows = member.ExistingWorkspaces.Select(workspace =>
        {
            var roles = AccessTable.RolesThatOpen(workspace);
            return new WorkspaceAccessRow(
                workspace,
                member.MayOpen(workspace),
                [.. AccessTable.PermissionsIn(workspace.Key).Where(member.May).Select(permission => PermissionRow(member, permission))],
                [.. member.Grants.Where(grant => roles.Any(role => role.Key == grant.Role))],
                roles,
                requests.Any(row => row.IsOpen && (row.Request.Workspace == workspace.Key || roles.Any(role => role.Key == row.Request.Role))),
                new ContactsBox([.. administrators.Where(administrator => administrator.Administers(workspace))]));
        });
        return new MyAccessPage([.. rows], [.. catalogue.All.Except(member.ExistingWorkspaces)], member.Grants, requests);
    }

    /// <summary>Reads what there is to choose from for somebody who asks.</summary>
    /// <param name="member">Who asks.</param>
    /// <param name="form">What was said so far.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<AskForAccessPage> ReadAsync(Member member, AskForAccessForm form, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var administrators = await OtherAdministratorsAsync(member, now, cancellation);
        var workspace = WorkspaceOf(member, form);
        var useful = RoleCatalogue.All
            .Where(role => role.Family != RoleFamily.Everyone && GrantPolicy.MayHold(role, member.Membership).IsAllowed)
            .Where(role => !member.Grants.Any(grant => grant.Role == role.Key && grant.LocationId is null && grant.EndsAt is null))
            .ToList();
        List<Role> choices = workspace is not null ? [.. RoleReach.LeastFirst(AccessTable.RolesThatOpen(workspace).Intersect(useful), member.ExistingWorkspaces)]
            : RoleOf(form) is { } role ? [role]
            : [];
        return new AskForAccessPage(
            form,
            workspace,
            workspace is null ? RoleOf(form) : null,
            [.. choices.Select(Choice)],
            workspace is not null && !member.MayOpen(workspace),
            useful,
            [.. member.ExistingWorkspaces.Where(existing => !member.MayOpen(existing))],
            new ContactsBox([.. administrators.Where(administrator => administrator.MayGrant(choices))]));

        AskChoiceRow Choice(Role role) => new(
            role,
            RoleReach.Of(role, member.ExistingWorkspaces),
            [.. administrators.Where(administrator => administrator.MayGrant([role])).Select(administrator => administrator.Name)]);
    }

    /// <summary>The workspace that is asked for, if the organization has it.</summary>
    public static Workspace? WorkspaceOf(Member member, AskForAccessForm form) =>
        member.ExistingWorkspaces.FirstOrDefault(workspace => workspace.Key == form.Workspace);

    /// <summary>The role that is asked for, if there is such a role.</summary>
    public static Role? RoleOf(AskForAccessForm form) =>
        string.IsNullOrEmpty(form.Role) || RoleCatalogue.Find(form.Role) is not { Family: not RoleFamily.Everyone } role ? null : role;

    private static MyPermissionRow PermissionRow(Member member, Permission permission) =>
        new(permission, [.. member.GrantsOf(permission).Select(grant => grant.Role).Distinct()]);

    // Nobody asks themselves.
    private async Task<IReadOnlyList<Administrator>> OtherAdministratorsAsync(Member member, DateTime now, CancellationToken cancellation) =>
        [.. (await db.ReadAdministratorsAsync(member.Organization.Id, now, cancellation)).Where(administrator => administrator.MembershipId != member.Membership.Id)];

    private async Task<IReadOnlyList<RequestRow>> RequestsAsync(Member member, DateTime now, CancellationToken cancellation)
    {
        var requests = await db.AccessRequests.AsNoTracking()
            .Where(request => request.MembershipId == member.Membership.Id)
            .OrderBy(request => request.State == AccessRequestState.Open ? 0 : 1)
            .ThenByDescending(request => request.Id)
            .Take(MostRequests)
            .ToListAsync(cancellation);
        return [.. requests.Select(request => new RequestRow(request, request.StateAt(now)))];
    }
}
