using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Security;

namespace PartnerCenter.Web.Features.MyAccess;

/// <summary>Reads My access.</summary>
public sealed class MyAccessQuery(PartnerCenterDb db, TimeProvider time)
{
    public async Task<MyAccessPage> ReadAsync(Member member, CancellationToken cancellation)
    {
        var rows = new List<WorkspaceAccessRow>();
        foreach (var workspace in member.ExistingWorkspaces)
        {
            rows.Add(new WorkspaceAccessRow(
                workspace,
                member.MayOpen(workspace),
                [.. AccessTable.PermissionsIn(workspace.Key).Where(member.May)],
                AccessTable.RolesThatOpen(workspace),
                await AdministratorsAsync(member, workspace, cancellation)));
        }

        return new MyAccessPage(rows, member.Grants);
    }

    private Task<List<ContactRow>> AdministratorsAsync(Member member, Workspace workspace, CancellationToken cancellation) =>
        db.AdministratorsOf(member.Organization.Id, workspace, time.GetUtcNow().UtcDateTime)
            .Select(membership => new ContactRow(membership.Person.Name, membership.ContactAddress ?? membership.Person.SignInAddress))
            .ToListAsync(cancellation);
}
