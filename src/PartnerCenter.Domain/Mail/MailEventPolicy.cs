namespace PartnerCenter.Domain.Mail;

/// <summary>What follows from an event: when an address counts as refused, and what a complaint turns off.</summary>
public static class MailEventPolicy
{
    /// <summary>So many soft bounces within <see cref="SoftBouncesCountFor"/> are as bad as a hard one.</summary>
    public const int MostSoftBounces = 5;

    /// <summary>For how long after a mail was sent a bounce is believed; later ones tell of something else.</summary>
    public static readonly TimeSpan BouncesCountFor = TimeSpan.FromDays(7);

    /// <summary>By how much the clock of a mail system may differ from ours. What happened earlier than that is about an earlier turn of the mail.</summary>
    public static readonly TimeSpan ClocksDifferBy = TimeSpan.FromMinutes(10);

    public static readonly TimeSpan SoftBouncesCountFor = TimeSpan.FromDays(14);

    private static readonly Dictionary<string, MailEventKind> Keys = new(StringComparer.Ordinal)
    {
        ["bounced"] = MailEventKind.Bounced,
        ["soft-bounced"] = MailEventKind.SoftBounced,
        ["complained"] = MailEventKind.Complained,
    };

    /// <summary>The names of the events, as a mail system sends them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Keys.Keys];

    public static MailEventKind? Find(string? name) => name is not null && Keys.TryGetValue(name, out var kind) ? kind : null;

    /// <summary>Whether the address that a mail went to counts as refused from now on.</summary>
    /// <param name="kind">What happened.</param>
    /// <param name="at">When it happened.</param>
    /// <param name="sentAt">When the mail was sent last; null when the answer of the relay is not written down yet.</param>
    /// <param name="softBounces">How many soft bounces mails to this address had within <see cref="SoftBouncesCountFor"/>, with this one.</param>
    public static bool MeansBounced(MailEventKind kind, DateTime at, DateTime? sentAt, int softBounces) => kind switch
    {
        MailEventKind.Bounced => sentAt is null || (at - sentAt <= BouncesCountFor && sentAt - at <= ClocksDifferBy),
        MailEventKind.SoftBounced => softBounces >= MostSoftBounces,
        _ => false,
    };
}
