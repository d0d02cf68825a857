using System.Globalization;
using Microsoft.Extensions.Localization;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Preferences;

namespace PartnerCenter.Web.Shell.Preferences;

/// <summary>What a page says of a time zone in words: its cities and by how much its clocks differ from UTC now.</summary>
public sealed class TimeZoneWords(IStringLocalizer<PortalTexts> texts, IStringLocalizer<Vocabulary> words, TimeProvider time)
{
    /// <param name="id">The zone; null for none.</param>
    public string NameOf(string? id) =>
        id is null ? texts["Preferences.NoTimeZone"] : $"{OffsetText(OffsetOf(id))} {words[$"TimeZone.{TimeZones.KeyOf(id)}"]}";

    /// <summary>The zones of each part of the world, from west to east and then by name.</summary>
    public IEnumerable<TimeZoneGroup> Groups() =>
        from region in TimeZones.ByRegion
        let zones = region.Value.OrderBy(OffsetOf).ThenBy(NameOf, StringComparer.CurrentCulture)
        select new TimeZoneGroup(words[$"TimeZoneRegion.{region.Key}"], [.. zones]);

    private static string OffsetText(TimeSpan offset) =>
        $"UTC{(offset < TimeSpan.Zero ? '−' : '+')}{offset.ToString(@"hh\:mm", CultureInfo.InvariantCulture)}";

    private TimeSpan OffsetOf(string id) => TimeZones.Of(id).GetUtcOffset(time.GetUtcNow());
}

/// <param name="Region">What the part of the world is called.</param>
/// <param name="Zones">The zones there.</param>
public sealed record TimeZoneGroup(string Region, IReadOnlyList<string> Zones);
