namespace PartnerCenter.FaultTests.Relay;

/// <summary>One line of the relay's diary.</summary>
public sealed record SinkRecord
{
    public required SinkEvent Event { get; init; }

    /// <summary>The time in UTC.</summary>
    public required DateTime At { get; init; }

    public int Connection { get; init; }

    public Phase Phase { get; init; }

    public string? To { get; init; }

    public string? MessageId { get; init; }

    /// <summary>When the mail was announced: its sender had passed the last gate by then.</summary>
    public DateTime DataAt { get; init; }

    public IReadOnlyList<string>? Headers { get; init; }

    /// <summary>The link by which mail like it is turned off, if it carries one.</summary>
    public string? Unsubscribe { get; init; }

    /// <summary>A hash of all after the headers, without the boundaries that differ from copy to copy.</summary>
    public string? Body { get; init; }
}

/// <summary>What happened at the relay.</summary>
public enum SinkEvent
{
    Opened,
    Closed,

    /// <summary>It did something otherwise, as the script says.</summary>
    Acted,

    /// <summary>It may hold the mail from here on, whatever it answers: a copy.</summary>
    Taken,
}
