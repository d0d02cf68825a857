using System.Diagnostics.Metrics;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Mail.Transport;

namespace PartnerCenter.Mail.Dispatch;

/// <summary>Counts what becomes of mails, for whoever watches the portal: the meter is <c>PartnerCenter.Mail</c>.</summary>
public sealed class MailMeters
{
    public const string Name = "PartnerCenter.Mail";

    private readonly Counter<long> _outcomes;
    private readonly Counter<long> _suppressed;
    private readonly Counter<long> _pauses;
    private long _secondsLate;

    public MailMeters(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _outcomes = meter.CreateCounter<long>("partnercenter.mail.attempts", "{mail}", "What the relay answered.");
        _suppressed = meter.CreateCounter<long>("partnercenter.mail.suppressed", "{mail}", "Mails that a rule stopped right before they were sent.");
        _pauses = meter.CreateCounter<long>("partnercenter.mail.pauses", "{pause}", "How often everything waited because the relay was away.");
        meter.CreateObservableGauge("partnercenter.mail.late", () => Interlocked.Read(ref _secondsLate), "s", "How long the mail that was taken up last had been due.");
    }

    /// <summary>Whether a mail was set aside, failed or is tried again, too: the state says what came of the answer.</summary>
    public void Count(OutboxMail mail, TransportOutcome outcome) =>
        _outcomes.Add(1, new("outcome", outcome.ToString()), new("state", mail.State.ToString()));

    /// <summary>Counts it, if a rule stopped it.</summary>
    public void CountSuppressed(OutboxMail mail)
    {
        if (mail is { State: MailState.Suppressed, SuppressedBecause: { } because })
            _suppressed.Add(1, new KeyValuePair<string, object?>("reason", because.ToString()));
    }

    public void CountPause() => _pauses.Add(1);

    /// <summary>How long the mail that is taken up had been due; none is not late.</summary>
    public void ShowLateness(TimeSpan late) => Interlocked.Exchange(ref _secondsLate, (long)late.TotalSeconds);
}
