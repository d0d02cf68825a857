using Microsoft.AspNetCore.Diagnostics;
using PartnerCenter.Data;
using PartnerCenter.Data.Access;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Access;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Shell.Errors;

/// <summary>Finds out for a member who was refused what the page needs, which roles give it, and whom to ask.</summary>
public sealed class AccessHelpQuery(PartnerCenterDb db, WorkspaceCatalogue workspaces, TimeProvider time)
{
    private const string WorkspaceInAddress = "workspace";

    /// <param name="member">Who was refused.</param>
    /// <param name="refused">What was asked for.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>Null if the page that was asked for says nothing about what it needs.</returns>
    public async Task<AccessHelp?> ReadAsync(Member member, IStatusCodeReExecuteFeature refused, CancellationToken cancellation)
    {
        if (refused.Endpoint?.Metadata.GetMetadata<RequirePermissionAttribute>() is not { Permission: var permission })
            return null;

        var now = time.GetUtcNow().UtcDateTime;
        var lost = await db.ReadLostRolesAsync(member.Organization.Id, member.Membership.Id, cancellation);
        var explanation = WorkspaceOf(refused) is { } workspace
            ? AccessExplanation.Of(workspace, member.Membership, now, lost)
            : AccessExplanation.Of(permission, member.Membership, workspaces, now, lost);
        var administrators = await db.ReadAdministratorsAsync(member.Organization.Id, now, cancellation);
        return new AccessHelp(
            explanation,
            [.. explanation.Roles.Where(role => GrantPolicy.MayHold(role, member.Membership).IsAllowed)],
            new ContactsBox([.. administrators.Where(administrator => administrator.MembershipId != member.Membership.Id && administrator.MayGrant(explanation.Roles))]));
    }

    // The home of a workspace is open to whoever has any permission there: its address says which workspace that is.
    private Workspace? WorkspaceOf(IStatusCodeReExecuteFeature refused) =>
        refused.Endpoint?.Metadata.GetMetadata<PageAttribute>()?.Page.Key == PageTable.Workspace
        && refused.RouteValues?.GetValueOrDefault(WorkspaceInAddress) is string key
            ? workspaces.Find(key)
            : null;
}

/// <summary>What a member is told who may not open a page.</summary>
/// <param name="Explanation">Why not.</param>
/// <param name="CanAskFor">The roles that the member can ask for.</param>
/// <param name="Administrators">Who may grant one of them.</param>
public sealed record AccessHelp(AccessExplanation Explanation, IReadOnlyList<Role> CanAskFor, ContactsBox Administrators);
