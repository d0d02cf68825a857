using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Domain.Access;

/// <summary>A member asks for a role, or for a workspace whichever role opens it. Whoever may grant that role decides.</summary>
public sealed class AccessRequest
{
    /// <summary>How long a request waits for an answer.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(14);

    /// <summary>How many requests a member can make within <see cref="Day"/>.</summary>
    public const int MostPerDay = 10;

    public const int LongestReason = 1000;

    public static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private AccessRequest()
    {
    }

    private AccessRequest(Membership requester, string? role, string? workspace, string reason, DateTime? until, DateTime now)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        OrganizationId = requester.OrganizationId;
        MembershipId = requester.Id;
        Requester = requester;
        Role = role;
        Workspace = workspace;
        OpenFor = role is not null ? $"role/{role}" : $"workspace/{workspace}";
        Reason = reason.Trim();
        Until = until;
        CreatedAt = now;
    }

    public int Id { get; private set; }

    public int OrganizationId { get; private set; }

    public int MembershipId { get; private set; }

    public Membership Requester { get; private set; } = null!;

    /// <summary>The key of the role that is asked for, or that was granted; null while only a workspace is named.</summary>
    public string? Role { get; private set; }

    /// <summary>The key of the workspace, if the member did not say which role.</summary>
    public string? Workspace { get; private set; }

    public string Reason { get; private set; } = "";

    /// <summary>Until when the role is wanted, in UTC; null means for good.</summary>
    public DateTime? Until { get; private set; }

    public AccessRequestState State { get; private set; }

    /// <summary>What is asked for while the request is open, else null: together with the member unique, so that nobody asks twice.</summary>
    public string? OpenFor { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime? ClosedAt { get; private set; }

    /// <summary>The name of who decided.</summary>
    public string? DecidedBy { get; private set; }

    /// <summary>What the decider said.</summary>
    public string? Answer { get; private set; }

    public int Version { get; private set; }

    public DateTime ExpiresAt => CreatedAt + Lasts;

    /// <summary>How it stands: what nobody answered in time has expired, even while nothing has noticed that yet.</summary>
    public AccessRequestState StateAt(DateTime now) =>
        State == AccessRequestState.Open && now >= ExpiresAt ? AccessRequestState.Expired : State;

    public static AccessRequest ForRole(Membership requester, Role role, string reason, DateTime? until, DateTime now) =>
        new(requester, role.Key, workspace: null, reason, until, now);

    public static AccessRequest ForWorkspace(Membership requester, Workspace workspace, string reason, DateTime? until, DateTime now) =>
        new(requester, role: null, workspace.Key, reason, until, now);

    /// <summary>The roles that would answer it, in the order of the catalogue.</summary>
    /// <param name="workspaces">All workspaces of the portal.</param>
    public IReadOnlyList<Role> RolesAskedFor(WorkspaceCatalogue workspaces) =>
        Role is not null ? [RoleCatalogue.Find(Role)!]
        : workspaces.Find(Workspace!) is { } workspace ? AccessTable.RolesThatOpen(workspace)
        : [];

    /// <exception cref="RuleViolationException">It is not open any more.</exception>
    public void Approve(Role granted, string by, string? answer, DateTime now)
    {
        RequireInTime(now);
        Close(AccessRequestState.Approved, now);
        (Role, DecidedBy, Answer) = (granted.Key, by, Trimmed(answer));
    }

    /// <inheritdoc cref="Approve"/>
    public void Deny(string by, string answer, DateTime now)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(answer);
        RequireInTime(now);
        Close(AccessRequestState.Denied, now);
        (DecidedBy, Answer) = (by, Trimmed(answer));
    }

    /// <inheritdoc cref="Approve"/>
    public void Withdraw(DateTime now) => Close(AccessRequestState.Withdrawn, now);

    /// <inheritdoc cref="Approve"/>
    public void Expire(DateTime now) => Close(AccessRequestState.Expired, now);

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private void RequireInTime(DateTime now)
    {
        if (StateAt(now) != AccessRequestState.Open)
            throw new RuleViolationException(Reasons.RequestIsClosed);
    }

    private void Close(AccessRequestState state, DateTime now)
    {
        if (State != AccessRequestState.Open)
            throw new RuleViolationException(Reasons.RequestIsClosed);
        (State, ClosedAt, OpenFor) = (state, now, null);
    }
}

/// <summary>How an access request stands.</summary>
public enum AccessRequestState
{
    Open,
    Approved,
    Denied,
    Withdrawn,

    /// <summary>Nobody answered in time.</summary>
    Expired,
}
