using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Domain.Mail;

/// <summary>
/// Whether a mail is sent, and to which address: the gates in their order, the first that closes decides. It is asked when a mail is
/// queued and again right before it is sent, on fresh facts.
/// </summary>
public static class MailPolicy
{
    /// <summary>News of how something stands is not worth a mail after this.</summary>
    public static readonly TimeSpan PassingNewsLasts = TimeSpan.FromDays(7);

    private static readonly IReadOnlyList<Gate> Gates =
    [
        new(SuppressionReason.Withdrawn, (mail, _) => mail.IsWithdrawn),
        new(SuppressionReason.Expired, (mail, now) => mail.ExpiresAt <= now),
        new(SuppressionReason.PersonInactive, (mail, _) => mail.PersonIsDisabled || (!mail.IsMember && !CommunicationPolicy.ReachesNonMembers(mail.Kind))),
        new(SuppressionReason.OrganizationInactive, (mail, _) => !mail.OrganizationIsActive),
        new(SuppressionReason.NotEntitled, (mail, _) => !mail.IsEntitled),
        new(SuppressionReason.AlreadyDone, (mail, _) => mail.IsCompleted || mail.IsArchived),
        new(SuppressionReason.NotAwaited, (mail, _) => !mail.IsAwaited),
        new(SuppressionReason.TooOld, (mail, now) => CommunicationPolicy.IsPassingNews(mail.Kind) && now - mail.PublishedAt > PassingNewsLasts),
        new(SuppressionReason.Overtaken, IsOvertaken),
        new(SuppressionReason.Snoozed, (mail, now) => IsReminder(mail) && CommunicationPolicy.MaySnooze(mail.Kind).IsAllowed && mail.SnoozedUntil > now),
        new(SuppressionReason.Complained, (mail, _) => CommunicationPolicy.MayOptOut(mail.Kind).IsAllowed && mail.HasComplained),
        new(SuppressionReason.OptedOut, (mail, _) => IsOptional(mail) && mail.IsOptedOut),
        new(SuppressionReason.ContactBounced, (mail, _) => CommunicationPolicy.IsPromotional(mail.Kind) && mail.ContactState == ContactState.Bounced),
        new(SuppressionReason.NoAddress, (mail, _) => AddressOf(mail) is null),
    ];

    public static MailDecision Decide(MailFacts mail, DateTime now)
    {
        var closed = Gates.FirstOrDefault(gate => gate.IsClosed(mail, now));
        return closed is null ? MailDecision.SendTo(AddressOf(mail)!) : MailDecision.Suppress(closed.Because);
    }

    /// <summary>Where a member can be reached: the contact address once it is verified, otherwise the sign-in address; null is nowhere.</summary>
    public static MailAddressee? AddressOf(Membership member) => AddressOf(member.ContactState, member.ContactAddress, member.Person.MailAddress);

    private static MailAddressee? AddressOf(ContactState state, string? contactAddress, string signInAddress) => (state, contactAddress) switch
    {
        (ContactState.Verified, { Length: > 0 } contact) => new(contact, AddressSource.Contact),
        _ when signInAddress.Length > 0 => new(signInAddress, AddressSource.SignIn),
        _ => null,
    };

    private static bool IsReminder(MailFacts mail) => ReminderPolicy.IsReminder(mail.Occasion);

    // A relay that was away for days must not let several reminders loose at once.
    private static bool IsOvertaken(MailFacts mail, DateTime now) =>
        IsReminder(mail) && ReminderPolicy.StageAt(mail.Kind, mail.PublishedAt, mail.DueAt, now)?.Key != mail.Occasion;

    private static bool IsOptional(MailFacts mail) => CommunicationPolicy.MayOptOut(mail.Kind, mail.RequiredByAgreement).IsAllowed;

    private static MailAddressee? AddressOf(MailFacts mail) => mail.OwnAddress is { Length: > 0 } own
        ? new(own, AddressSource.Own)
        : AddressOf(mail.ContactState, mail.ContactAddress, mail.SignInAddress);

    private sealed record Gate(SuppressionReason Because, Func<MailFacts, DateTime, bool> IsClosed);
}

/// <summary>Everything that decides about one mail to one member.</summary>
public sealed record MailFacts
{
    public required CommunicationKind Kind { get; init; }

    public bool RequiredByAgreement { get; init; }

    /// <summary>What gives rise to the mail: a <see cref="MailOccasion"/>, or the key of a stage of reminders.</summary>
    public string Occasion { get; init; } = MailOccasion.Published;

    public required DateTime PublishedAt { get; init; }

    public DateTime? DueAt { get; init; }

    /// <summary>When the communication is of no interest any more.</summary>
    public DateTime? ExpiresAt { get; init; }

    /// <summary>Until when the member does not want to be asked.</summary>
    public DateTime? SnoozedUntil { get; init; }

    public bool IsWithdrawn { get; init; }

    /// <summary>Whether the person may not sign in anywhere.</summary>
    public bool PersonIsDisabled { get; init; }

    /// <summary>Whether the person is an active member of the organization.</summary>
    public bool IsMember { get; init; } = true;

    public bool OrganizationIsActive { get; init; } = true;

    /// <summary>Whether the member may still see the communication: a role that it is addressed to, in a workspace that exists.</summary>
    public bool IsEntitled { get; init; } = true;

    public bool IsCompleted { get; init; }

    public bool IsArchived { get; init; }

    /// <summary>Whether the member opted out of this kind in this workspace.</summary>
    public bool IsOptedOut { get; init; }

    /// <summary>Whether the member called optional mail of this kind spam, and has not turned it on again.</summary>
    public bool HasComplained { get; init; }

    public ContactState ContactState { get; init; }

    public string? ContactAddress { get; init; }

    /// <summary>Empty when mail can't be sent there.</summary>
    public required string SignInAddress { get; init; }

    /// <summary>The one address that this mail is about, whatever the member's addresses are; null for all other mail.</summary>
    public string? OwnAddress { get; init; }

    /// <summary>False when the mail asks for a confirmation that nobody waits for any more.</summary>
    public bool IsAwaited { get; init; } = true;

    /// <summary>What decides about a member's mail of a kind about a workspace, whatever the mail says.</summary>
    /// <param name="member">Who would get it, with person, organization and choices.</param>
    /// <param name="kind">The kind of mail.</param>
    /// <param name="workspace">The key of the workspace.</param>
    /// <param name="now">The time in UTC.</param>
    public static MailFacts Of(Membership member, CommunicationKind kind, string workspace, DateTime now) => new()
    {
        Kind = kind,
        PublishedAt = now,
        PersonIsDisabled = member.Person.IsDisabled,
        IsMember = member.IsActiveAt(now),
        OrganizationIsActive = !member.Organization.IsSuspended,
        HasComplained = member.HasComplainedOf(kind),
        IsOptedOut = !member.Wants(kind, workspace),
        ContactState = member.ContactState,
        ContactAddress = member.ContactAddress,
        SignInAddress = member.Person.MailAddress,
    };
}

/// <summary>What the policy says of a mail: the address to send it to, or why it is not sent.</summary>
public sealed record MailDecision
{
    public MailAddressee? To { get; private init; }

    public SuppressionReason? Suppressed { get; private init; }

    internal static MailDecision SendTo(MailAddressee to) => new() { To = to };

    internal static MailDecision Suppress(SuppressionReason because) => new() { Suppressed = because };
}

/// <summary>Where a mail goes and why there.</summary>
public sealed record MailAddressee(string Address, AddressSource Source);

/// <summary>Which of a member's addresses is used.</summary>
public enum AddressSource
{
    Contact,
    SignIn,

    /// <summary>None of them: the mail is about this very address.</summary>
    Own,
}

/// <summary>Why a mail was not sent.</summary>
public enum SuppressionReason
{
    Withdrawn,

    /// <summary>Its time had ended.</summary>
    Expired,

    PersonInactive,
    OrganizationInactive,
    NotEntitled,
    AlreadyDone,
    NotAwaited,
    TooOld,

    /// <summary>A reminder of a stage that is over.</summary>
    Overtaken,

    /// <summary>The member wants to be asked later.</summary>
    Snoozed,

    /// <summary>The member called such mail spam.</summary>
    Complained,

    OptedOut,
    ContactBounced,
    NoAddress,
}
