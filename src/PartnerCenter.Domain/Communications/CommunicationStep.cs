namespace PartnerCenter.Domain.Communications;

/// <summary>
/// One step in the history of a communication in an organization: who did what, when. Steps are only added, never changed.
/// What everybody does for themselves (reading, archiving) stands in <see cref="MemberState"/> instead.
/// </summary>
public sealed class CommunicationStep
{
    private CommunicationStep()
    {
    }

    private CommunicationStep(long communicationId, int organizationId, StepKind kind, DateTime now)
    {
        CommunicationId = communicationId;
        OrganizationId = organizationId;
        Kind = kind;
        At = now;
    }

    public long Id { get; private set; }

    public long CommunicationId { get; private set; }

    public int OrganizationId { get; private set; }

    /// <summary>Whose step it is, where nobody else of the organization is concerned: an action that everybody does for themselves.</summary>
    public int? OnlyForMembershipId { get; private set; }

    public StepKind Kind { get; private set; }

    public DateTime At { get; private set; }

    /// <summary>The name of who did it; null for what the portal did by itself.</summary>
    public string? By { get; private set; }

    /// <summary>The name of whom it concerns besides: who was handed an action, or which role it was escalated to.</summary>
    public string? To { get; private set; }

    public string? Note { get; private set; }

    /// <summary>A step that somebody took for the whole organization, or for themselves, as the communication says.</summary>
    public static CommunicationStep Of(Reader reader, long communicationId, CompletionScope scope, StepKind kind, string by, DateTime now, string? to = null, string? note = null) =>
        new(communicationId, reader.OrganizationId, kind, now)
        {
            OnlyForMembershipId = scope == CompletionScope.Person ? reader.MembershipId : null,
            By = by,
            To = to,
            Note = string.IsNullOrWhiteSpace(note) ? null : note.Trim(),
        };

    /// <summary>A step that the portal took by itself.</summary>
    /// <param name="communicationId">Which communication.</param>
    /// <param name="organizationId">In which organization.</param>
    /// <param name="kind">What was done.</param>
    /// <param name="now">The time in UTC.</param>
    /// <param name="to">Whom it concerns: the key of a role that an action was escalated to.</param>
    public static CommunicationStep ByPortal(long communicationId, int organizationId, StepKind kind, DateTime now, string? to = null) =>
        new(communicationId, organizationId, kind, now) { To = to };
}

/// <summary>What a step in the history of a communication was.</summary>
public enum StepKind
{
    Completed,
    Reopened,
    HandedOver,
    Accepted,
    Returned,

    /// <summary>Whoever had it, or was asked, cannot do it any more.</summary>
    Released,

    Escalated,
}
