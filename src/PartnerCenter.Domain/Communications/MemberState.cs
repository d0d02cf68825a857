namespace PartnerCenter.Domain.Communications;

/// <summary>What one member did with one communication. A row exists only after the first touch.</summary>
public sealed class MemberState
{
    private MemberState()
    {
    }

    public MemberState(int membershipId, long communicationId)
    {
        MembershipId = membershipId;
        CommunicationId = communicationId;
    }

    public int MembershipId { get; private set; }

    public long CommunicationId { get; private set; }

    public DateTime? ReadAt { get; private set; }

    public DateTime? ArchivedAt { get; private set; }

    /// <summary>The member wants it to count as unread, whatever was read before.</summary>
    public bool IsMarkedUnread { get; private set; }

    /// <summary>Until when the member does not want to see it among the open actions, in UTC.</summary>
    public DateTime? SnoozedUntil { get; private set; }

    public int Version { get; private set; }

    /// <summary>Keeps the time of the first reading.</summary>
    public void Read(DateTime now)
    {
        ReadAt ??= now;
        IsMarkedUnread = false;
    }

    /// <summary>Lets it count as unread again; when it was first read stays known.</summary>
    public void MarkUnread() => IsMarkedUnread = true;

    /// <summary>Puts the communication out of the way; it stays in the archived items and counts as read.</summary>
    /// <exception cref="RuleViolationException">This kind may not be archived.</exception>
    public void Archive(CommunicationKind kind, DateTime now)
    {
        CommunicationPolicy.MayArchive(kind).Enforce();
        ArchivedAt ??= now;
        Read(now);
    }

    public void Restore() => ArchivedAt = null;
}
