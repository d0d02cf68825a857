using PartnerCenter.Domain.Communications;

namespace PartnerCenter.Data.Communications;

/// <summary>What a reader and their organization have left on communications: what is read, and under which keys it is done.</summary>
internal static class ReaderMarks
{
    /// <summary>The keys under which a completion counts for a reader.</summary>
    public static (string ForOrganization, string ForMember) DoneKeys(this Reader reader) =>
        (Completion.ForOrganization(reader.OrganizationId), Completion.ForMember(reader.MembershipId));

    /// <summary>
    /// Whether a communication is read: it was opened, or it came a way on which everything up to a later one was marked as read.
    /// What came by escalation was not there when such a mark was set, however old it is.
    /// </summary>
    public static bool HasRead(this Reader reader, long id, DateTime? readAt, bool isMarkedUnread, IEnumerable<Arrival> arrivals) =>
        !isMarkedUnread && (readAt is not null || reader.Paths.Any(path =>
            path.ReadUpTo >= id && arrivals.Any(arrival => !arrival.IsEscalation && arrival.Addressee == path.Addressee.Key)));

    /// <summary>The ways of a reader by which a communication came.</summary>
    public static IEnumerable<ReaderPath> PathsOf(this Reader reader, IEnumerable<Arrival> arrivals)
    {
        var addressees = arrivals.Select(arrival => arrival.Addressee).ToHashSet();
        return reader.Paths.Where(path => addressees.Contains(path.Addressee.Key));
    }
}

/// <summary>One way by which a communication came.</summary>
/// <param name="Addressee">The key of an <see cref="Addressee"/>.</param>
/// <param name="IsEscalation">It was added later, because nobody had read it.</param>
internal readonly record struct Arrival(string Addressee, bool IsEscalation);

/// <summary>What the portal keeps about a communication for one reader: how it came, and what was done with it.</summary>
internal sealed class ItemMarks
{
    public required IReadOnlyList<Arrival> Arrivals { get; init; }

    public DateTime? ReadAt { get; init; }

    public required bool IsMarkedUnread { get; init; }

    public DateTime? ArchivedAt { get; init; }

    public DateTime? SnoozedUntil { get; init; }

    public Completion? Completion { get; init; }

    /// <summary>Somebody in the organization was asked to do it.</summary>
    public required bool IsHandedOver { get; init; }
}
