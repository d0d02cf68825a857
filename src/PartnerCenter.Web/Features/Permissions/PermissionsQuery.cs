using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Access;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.Permissions;

/// <summary>Reads what a member may do, and why.</summary>
public sealed class PermissionsQuery(PartnerCenterDb db, WorkspaceCatalogue workspaces, TimeProvider time)
{
    public Task<PermissionsPage> ReadAsync(Member member, QuestionForm question, CancellationToken cancellation) =>
        ReadAsync(member.Membership, isOwn: true, member.ExistingWorkspaces, question, cancellation);

    /// <returns>Null if the organization has no such member.</returns>
    public async Task<PermissionsPage?> FindAsync(Member member, int id, QuestionForm question, CancellationToken cancellation)
    {
        var found = await db.Memberships.AsNoTracking()
            .Include(membership => membership.Person)
            .Include(membership => membership.Organization).ThenInclude(organization => organization.Enrollments)
            .Include(membership => membership.Roles).ThenInclude(grant => grant.Location)
            .AsSplitQuery()
            .SingleOrDefaultAsync(membership => membership.Id == id && membership.OrganizationId == member.Organization.Id, cancellation);
        return found is null ? null : await ReadAsync(found, found.Id == member.Membership.Id, member.ExistingWorkspaces, question, cancellation);
    }

    private async Task<PermissionsPage> ReadAsync(
        Membership member, bool isOwn, IReadOnlyList<Workspace> existing, QuestionForm question, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var grants = member.Roles.OrderByDescending(grant => grant.CountsAt(now)).ThenBy(grant => grant.GrantedAt).ThenBy(grant => grant.Id).ToList();
        List<Role> columns =
        [
            .. RoleCatalogue.All.Where(role => grants.Exists(grant => grant.Role == role.Key && grant.CountsAt(now))),
            RoleCatalogue.DefaultUser,
        ];
        return new PermissionsPage(
            member,
            isOwn,
            [.. grants.Select(grant => new GrantRow(grant, grant.CountsAt(now), RoleCatalogue.Find(grant.Role) is { } role ? RoleReach.Of(role, existing) : []))],
            columns,
            [.. existing.Select(workspace => new MatrixRow(workspace, [.. columns.Select(role => AccessTable.LevelOf(role, workspace))]))],
            [.. PageTable.Destinations],
            workspaces.All,
            question,
            await AnswerAsync(member, question, now, cancellation));
    }

    private async Task<AccessExplanation?> AnswerAsync(Membership member, QuestionForm question, DateTime now, CancellationToken cancellation)
    {
        var page = PageTable.Destinations.FirstOrDefault(page => QuestionForm.Of(page) == question.Open);
        var workspace = workspaces.All.FirstOrDefault(workspace => QuestionForm.Of(workspace) == question.Open);
        if (page is null && workspace is null)
            return null;

        List<AuditEntry> lost = await db.ReadLostRolesAsync(member.OrganizationId, member.Id, cancellation);
        return page is not null
            ? AccessExplanation.Of(page.Requires!.Value, member, workspaces, now, lost)
            : AccessExplanation.Of(workspace!, member, now, lost);
    }
}
