using System.Collections.Concurrent;
using PartnerCenter.Mail.Transport;

namespace PartnerCenter.Tests.Mail.Dispatch;

/// <summary>Takes every mail, writes down what it was given, and answers as the test wants.</summary>
internal sealed class RecordingTransport : IMailTransport
{
    private readonly ConcurrentQueue<OutgoingMail> _taken = [];

    /// <summary>What was handed over, whatever became of it.</summary>
    public IReadOnlyList<OutgoingMail> Taken => [.. _taken];

    public Func<OutgoingMail, Task<TransportAnswer>> Answer { get; set; } = _ => Task.FromResult(Accepted);

    private static TransportAnswer Accepted { get; } = new(TransportOutcome.Accepted, "250 OK");

    public void AnswerWith(TransportOutcome outcome, string text = "An answer") =>
        Answer = _ => Task.FromResult(new TransportAnswer(outcome, text));

    /// <summary>Does something while a mail is on its way, and then answers.</summary>
    public void While(Func<OutgoingMail, Task> meanwhile, TransportOutcome outcome = TransportOutcome.Accepted) => Answer = async mail =>
    {
        await meanwhile(mail);
        return Accepted with { Outcome = outcome };
    };

    public Task<TransportAnswer> SendAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        _taken.Enqueue(mail);
        return Answer(mail);
    }
}
