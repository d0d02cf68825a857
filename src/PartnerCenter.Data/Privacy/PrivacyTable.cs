using PartnerCenter.Data.KeyRing;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Domain.Support;

namespace PartnerCenter.Data.Privacy;

/// <summary>What the portal keeps about people in one entity.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Section">Where a person finds it in the download of their data; null if nothing of it is about anybody, or it is not theirs.</param>
/// <param name="Keeps">What it keeps about a person, or why that is nothing.</param>
/// <param name="Erasing">What happens to it when a person is erased.</param>
/// <param name="Because">Why it is so; what stays must have a reason.</param>
public sealed record PrivacyRow(Type Entity, string? Section, string Keeps, Erasing Erasing, string Because)
{
    /// <summary>Texts in which others can have written a name or an address: whoever is erased is looked for there.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];
}

/// <summary>What happens to rows about a person who is erased (GDPR 17).</summary>
public enum Erasing
{
    /// <summary>There is nothing about anybody.</summary>
    Nothing,

    /// <summary>The rows go.</summary>
    Deleted,

    /// <summary>The rows stay, and nothing in them tells who it was.</summary>
    Overwritten,
}

/// <summary>
/// The table of personal data: what is kept, what a person gets when they ask (GDPR 15 and 20), and what happens when they are erased.
/// Every entity of the model stands in it once; docs/privacy.md shows it.
/// </summary>
public static class PrivacyTable
{
    public static IReadOnlyList<PrivacyRow> Rows { get; } =
    [
        new(typeof(Person), "person", "Name, sign-in address, language.", Erasing.Overwritten, "What others did with the person must lead somewhere."),
        new(typeof(SignInSession), "sessions", "When somebody was signed in, in which browser, from which network, by which provider.", Erasing.Deleted, "Nobody needs it, and the person is signed out everywhere."),
        new(typeof(ExternalIdentity), "identities", "Who the person is at identity providers.", Erasing.Deleted, "That account must not lead here any more."),
        new(typeof(LocalAccount), "localAccount", "Since when the person has a password here and a second step.", Erasing.Deleted, "That account must not lead here any more."),
        new(typeof(RecoveryCode), null, "Hashes of the codes that stand in for an app.", Erasing.Deleted, "They open nothing any more."),
        new(typeof(PasswordReset), "passwordResets", "When the person asked for another password.", Erasing.Deleted, "Nobody needs it."),
        new(typeof(SignInAttempts), null, "How often a name was tried at sign-in, under a hash of it.", Erasing.Nothing, "It goes by itself within a day of the last try, and whoever guesses must not be helped until then."),
        new(typeof(Membership), "memberships", "What the person is in each organization, and their preferences and contact address there.", Erasing.Overwritten, "The activity log and completed actions name it.")
        {
            Texts = [nameof(Membership.InvitedBy), nameof(Membership.JobTitle)],
        },
        new(typeof(RoleAssignment), "roles", "Roles, who granted them, since when.", Erasing.Deleted, "The activity log says who had which role.") { Texts = [nameof(RoleAssignment.GrantedBy)] },
        new(typeof(OptOut), "optOuts", "Mail that the person turned off.", Erasing.Deleted, "That they object is remembered without their address (ForgottenAddress)."),
        new(typeof(PreferenceChange), "preferenceChanges", "Every change of preferences and contact address.", Erasing.Deleted, "Nobody needs it."),
        new(typeof(ContactVerification), "contactVerifications", "Mails that asked whether an address is the person's.", Erasing.Deleted, "Nobody needs it."),
        new(typeof(AccessRequest), "accessRequests", "Roles and workspaces that the person asked for, and the answers.", Erasing.Overwritten, "Whoever decided must be able to show on what.")
        {
            Texts = [nameof(AccessRequest.Reason), nameof(AccessRequest.DecidedBy), nameof(AccessRequest.Answer)],
        },
        new(typeof(AccessReview), null, "Who started and closed a review, by name.", Erasing.Overwritten, "The review is the organization's evidence.") { Texts = [nameof(AccessReview.StartedBy), nameof(AccessReview.ClosedBy)] },
        new(typeof(AccessReviewItem), "accessReviews", "Grants of the person that were reviewed, with name and address.", Erasing.Overwritten, "The review is the organization's evidence.")
        {
            Texts = [nameof(AccessReviewItem.MemberName), nameof(AccessReviewItem.MemberAddress), nameof(AccessReviewItem.GrantedBy), nameof(AccessReviewItem.DecidedBy)],
        },
        new(typeof(AuditEntry), "activityLog", "What the person did and what was done to them, with the network address it came from.", Erasing.Overwritten, "It proves what happened; its chain of hashes holds, as the hash of each entry stays that of what was written first, and an entry about the erasure proves what took its place."),
        new(typeof(SupportRequest), "supportRequests", "What the person asked the program.", Erasing.Overwritten, "It is a conversation of the organization with the program.") { Texts = [nameof(SupportRequest.Summary), nameof(SupportRequest.Details)] },
        new(typeof(SupportNote), "supportNotes", "What was written to these requests.", Erasing.Overwritten, "The same.") { Texts = [nameof(SupportNote.By), nameof(SupportNote.Text)] },
        new(typeof(Communication), null, "Who published it, by name.", Erasing.Overwritten, "Others still read it.") { Texts = [nameof(Communication.PublishedBy)] },
        new(typeof(CommunicationContent), "communications", "What was told to the person alone.", Erasing.Overwritten, "Others can have got the same.") { Texts = [nameof(CommunicationContent.Title), nameof(CommunicationContent.Body)] },
        new(typeof(CommunicationTarget), null, "Whom a communication is for; the communications are exported.", Erasing.Nothing, "It names the membership by its number."),
        new(typeof(MemberState), "readAndArchived", "What the person read, archived or put off, and when.", Erasing.Deleted, "Nobody needs it."),
        new(typeof(Completion), "completions", "What the person completed for themselves, and their notes.", Erasing.Overwritten, "That an action is done must stay known.") { Texts = [nameof(Completion.CompletedBy), nameof(Completion.Note)] },
        new(typeof(CommunicationStep), "steps", "Steps of communications that concern the person alone.", Erasing.Overwritten, "The history of an action is the organization's.") { Texts = [nameof(CommunicationStep.By), nameof(CommunicationStep.To), nameof(CommunicationStep.Note)] },
        new(typeof(HandOver), "handOvers", "Actions that were handed over by or to the person.", Erasing.Nothing, "It names memberships by their numbers, and ends with the membership."),
        new(typeof(ReminderRound), null, "Nothing: which stage of reminders was gone through.", Erasing.Nothing, "There is nothing about anybody."),
        new(typeof(FeedLink), "feeds", "Private addresses of calendar and feed.", Erasing.Deleted, "They open nothing any more."),
        new(typeof(IdempotentRequest), null, "Nothing: requests of publishing systems.", Erasing.Nothing, "There is nothing about anybody."),
        new(typeof(OutboxMail), "mails", "Mails to the person, with address and words.", Erasing.Overwritten, "How many mails went, and what became of them, must still count; mails that wait are not sent.")
        {
            Texts = [nameof(OutboxMail.Subject), nameof(OutboxMail.TextBody), nameof(OutboxMail.HtmlBody), nameof(OutboxMail.LastAnswer)],
        },
        new(typeof(MailEvent), "mailEvents", "Bounces and complaints of these mails.", Erasing.Deleted, "What the portal does because of them is remembered without the address (ForgottenAddress)."),
        new(typeof(ForgottenAddress), null, "A hash of the address of somebody who was erased, where mail there is not wanted or not taken.", Erasing.Nothing, "Without it, mail that somebody turned off would come back when they do (GDPR 21(3))."),
        new(typeof(Organization), null, "Nothing: the partner.", Erasing.Nothing, "There is nothing about anybody."),
        new(typeof(ProgramEnrollment), null, "Nothing: what a partner takes part in.", Erasing.Nothing, "There is nothing about anybody."),
        new(typeof(Location), null, "Nothing: places of business.", Erasing.Nothing, "There is nothing about anybody."),
        new(typeof(TrustedTenant), null, "Nothing: whose identity provider is believed.", Erasing.Nothing, "There is nothing about anybody."),
        new(typeof(SpentNonce), null, "Nothing: which rounds to an identity provider are over.", Erasing.Nothing, "There is nothing about anybody."),
        new(typeof(ApiKey), null, "Nothing: keys of other systems.", Erasing.Nothing, "There is nothing about anybody."),
        new(typeof(ApiKeyLimit), null, "Nothing: what a key may do.", Erasing.Nothing, "There is nothing about anybody."),
        new(typeof(ServerInstance), null, "Nothing: processes of the portal.", Erasing.Nothing, "There is nothing about anybody."),
        new(typeof(JobLease), null, "Nothing: which process does which work.", Erasing.Nothing, "There is nothing about anybody."),
        new(typeof(DataProtectionKey), null, "Nothing: keys of the portal.", Erasing.Nothing, "There is nothing about anybody."),
    ];

    /// <summary>What is never exported: secrets, their hashes, and what only the portal's own work needs.</summary>
    public static readonly IReadOnlySet<string> Withheld = new HashSet<string>(StringComparer.Ordinal)
    {
        nameof(SignInSession.IdHash), nameof(SignInSession.ProviderSession), nameof(SignInSession.SignOutHint), nameof(ExternalIdentity.KeyHash),
        nameof(LocalAccount.PasswordHash), nameof(LocalAccount.AppSecret), nameof(LocalAccount.NewAppSecret), nameof(LocalAccount.LastStep),
        nameof(LocalAccount.RecoverySalt), nameof(PasswordReset.SecretHash),
        nameof(FeedLink.SecretHash), nameof(ContactVerification.TokenHash), nameof(ContactVerification.CodeHash),
        nameof(OutboxMail.Secret), nameof(OutboxMail.Owner), nameof(OutboxMail.HtmlBody), nameof(Person.Version), nameof(Person.NormalizedSignInAddress),
        nameof(AuditEntry.Hash),
    };
}
