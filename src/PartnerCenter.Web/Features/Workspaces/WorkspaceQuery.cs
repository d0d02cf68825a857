using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Communications;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Communications;

namespace PartnerCenter.Web.Features.Workspaces;

/// <summary>Reads the home of a workspace.</summary>
public sealed class WorkspaceQuery(PartnerCenterDb db, Visibility visibility, TimeProvider time)
{
    private const int MostActions = 10;
    private const int MostNotifications = 5;

    public async Task<WorkspacePage> ReadAsync(Member member, Workspace workspace, CancellationToken cancellation)
    {
        var communications = await visibility.FirstOfAsync(
            member.Reader,
            [
                new(CommunicationPlace.Actions, MostActions) { Workspace = workspace.Key },
                new(CommunicationPlace.Notifications, MostNotifications) { Workspace = workspace.Key },
            ],
            cancellation);
        var administrators = await db.AdministratorsOf(member.Organization.Id, workspace, time.GetUtcNow().UtcDateTime)
            .Select(membership => new AdministratorRow(membership.Person.Name, membership.ContactAddress ?? membership.Person.SignInAddress))
            .ToListAsync(cancellation);
        return new WorkspacePage(
            workspace,
            [.. AccessTable.PermissionsIn(workspace.Key).Where(member.May).Select(permission => new PermissionRow(permission, [.. member.GrantsOf(permission)]))],
            [.. communications.SelectMany(list => list).Select(CommunicationRow.From)],
            administrators);
    }
}
