using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Preferences;

namespace PartnerCenter.Data.Communications;

/// <summary>Which mails of the delivery log are asked for.</summary>
public sealed record MailFilter
{
    public MailGroup? Group { get; init; }

    /// <summary>The rule that stopped them.</summary>
    public SuppressionReason? Because { get; init; }

    /// <summary>The key of the organization.</summary>
    public string? Organization { get; init; }

    /// <summary>A part of the member's name.</summary>
    public string? Name { get; init; }
}

/// <summary>A mail as the delivery log shows it.</summary>
public sealed record LoggedMail
{
    public required long Id { get; init; }

    public required string Organization { get; init; }

    /// <summary>The member's name.</summary>
    public required string Recipient { get; init; }

    /// <summary>Its subject, or before it has one the title of the communication.</summary>
    public required string Title { get; init; }

    public required string Occasion { get; init; }

    public required MailState State { get; init; }

    public SuppressionReason? SuppressedBecause { get; init; }

    /// <summary>Where it goes; null when no address was chosen.</summary>
    public string? Address { get; init; }

    public AddressSource? AddressSource { get; init; }

    public required DateTime QueuedAt { get; init; }

    public DateTime? SentAt { get; init; }

    public required DateTime NextAttemptAt { get; init; }

    /// <summary>Why it waits, or waited last, although it could have gone; null if it never did.</summary>
    public PostponementReason? PostponedBecause { get; init; }

    /// <summary>Whether it went in one mail with others.</summary>
    public required bool IsInDigest { get; init; }

    public required int Attempts { get; init; }

    public required int InDoubt { get; init; }

    /// <summary>What the relay said last.</summary>
    public string? LastAnswer { get; init; }

    /// <summary>What was sent; null before that.</summary>
    public string? Text { get; init; }

    /// <summary>
    /// Whether it asks for a confirmation: its address is not one of the member's yet, and its text is for its reader only.
    /// </summary>
    public required bool IsPrivate { get; init; }

    /// <summary>Whether what only this mail could say is gone.</summary>
    public required bool IsSpent { get; init; }

    /// <summary>Whether an operator can do this with it.</summary>
    public Verdict May(MailVerb verb) => MailVerbPolicy.May(verb, State, wasSent: SentAt is not null, IsSpent);

    /// <summary>The same as others than its reader may see it.</summary>
    public LoggedMail Shown() => this is { IsPrivate: true, Address: { } address }
        ? this with
        {
            Address = MailAddressRule.Mask(address),
            // Relays like to repeat the address that they refuse.
            LastAnswer = LastAnswer?.Replace(address, MailAddressRule.Mask(address), StringComparison.OrdinalIgnoreCase),
            Text = null,
        }
        : this;
}

/// <summary>Chooses mails and reads them for the delivery log.</summary>
public static class MailLog
{
    /// <summary>The mails that a filter asks for; of a group, what <see cref="MailGroupTable.Holds"/> says, for the database.</summary>
    public static IQueryable<OutboxMail> Matching(this PartnerCenterDb db, IQueryable<OutboxMail> mails, MailFilter filter)
    {
        mails = filter.Group switch
        {
            null => mails,
            MailGroup.InDoubt => mails.Where(mail => mail.InDoubt > 0),
            MailGroup.Deferred => mails.Standing(MailGroupTable.StatesOf(MailGroup.Deferred)).Where(mail => mail.LastAnswer != null),
            { } group => mails.Standing(MailGroupTable.StatesOf(group)),
        };
        if (filter.Because is { } because)
            mails = mails.Where(mail => mail.SuppressedBecause == because);
        if (filter.Organization is { } organization)
            mails = mails.Where(mail => db.Organizations.Any(row => row.Id == mail.OrganizationId && row.Key == organization));
        if (filter.Name is { } name)
        {
            var pattern = LikePattern.Containing(name);
            mails = mails.Where(mail => db.Memberships.Shown()
                .Any(member => member.MembershipId == mail.MembershipId && EF.Functions.Like(member.Name, pattern, LikePattern.Escape)));
        }

        return mails;
    }

    /// <summary>What the log says of these mails, in their order.</summary>
    public static IQueryable<LoggedMail> Logged(this PartnerCenterDb db, IQueryable<OutboxMail> mails) =>
        from mail in mails
        join recipient in db.Memberships.Shown() on mail.MembershipId equals recipient.MembershipId
        join organization in db.Organizations on mail.OrganizationId equals organization.Id
        join content in db.CommunicationContents.Where(content => content.Language == Languages.Default)
            on mail.CommunicationId equals content.CommunicationId
        select new LoggedMail
        {
            Id = mail.Id,
            Organization = organization.Name,
            Recipient = recipient.Name,
            Title = mail.Subject ?? content.Title,
            Occasion = mail.Occasion,
            State = mail.State,
            SuppressedBecause = mail.SuppressedBecause,
            Address = mail.Address,
            AddressSource = mail.AddressSource,
            QueuedAt = mail.QueuedAt,
            SentAt = mail.SentAt,
            NextAttemptAt = mail.NextAttemptAt,
            PostponedBecause = mail.PostponedBecause,
            IsInDigest = mail.DigestId != null,
            Attempts = mail.Attempts,
            InDoubt = mail.InDoubt,
            LastAnswer = mail.LastAnswer,
            Text = mail.TextBody,
            IsPrivate = mail.ContactVerificationId != null || mail.PasswordResetId != null,
            IsSpent = (mail.ContactVerificationId != null || mail.PasswordResetId != null) && mail.Secret == null,
        };

    private static IQueryable<OutboxMail> Standing(this IQueryable<OutboxMail> mails, IReadOnlyList<MailState> states) =>
        states is [var only] ? mails.Where(mail => mail.State == only) : mails.Where(mail => states.Contains(mail.State));
}
