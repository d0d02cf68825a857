using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Domain.Access;

/// <summary>
/// Why somebody can, or can't, open a page or a workspace. It decides nothing: it asks the rules that decide, in the order in which a
/// request meets them, and names the first that says no.
/// </summary>
public sealed record AccessExplanation
{
    private AccessExplanation(AccessAnswer answer, Membership member, Workspace? workspace) => (Answer, Member, Workspace) = (answer, member, workspace);

    public AccessAnswer Answer { get; private init; }

    /// <summary>Whom it is about.</summary>
    public Membership Member { get; }

    /// <summary>Where it lies.</summary>
    public Workspace? Workspace { get; }

    /// <summary>The permission that it needs; null for the home of a workspace, which any permission there opens.</summary>
    public Permission? Permission { get; private init; }

    /// <summary>The roles that give it, whoever holds them; empty when every member has it.</summary>
    public IReadOnlyList<Role> Roles { get; private init; } = [];

    /// <summary>The grants of the member that give it; if something else says no, they would otherwise.</summary>
    public IReadOnlyList<RoleAssignment> Grants { get; private init; } = [];

    /// <summary>The grants of the member that gave it until they ended.</summary>
    public IReadOnlyList<RoleAssignment> Ended { get; private init; } = [];

    /// <summary>How the member lost the last role that gave it.</summary>
    public AuditEntry? Lost { get; private init; }

    public bool IsAllowed => Answer is AccessAnswer.ByRole or AccessAnswer.EveryMember;

    /// <summary>Explains a page that needs a permission.</summary>
    /// <param name="permission">What the page needs.</param>
    /// <param name="member">Who opens it, with person, organization with enrollments, and roles.</param>
    /// <param name="workspaces">All workspaces of the portal.</param>
    /// <param name="now">The time in UTC.</param>
    /// <param name="lost">What the activity log says of roles that the member lost.</param>
    public static AccessExplanation Of(
        Permission permission, Membership member, WorkspaceCatalogue workspaces, DateTime now, IEnumerable<AuditEntry>? lost = null)
    {
        var workspace = workspaces.Find(AccessTable.WorkspaceOf(permission));
        var explanation = Explain(AccessTable.IsForEveryMember(permission), AccessTable.RolesWith(permission), member, workspace, now, lost);
        return explanation with { Permission = permission };
    }

    /// <summary>Explains the home of a workspace.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="member">Who opens it, with person, organization with enrollments, and roles.</param>
    /// <param name="now">The time in UTC.</param>
    /// <param name="lost">What the activity log says of roles that the member lost.</param>
    public static AccessExplanation Of(Workspace workspace, Membership member, DateTime now, IEnumerable<AuditEntry>? lost = null) =>
        Explain(AccessTable.Opens(workspace, []), AccessTable.RolesThatOpen(workspace), member, workspace, now, lost);

    private static AccessExplanation Explain(
        bool isForEveryMember, IReadOnlyList<Role> roles, Membership member, Workspace? workspace, DateTime now, IEnumerable<AuditEntry>? lost)
    {
        var giving = member.Roles.Where(grant => roles.Any(role => role.Key == grant.Role)).ToLookup(grant => grant.CountsAt(now));
        var last = lost?.Where(entry => roles.Any(role => role.Key == entry.Topic)).MaxBy(entry => entry.Number);
        var answer = member switch
        {
            { Organization.IsSuspended: true } => AccessAnswer.OrganizationSuspended,
            { Person.IsDisabled: true } => AccessAnswer.AccountDisabled,
            _ when !member.IsActiveAt(now) => AccessAnswer.NotActive,
            _ when workspace is not null && !workspace.ExistsFor(member.Organization.ActivePrograms) => AccessAnswer.NotEnrolled,
            _ when isForEveryMember => AccessAnswer.EveryMember,
            _ when giving[true].Any() => AccessAnswer.ByRole,
            _ when giving[false].Any() => AccessAnswer.RoleEnded,
            _ when last is not null => AccessAnswer.RoleLost,
            _ => AccessAnswer.NoRole,
        };
        return new AccessExplanation(answer, member, workspace)
        {
            Roles = isForEveryMember ? [] : roles,
            Grants = isForEveryMember ? [] : [.. giving[true]],
            Ended = isForEveryMember ? [] : [.. giving[false]],
            Lost = answer == AccessAnswer.RoleLost ? last : null,
        };
    }
}

/// <summary>What an <see cref="AccessExplanation"/> comes to.</summary>
public enum AccessAnswer
{
    /// <summary>Yes: a role of the member gives it.</summary>
    ByRole,

    /// <summary>Yes: it needs no role.</summary>
    EveryMember,

    /// <summary>No: nobody can work in the organization.</summary>
    OrganizationSuspended,

    /// <summary>No: the person can't sign in at all.</summary>
    AccountDisabled,

    /// <summary>No: the membership has not begun, is blocked, was removed or has ended.</summary>
    NotActive,

    /// <summary>No: the organization takes part in no program that brings the workspace.</summary>
    NotEnrolled,

    /// <summary>No: the role that gave it has ended.</summary>
    RoleEnded,

    /// <summary>No: the member had a role that gave it, and lost it.</summary>
    RoleLost,

    /// <summary>No: no role of the member gives it.</summary>
    NoRole,
}
