using PartnerCenter.Domain.Access;

namespace PartnerCenter.Domain.Communications;

/// <summary>When an action that nobody has read goes to somebody else, and to whom.</summary>
public static class EscalationPolicy
{
    /// <summary>Whoever was told has this long to read it, however near the due date is.</summary>
    public static readonly TimeSpan TimeToRead = TimeSpan.FromDays(1);

    private const int DaysBefore = 7;

    /// <summary>The kinds that are escalated: what puts the partner's business at risk.</summary>
    public static IReadOnlyList<CommunicationKind> Kinds { get; } = [.. CommunicationPolicy.Published.Where(CommunicationPolicy.IsCritical)];

    /// <summary>Which actions are escalated: what everybody does for themselves, nobody else can do for them.</summary>
    public static CompletionScope Scope => CompletionScope.Organization;

    /// <summary>
    /// The due dates of what is looked at now: from the first moment, when reminders have ended and nobody is asked any more, up to, and
    /// without, the second.
    /// </summary>
    public static (DateTime From, DateTime Before) DueDatesAt(DateTime now) =>
        (ReminderPolicy.DueDatesAt(now).From, now.Date.AddDays(DaysBefore + 1));

    /// <summary>
    /// The next administrators up: whoever may grant what was addressed and is somebody else. Where there is nobody, the Global
    /// admins; where they were addressed already, by their role or with everybody, nobody.
    /// </summary>
    /// <param name="addressed">The keys of the roles that were addressed; none when it was one member.</param>
    /// <param name="held">The keys of the roles that an active member of the organization has.</param>
    public static IReadOnlyList<Role> NextUp(IReadOnlyCollection<string> addressed, IReadOnlyCollection<string> held)
    {
        if (addressed.Contains(RoleCatalogue.DefaultUser.Key))
            return [];

        var next = addressed
            .Select(RoleCatalogue.Find)
            .OfType<Role>()
            .SelectMany(GrantTable.GrantersOf)
            .Distinct()
            .Where(role => held.Contains(role.Key) && !addressed.Contains(role.Key))
            .ToList();
        if (next.Count > 0)
            return next;
        return addressed.Contains(RoleCatalogue.GlobalAdmin.Key) ? [] : [RoleCatalogue.GlobalAdmin];
    }
}
