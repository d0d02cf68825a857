namespace PartnerCenter.Domain.Communications;

/// <summary>
/// One addressee of a communication. It repeats what lists sort and filter by, so that each of them is one range of an index;
/// never one row per reader.
/// </summary>
public sealed class CommunicationTarget
{
    /// <summary>Sorts what has no due date behind everything that has one.</summary>
    public static readonly DateTime NoDueDate = new(9999, 12, 31, 0, 0, 0, DateTimeKind.Utc);

    private CommunicationTarget()
    {
    }

    internal CommunicationTarget(Communication communication, Addressee addressee, int? organizationId, string? role, int? membershipId)
    {
        Communication = communication;
        Addressee = addressee.Key;
        OrganizationId = organizationId;
        Role = role;
        MembershipId = membershipId;
        Kind = (int)communication.Kind;
        Workspace = communication.Workspace;
        DueAt = communication.DueAt ?? NoDueDate;
        Live = CommunicationPolicy.IsShownInPortal(communication.Kind) ? 1 : 0;
    }

    public long CommunicationId { get; private set; }

    public Communication Communication { get; private set; } = null!;

    /// <summary>The key of <see cref="Communications.Addressee"/>: what readers seek by.</summary>
    public string Addressee { get; private set; } = "";

    /// <summary>The organization that is addressed; null means all of them.</summary>
    public int? OrganizationId { get; private set; }

    public string? Role { get; private set; }

    public int? MembershipId { get; private set; }

    /// <summary>A <see cref="CommunicationKind"/> as its number.</summary>
    public int Kind { get; private set; }

    public string Workspace { get; private set; } = "";

    public DateTime DueAt { get; private set; }

    /// <summary>1 while the communication is shown in the portal, 0 after it was withdrawn or ran out, and for mere mail.</summary>
    public int Live { get; private set; }

    /// <summary>Was added because nobody whom the communication was addressed to first had read it.</summary>
    public bool IsEscalation { get; internal init; }

    internal void End() => Live = 0;
}
