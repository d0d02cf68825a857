namespace PartnerCenter.FaultTests.Relay;

/// <summary>Where in the conversation the relay is.</summary>
public enum Phase
{
    Greeting,
    Ehlo,
    StartTls,
    Auth,
    Mail,
    Rcpt,
    Data,

    /// <summary>The whole mail is there, and its sender waits for the answer.</summary>
    Dot,
    Quit,
}

/// <summary>What the relay does after it has said its answer.</summary>
public enum Then
{
    GoOn,
    Cut,

    /// <summary>Says nothing more and keeps the connection open.</summary>
    Hang,
}

/// <summary>One thing that the relay does otherwise than a good one.</summary>
/// <param name="At">When.</param>
public sealed record Act(Phase At)
{
    /// <summary>What it answers, with <c>\n</c> between lines; null for what it always says, "" for nothing.</summary>
    public string? Say { get; init; }

    public Then Then { get; init; }

    /// <summary>How long it thinks before it answers, in milliseconds.</summary>
    public int DelayMilliseconds { get; init; }

    /// <summary>Only mails to addresses that start so; only for phases in which the recipient is known.</summary>
    public string? To { get; init; }

    /// <summary>How often it does so: for each such recipient, or altogether while none is known.</summary>
    public int Times { get; init; } = int.MaxValue;

    /// <summary>Sends its answer a byte at a time.</summary>
    public bool InPieces { get; init; }
}
