namespace PartnerCenter.Domain.Access;

/// <summary>
/// People give the end of a role as a day, and mean all of that day. The clock of the portal is UTC, so the day ends there, whoever
/// reads it where: the page shows the same day that was typed.
/// </summary>
public static class EndDate
{
    private static readonly TimeOnly LastSecond = new(23, 59, 59);

    /// <summary>The moment that something ends whose last day this is, in UTC.</summary>
    public static DateTime Of(DateOnly lastDay) => lastDay.ToDateTime(LastSecond, DateTimeKind.Utc);

    /// <inheritdoc cref="Of(DateOnly)"/>
    public static DateTime? Of(DateOnly? lastDay) => lastDay is { } day ? Of(day) : null;

    /// <summary>The day to show in a field for something that ends at this moment.</summary>
    public static DateOnly? DayOf(DateTime? end) => end is { } moment ? DateOnly.FromDateTime(moment) : null;
}
