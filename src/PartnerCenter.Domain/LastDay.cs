namespace PartnerCenter.Domain;

/// <summary>
/// How a day that somebody chose becomes the moment at which something ends: its last second in UTC, so that the day itself still
/// counts and is the day that is shown afterwards.
/// </summary>
public static class LastDay
{
    public static DateTime EndOf(DateOnly day) => day.ToDateTime(new TimeOnly(23, 59, 59), DateTimeKind.Utc);

    public static DateTime? EndOf(DateOnly? day) => day is { } chosen ? EndOf(chosen) : null;

    public static DateOnly Of(DateTime end) => DateOnly.FromDateTime(end);

    public static DateOnly? Of(DateTime? end) => end is { } moment ? Of(moment) : null;
}
