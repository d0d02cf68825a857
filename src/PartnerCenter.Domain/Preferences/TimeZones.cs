namespace PartnerCenter.Domain.Preferences;

/// <summary>
/// The time zones that a member can choose from, as the IANA database names them: each place with a clock of its own has one, so that a
/// country that changes its rules changes nobody else's. What stands behind a name comes from the machine.
/// </summary>
public static class TimeZones
{
    /// <summary>The zones of each part of the world, from west to east.</summary>
    public static IReadOnlyDictionary<TimeZoneRegion, IReadOnlyList<string>> ByRegion { get; } = new Dictionary<TimeZoneRegion, IReadOnlyList<string>>
    {
        [TimeZoneRegion.Europe] =
        [
            "Atlantic/Azores", "Atlantic/Reykjavik", "Europe/London", "Europe/Dublin", "Europe/Lisbon", "Atlantic/Canary", "Europe/Amsterdam",
            "Europe/Brussels", "Europe/Paris", "Europe/Luxembourg", "Europe/Berlin", "Europe/Zurich", "Europe/Vienna", "Europe/Rome",
            "Europe/Madrid", "Europe/Malta", "Europe/Copenhagen", "Europe/Oslo", "Europe/Stockholm", "Europe/Warsaw", "Europe/Prague",
            "Europe/Bratislava", "Europe/Budapest", "Europe/Ljubljana", "Europe/Zagreb", "Europe/Belgrade", "Europe/Sarajevo", "Europe/Athens",
            "Asia/Nicosia", "Europe/Bucharest", "Europe/Sofia", "Europe/Helsinki", "Europe/Tallinn", "Europe/Riga", "Europe/Vilnius", "Europe/Kyiv",
            "Europe/Chisinau", "Europe/Istanbul", "Europe/Minsk", "Europe/Moscow",
        ],
        [TimeZoneRegion.Americas] =
        [
            "Pacific/Honolulu", "America/Anchorage", "America/Los_Angeles", "America/Vancouver", "America/Phoenix", "America/Denver",
            "America/Edmonton", "America/Chicago", "America/Winnipeg", "America/Regina", "America/Mexico_City", "America/Guatemala",
            "America/Costa_Rica", "America/Panama", "America/Bogota", "America/Lima", "America/Guayaquil", "America/Jamaica", "America/New_York",
            "America/Toronto", "America/Havana", "America/Caracas", "America/Curacao", "America/Puerto_Rico", "America/Santo_Domingo",
            "America/La_Paz", "America/Manaus", "America/Santiago", "America/Halifax", "America/St_Johns", "America/Asuncion",
            "America/Argentina/Buenos_Aires", "America/Montevideo", "America/Sao_Paulo", "America/Paramaribo", "America/Nuuk", "America/Noronha",
        ],
        [TimeZoneRegion.Africa] =
        [
            "Atlantic/Cape_Verde", "Africa/Casablanca", "Africa/Accra", "Africa/Abidjan", "Africa/Lagos", "Africa/Algiers", "Africa/Tunis",
            "Africa/Cairo", "Africa/Tripoli", "Africa/Johannesburg", "Africa/Maputo", "Africa/Windhoek", "Africa/Khartoum", "Africa/Nairobi",
            "Indian/Mauritius",
        ],
        [TimeZoneRegion.Asia] =
        [
            "Asia/Jerusalem", "Asia/Beirut", "Asia/Amman", "Asia/Damascus", "Asia/Baghdad", "Asia/Riyadh", "Asia/Qatar", "Asia/Tehran",
            "Asia/Dubai", "Asia/Baku", "Asia/Tbilisi", "Asia/Yerevan", "Asia/Kabul", "Asia/Karachi", "Asia/Tashkent", "Asia/Almaty",
            "Asia/Yekaterinburg", "Asia/Kolkata", "Asia/Colombo", "Asia/Kathmandu", "Asia/Dhaka", "Asia/Yangon", "Asia/Bangkok", "Asia/Ho_Chi_Minh",
            "Asia/Jakarta", "Asia/Novosibirsk", "Asia/Shanghai", "Asia/Hong_Kong", "Asia/Taipei", "Asia/Singapore", "Asia/Kuala_Lumpur",
            "Asia/Manila", "Asia/Makassar", "Asia/Ulaanbaatar", "Asia/Seoul", "Asia/Tokyo", "Asia/Vladivostok",
        ],
        [TimeZoneRegion.Pacific] =
        [
            "Australia/Perth", "Australia/Darwin", "Australia/Adelaide", "Australia/Brisbane", "Australia/Sydney", "Australia/Hobart",
            "Pacific/Port_Moresby", "Pacific/Noumea", "Pacific/Guam", "Pacific/Auckland", "Pacific/Fiji", "Pacific/Tongatapu", "Pacific/Apia",
            "Pacific/Tahiti",
        ],
    };

    public static IReadOnlyList<string> All { get; } = [.. ByRegion.Values.SelectMany(zones => zones)];

    /// <summary>The zone with a name, in whatever letters, as it is written here; null if it is none of them.</summary>
    public static string? Find(string id) => All.FirstOrDefault(zone => zone.Equals(id.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>What the cities of a zone are called by in the vocabulary.</summary>
    public static string KeyOf(string id) => id.Replace('/', '.');

    /// <summary>The clock of a zone. UTC for somebody who chose none, and for a name that the machine does not know.</summary>
    public static TimeZoneInfo Of(string? id) => id is not null && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>What clocks of a zone show.</summary>
    public static DateTime ToLocal(DateTime utc, TimeZoneInfo zone) => DateTime.SpecifyKind(utc + zone.GetUtcOffset(AsUtc(utc)), DateTimeKind.Unspecified);

    /// <summary>
    /// When the clocks of a zone show a time, in UTC. What they show twice counts the first time; what they leave out, because they are
    /// put forward, counts as if they had not been.
    /// </summary>
    public static DateTime ToUtc(DateTime local, TimeZoneInfo zone)
    {
        var (before, after) = (At(-1), At(1));
        var possible = new[] { before, after }.Where(utc => ToLocal(utc, zone) == local);
        return possible.DefaultIfEmpty(before).Min();

        DateTime At(int days) => AsUtc(local - zone.GetUtcOffset(AsUtc(local).AddDays(days)));
    }

    private static DateTime AsUtc(DateTime at) => DateTime.SpecifyKind(at, DateTimeKind.Utc);
}

/// <summary>A part of the world, by which a long list of time zones is grouped.</summary>
public enum TimeZoneRegion
{
    Europe,
    Americas,
    Africa,
    Asia,

    /// <summary>Australia and the Pacific.</summary>
    Pacific,
}
