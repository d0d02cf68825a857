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
    /// <exception cref="RuleViolationException">It may not be archived as it stands.</exception>
    public void Archive(CommunicationStanding standing, DateTime now)
    {
        CommunicationVerbPolicy.May(CommunicationVerb.Archive, standing, now).Enforce();
        ArchivedAt ??= now;
        Read(now);
    }

    public void Restore() => ArchivedAt = null;

    /// <summary>Puts an action off; it comes back among the open ones by itself, and counts as read until then.</summary>
    /// <param name="standing">How the action stands.</param>
    /// <param name="until">Until when, in UTC.</param>
    /// <param name="now">The time in UTC.</param>
    /// <exception cref="RuleViolationException">It may not wait, or not that long.</exception>
    public void Snooze(CommunicationStanding standing, DateTime until, DateTime now)
    {
        CommunicationVerbPolicy.MaySnoozeUntil(standing, until, now).Enforce();
        SnoozedUntil = until;
        Read(now);
    }

    public void Wake() => SnoozedUntil = null;
}
