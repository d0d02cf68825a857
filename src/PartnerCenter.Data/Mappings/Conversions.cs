using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using PartnerCenter.Domain.Communications;

namespace PartnerCenter.Data.Mappings;

/// <summary>All times are UTC; neither engine stores that, so it is put back when a row is read.</summary>
internal sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
    time => time,
    time => DateTime.SpecifyKind(time, DateTimeKind.Utc));

/// <summary>Kinds are stored under the key that the API knows.</summary>
internal sealed class CommunicationKindConverter() : ValueConverter<CommunicationKind, string>(
    kind => CommunicationPolicy.KeyOf(kind),
    key => CommunicationPolicy.FromStoredKey(key));

/// <summary>How long a column is, in characters.</summary>
internal static class Lengths
{
    public const int Key = 64;
    public const int Name = 200;

    /// <summary>RFC 5321 allows 254 characters in a path.</summary>
    public const int Address = 254;
    public const int Hash = 64;
    public const int Link = Publishing.LongestLink;
    public const int Title = Publishing.LongestTitle;
    public const int Note = 1000;
}
