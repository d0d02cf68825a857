using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Domain.Access;

/// <summary>An administrator looks at everybody who holds a role, or whom a workspace is open to, and keeps or removes each grant.</summary>
public sealed class AccessReview
{
    private AccessReview()
    {
    }

    /// <param name="organizationId">Where.</param>
    /// <param name="role">The key of the role that is looked at; null when it is a workspace.</param>
    /// <param name="workspace">The key of the workspace that is looked at; null when it is a role.</param>
    /// <param name="startedBy">The name of who started it.</param>
    /// <param name="now">The time in UTC.</param>
    public AccessReview(int organizationId, string? role, string? workspace, string startedBy, DateTime now)
    {
        OrganizationId = organizationId;
        Role = role;
        Workspace = workspace;
        StartedBy = startedBy;
        StartedAt = now;
    }

    public int Id { get; private set; }

    public int OrganizationId { get; private set; }

    public string? Role { get; private set; }

    public string? Workspace { get; private set; }

    public string StartedBy { get; private set; } = "";

    public DateTime StartedAt { get; private set; }

    public string? ClosedBy { get; private set; }

    public DateTime? ClosedAt { get; private set; }

    public int Version { get; private set; }

    public List<AccessReviewItem> Items { get; private set; } = [];

    /// <summary>Puts a grant on the list, as it is now.</summary>
    public void Add(Membership member, RoleAssignment grant) => Items.Add(new AccessReviewItem(member, grant));

    /// <exception cref="RuleViolationException">The review is closed, or the grant was decided on.</exception>
    public void Decide(AccessReviewItem item, ReviewDecision decision, string by, DateTime now)
    {
        RequireOpen();
        item.Decide(decision, by, now);
    }

    /// <summary>Ends the review. What nobody decided on stays as it is, and the evidence says so.</summary>
    /// <exception cref="RuleViolationException">The review is closed already.</exception>
    public void Close(string by, DateTime now)
    {
        RequireOpen();
        (ClosedBy, ClosedAt) = (by, now);
    }

    private void RequireOpen()
    {
        if (ClosedAt is not null)
            throw new RuleViolationException(Reasons.ReviewIsClosed);
    }
}

/// <summary>One grant of a review, as it was when the review began.</summary>
public sealed class AccessReviewItem
{
    private AccessReviewItem()
    {
    }

    internal AccessReviewItem(Membership member, RoleAssignment grant)
    {
        MembershipId = member.Id;
        RoleAssignmentId = grant.Id;
        MemberName = member.Person.Name;
        MemberAddress = member.Person.SignInAddress;
        Role = grant.Role;
        Location = grant.Location?.Name;
        GrantedBy = grant.GrantedBy;
        GrantedAt = grant.GrantedAt;
        EndsAt = grant.EndsAt;
    }

    public int Id { get; private set; }

    public int AccessReviewId { get; private set; }

    public int MembershipId { get; private set; }

    /// <summary>The grant; it may be gone by now.</summary>
    public int RoleAssignmentId { get; private set; }

    public string MemberName { get; private set; } = "";

    public string MemberAddress { get; private set; } = "";

    public string Role { get; private set; } = "";

    public string? Location { get; private set; }

    public string GrantedBy { get; private set; } = "";

    public DateTime GrantedAt { get; private set; }

    public DateTime? EndsAt { get; private set; }

    public ReviewDecision? Decision { get; private set; }

    public string? DecidedBy { get; private set; }

    public DateTime? DecidedAt { get; private set; }

    internal void Decide(ReviewDecision decision, string by, DateTime now)
    {
        if (Decision is not null)
            throw new RuleViolationException(Reasons.ReviewItemIsDecided(DecidedBy!));
        (Decision, DecidedBy, DecidedAt) = (decision, by, now);
    }
}

/// <summary>What a reviewer decides about a grant.</summary>
public enum ReviewDecision
{
    Keep,
    Remove,
}
