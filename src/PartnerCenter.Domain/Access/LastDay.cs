namespace PartnerCenter.Domain.Access;

/// <summary>
/// Until when something counts that people give a last day: through that day, in UTC. Pages, files and mails show the day, so that what
/// was typed is what is read.
/// </summary>
public static class LastDay
{
    private static readonly TimeOnly LastSecond = new(23, 59, 59);

    /// <summary>The moment in UTC at which something ends that counts through this day.</summary>
    public static DateTime EndOf(DateOnly day) => day.ToDateTime(LastSecond, DateTimeKind.Utc);

    /// <inheritdoc cref="EndOf(DateOnly)"/>
    public static DateTime? EndOf(DateOnly? day) => day is { } known ? EndOf(known) : null;

    /// <summary>The last day of something that ends at this moment; null for what does not end.</summary>
    public static DateOnly? Of(DateTime? end) => end is { } known ? DateOnly.FromDateTime(known) : null;
}
