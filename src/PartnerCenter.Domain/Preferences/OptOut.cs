using PartnerCenter.Domain.Communications;

namespace PartnerCenter.Domain.Preferences;

/// <summary>
/// A member's decision not to get one kind of optional mail, from one workspace or from all of them. It is made by
/// <see cref="Organizations.Membership.Choose"/>, which keeps the history.
/// </summary>
public sealed class OptOut
{
    private OptOut()
    {
    }

    /// <param name="membershipId">Whose decision it is.</param>
    /// <param name="kind">The kind of mail.</param>
    /// <param name="workspace">The key of the workspace; null means all.</param>
    /// <param name="now">When the decision was made, in UTC.</param>
    /// <param name="by">By which way.</param>
    /// <exception cref="RuleViolationException">Mail of this kind is required.</exception>
    public OptOut(int membershipId, CommunicationKind kind, string? workspace, DateTime now, ChangedBy by = ChangedBy.MyPreferences)
    {
        CommunicationPolicy.MayOptOut(kind).Enforce();
        MembershipId = membershipId;
        Kind = kind;
        Workspace = workspace;
        (DecidedAt, DecidedBy) = (now, by);
    }

    public int Id { get; private set; }

    public int MembershipId { get; private set; }

    public CommunicationKind Kind { get; private set; }

    public string? Workspace { get; private set; }

    public DateTime DecidedAt { get; private set; }

    public ChangedBy DecidedBy { get; private set; }

    /// <summary>It was decided before, and yet a mail came that the member calls spam: it counts for what an agreement requires as well.</summary>
    internal void ConfirmByComplaint() => DecidedBy = ChangedBy.Complaint;
}
