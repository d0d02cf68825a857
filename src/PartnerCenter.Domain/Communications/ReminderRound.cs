namespace PartnerCenter.Domain.Communications;

/// <summary>
/// How far the reminders of one communication at one stage have come, or its escalation, which is a stage of its own. A process that
/// dies goes on where it stopped, and no stage is reached twice.
/// </summary>
public sealed class ReminderRound
{
    private ReminderRound()
    {
    }

    /// <param name="communicationId">Which communication.</param>
    /// <param name="stage">The key of the stage, such as <c>due-in-7</c>.</param>
    /// <param name="now">The time in UTC.</param>
    public ReminderRound(long communicationId, string stage, DateTime now)
    {
        CommunicationId = communicationId;
        Stage = stage;
        StartedAt = now;
    }

    public long CommunicationId { get; private set; }

    public string Stage { get; private set; } = "";

    public DateTime StartedAt { get; private set; }

    /// <summary>Everybody up to and including this membership was considered; for an escalation, every organization up to this one.</summary>
    public int Cursor { get; private set; }

    public DateTime? CompletedAt { get; private set; }

    public int Version { get; private set; }

    public void Advance(int lastMembershipId) => Cursor = lastMembershipId;

    public void Complete(DateTime now) => CompletedAt = now;
}
