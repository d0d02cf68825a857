using Microsoft.Extensions.Localization;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Mail;

namespace PartnerCenter.Web.Shell.Communications;

/// <summary>What the delivery log says of a mail in words.</summary>
public sealed class MailWords(CommunicationWords communications, IStringLocalizer<PortalTexts> texts, IStringLocalizer<Vocabulary> words, TimeProvider time)
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public string Group(MailGroup group) => texts[$"MailGroup.{group}"];

    public string State(MailState state) => words[$"MailState.{state}"];

    public string Rule(SuppressionReason because) => words[$"Suppressed.{because}"];

    /// <summary>What gave rise to a mail.</summary>
    public string Occasion(string occasion) => texts[$"MailPreview.Occasion.{occasion}"] is { ResourceNotFound: false } known ? known : occasion;

    /// <summary>Which of the member's addresses a mail goes to; null when none was chosen.</summary>
    public string? Source(AddressSource? source) => source is { } known ? texts[$"AddressSource.{known}"].Value : null;

    /// <summary>When it was handed over or why it was not, or until when it waits; null when its state says everything.</summary>
    public string? Outcome(LoggedMail mail) => mail switch
    {
        { SuppressedBecause: { } because } => Rule(because),
        { SentAt: { } at, IsInDigest: true } => texts["Mail.HandedOverInDigest", communications.DayAndTime(at)],
        { SentAt: { } at } => texts["Mail.HandedOver", communications.DayAndTime(at)],
        { State: MailState.Queued, LastAnswer: null, PostponedBecause: { } because } when mail.NextAttemptAt > Now => Postponed(mail, because),
        { State: MailState.Queued } when mail.NextAttemptAt > Now => texts["Mail.WaitsUntil", communications.DayAndTime(mail.NextAttemptAt)],
        _ => null,
    };

    /// <summary>What its own reader is told of a mail: where it went and why there, or why it did not.</summary>
    public string ToReader(LoggedMail mail) => mail.State switch
    {
        MailState.Suppressed => texts["History.NotMailed", Rule(mail.SuppressedBecause!.Value)],
        MailState.Sent => texts["History.MailSent", mail.Address ?? "–", texts[$"History.To.{mail.AddressSource}"]],
        MailState.Queued when mail.LastAnswer is { } answer => texts["History.MailDeferred", communications.DayAndTime(mail.NextAttemptAt), answer],
        MailState.Queued when mail.NextAttemptAt > Now && mail.PostponedBecause is { } because => Postponed(mail, because),
        MailState.Queued when mail.NextAttemptAt > Now => texts["History.MailWaitsUntil", communications.DayAndTime(mail.NextAttemptAt)],
        MailState.Queued => texts["History.MailWaits"],
        MailState.Claimed or MailState.Sending => texts["History.MailIsBeingSent"],
        MailState.Failed => texts["History.MailFailed", mail.LastAnswer ?? "–"],
        MailState.Bounced => texts["History.MailBounced", mail.Address ?? "–", mail.LastAnswer ?? "–"],
        _ => texts["History.MailSetAside"],
    };

    private string Postponed(LoggedMail mail, PostponementReason because) => texts[$"Mail.Postponed.{because}", communications.DayAndTime(mail.NextAttemptAt)];
}
