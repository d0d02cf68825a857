using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PartnerCenter.Mail.Transport;

namespace PartnerCenter.Mail.Dispatch;

/// <summary>
/// The line of this instance to the relay: so many mails on their way at a time, and none for a while after the relay turned out to be
/// away. That is no mail's fault, so everybody waits, a little longer each time.
/// </summary>
[SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "The semaphore holds no handle, and one that is disposed of would fail a mail that is still on its way when the portal ends.")]
public sealed partial class RelayLine(
    IMailTransport transport, MailMeters meters, IOptions<MailOptions> options, TimeProvider time, ILogger<RelayLine> logger)
{
    // What the policy said counts for that long: if no connection is free by then, the mail is asked for again.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _connections = new(options.Value.Parallel);
    private readonly Lock _pausing = new();

    private TimeSpan _pause = FirstPause;

    /// <summary>When the pause ends or has ended, in UTC.</summary>
    public DateTime PausedUntil { get; private set; } = DateTime.MinValue;

    public bool IsPaused => Now < PausedUntil;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <param name="mail">The mail.</param>
    /// <param name="mayGo">Asked once a connection is free.</param>
    /// <param name="stopping">Calls off what has not gone yet.</param>
    /// <returns>What the relay answered; null if it has heard nothing of the mail, because no connection was free in time or it may not go.</returns>
    internal async Task<TransportAnswer?> SendAsync(OutgoingMail mail, Func<bool> mayGo, CancellationToken stopping)
    {
        if (!await _connections.WaitAsync(LongestWait, CancellationToken.None))
            return null;
        try
        {
            if (IsPaused || !mayGo())
                return null;
            var answer = await transport.SendAsync(mail, stopping);
            // Before the connection is free again: the next one is not to find out the same.
            if (answer.Outcome == TransportOutcome.Accepted)
                _pause = FirstPause;
            else if (answer.Outcome == TransportOutcome.RelayUnavailable)
                Pause(answer);
            return answer;
        }
        finally
        {
            _connections.Release();
        }
    }

    private void Pause(TransportAnswer answer)
    {
        LogRelayAway(answer.WithoutWordsOfOthers);
        lock (_pausing)
        {
            if (IsPaused)
                return;
            meters.CountPause();
            PausedUntil = Now + _pause;
            _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The mail relay is away: {Answer}")]
    private partial void LogRelayAway(string answer);
}
