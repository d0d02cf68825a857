using PartnerCenter.Domain.Mail;

namespace PartnerCenter.Web.Features.SentMail;

public sealed record SentMailPage(IReadOnlyList<SentMailRow> Rows, int Page, bool HasMore);

/// <param name="QueuedAt">When it was wanted.</param>
/// <param name="Recipient">The member's name.</param>
/// <param name="Address">Where it goes; null when no address was chosen.</param>
/// <param name="Title">The title of the communication.</param>
/// <param name="State">How far it has come.</param>
/// <param name="SuppressedBecause">The rule that stopped it.</param>
/// <param name="LastAnswer">What the relay said last.</param>
/// <param name="Text">What was sent; null before that.</param>
/// <param name="IsPrivate">Whether it asks for a confirmation: its address is not one of the member's yet, and its text is for its reader only.</param>
public sealed record SentMailRow(
    DateTime QueuedAt,
    string Recipient,
    string? Address,
    string Title,
    MailState State,
    SuppressionReason? SuppressedBecause,
    string? LastAnswer,
    string? Text,
    bool IsPrivate);
