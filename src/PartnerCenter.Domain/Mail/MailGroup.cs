namespace PartnerCenter.Domain.Mail;

/// <summary>Mails that stand alike, as a reader of the delivery log asks for them; what needs somebody comes first.</summary>
public enum MailGroup
{
    /// <summary>Set aside for an operator.</summary>
    Quarantined,

    Failed,

    /// <summary>The receiver does not know the address.</summary>
    Bounced,

    /// <summary>Nobody can tell whether an attempt succeeded. Such a mail is also in the group of what became of it.</summary>
    InDoubt,

    /// <summary>An attempt did not succeed, and another follows. Such a mail is also <see cref="Waiting"/>.</summary>
    Deferred,

    /// <summary>Nothing is known of how it ends.</summary>
    Waiting,

    /// <summary>A rule stopped it.</summary>
    Suppressed,

    /// <summary>The relay took it over.</summary>
    Sent,
}

/// <summary>The table of which states a mail of a group can be in.</summary>
public static class MailGroupTable
{
    private static readonly Dictionary<MailGroup, IReadOnlyList<MailState>> Rows = new()
    {
        [MailGroup.Quarantined] = [MailState.Quarantined],
        [MailGroup.Failed] = [MailState.Failed],
        [MailGroup.Bounced] = [MailState.Bounced],
        [MailGroup.Deferred] = [MailState.Queued],
        [MailGroup.Waiting] = [MailState.Queued, MailState.Claimed, MailState.Sending],
        [MailGroup.Suppressed] = [MailState.Suppressed],
        [MailGroup.Sent] = [MailState.Sent],
    };

    /// <summary>Whether a mail stands like this.</summary>
    /// <param name="group">The group.</param>
    /// <param name="state">How far the mail has come.</param>
    /// <param name="isAnswered">Whether an attempt was made, and answered.</param>
    /// <param name="isInDoubt">Whether nobody could tell, once or more often, if it had gone.</param>
    public static bool Holds(MailGroup group, MailState state, bool isAnswered, bool isInDoubt) => group switch
    {
        MailGroup.InDoubt => isInDoubt,
        MailGroup.Deferred => isAnswered && StatesOf(group).Contains(state),
        _ => StatesOf(group).Contains(state),
    };

    /// <summary>All states, in the order in which a list shows their mails.</summary>
    public static IReadOnlyList<MailState> States { get; } =
    [
        MailState.Quarantined, MailState.Failed, MailState.Bounced, MailState.Queued, MailState.Claimed, MailState.Sending, MailState.Suppressed, MailState.Sent,
    ];

    /// <summary>The states of a group, in the order of <see cref="States"/>; all of them for a group that goes across.</summary>
    public static IReadOnlyList<MailState> StatesOf(MailGroup? group) =>
        group is { } asked && Rows.TryGetValue(asked, out var states) ? states : States;
}
