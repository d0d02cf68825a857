using System.Globalization;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Mail.Composition;
using PartnerCenter.Mail.Transport;

namespace PartnerCenter.Mail.Dispatch;

/// <summary>Writes the mail about a communication to one member: its words, and the headers with which it travels.</summary>
public sealed class MailWriter(
    MailComposer composer,
    WorkspaceCatalogue workspaces,
    PortalAddress portal,
    UnsubscribeLinks links,
    JoinLinks joinLinks,
    ResetLinks resetLinks,
    IStringLocalizer<Vocabulary> words,
    IOptions<MailOptions> options,
    TimeProvider time)
{
    private const int LongestBeginning = 160;

    private string Domain => options.Value.FromAddress.Split('@')[^1];

    /// <exception cref="FormatException">The text cannot be read.</exception>
    internal async Task<WrittenMail> WriteAsync(MailCase mailCase, OutboxMail mail)
    {
        var description = Describe(mailCase, mail);
        return new WrittenMail(
            await composer.ComposeAsync(description),
            HeadersOf(mail.Kind, mail.Workspace, mail.CommunicationId.ToString(CultureInfo.InvariantCulture), description.Unsubscribe));
    }

    /// <summary>Writes one mail about all of these, which are to one member and of one kind.</summary>
    internal async Task<WrittenMail> WriteDigestAsync(IReadOnlyList<MailCase> cases, OutboxMail carrier)
    {
        var (first, language) = (cases[0], carrier.Language);
        var organization = first.Membership.Organization;
        var unsubscribe = links.For(Unsubscription.Of(first.Communication, first.Membership.Id)!);
        var composed = await composer.ComposeAsync(new DigestMail
        {
            Kind = carrier.Kind,
            Items = [.. cases.Select(mailCase => ItemOf(mailCase, language))],
            Language = language,
            OrganizationName = organization.Name,
            PersonName = first.Membership.ShownName,
            Page = portal.Notifications(organization.Key),
            Preferences = portal.Preferences(organization.Key),
            Unsubscribe = unsubscribe,
            PostalAddress = PostalAddressFor(carrier.Kind),
        });
        return new WrittenMail(composed, HeadersOf(carrier.Kind, carrier.Workspace, "digest", unsubscribe));
    }

    /// <summary>Makes it ready to go, once it is known to which address.</summary>
    internal OutgoingMail Address(WrittenMail written, OutboxMail mail, string to) => new()
    {
        MessageId = $"<ob.{mail.MessageKey}@{Domain}>",
        FromAddress = FromAddressFor(mail.Kind),
        EnvelopeFrom = options.Value.BounceAddressFor(mail.MessageKey),
        FromName = options.Value.FromName,
        To = to,
        Subject = written.Words.Subject,
        Text = written.Words.Text,
        Html = written.Words.Html,
        Language = mail.Language,
        Date = time.GetUtcNow(),
        Headers = written.Headers,
    };

    private CommunicationMail Describe(MailCase mailCase, OutboxMail mail)
    {
        var (communication, membership, language) = (mailCase.Communication, mailCase.Membership, mail.Language);
        var secret = mail is { ContactVerificationId: not null, Secret: { } carried } ? ContactSecret.Read(carried) : null;
        var content = communication.ContentIn(language);
        return new CommunicationMail
        {
            Kind = communication.Kind,
            Title = content.Title,
            Body = content.Body,
            TextLanguage = content.Language,
            Language = language,
            WorkspaceName = workspaces.Find(communication.Workspace)!.NameIn(language, words),
            OrganizationName = membership.Organization.Name,
            PersonName = membership.ShownName,
            DueAt = communication.DueAt,
            DaysLeft = communication.DueAt is { } due && ReminderPolicy.IsReminder(mail.Occasion) ? ReminderPolicy.DaysLeft(due, mailCase.Now) : null,
            IsEscalation = mail.Occasion == MailOccasion.Escalated,
            RoleName = mailCase.Path?.Grant is { } grant ? words.In(language, $"Role.{grant.Role}") : null,
            IsPersonal = mailCase.Path is null or { Role: null },
            Code = secret?.Code,
            Page = secret is not null ? portal.VerifyContact(secret.Token)
                : mail is { PasswordResetId: not null, Secret: { } sealedSecret } ? resetLinks.For(sealedSecret)
                : PortalNotices.IsInvitation(communication, membership)
                ? joinLinks.For(new JoinLink(membership.PersonId, membership.Id, membership.InvitationExpiresAt!.Value))
                : CommunicationPolicy.IsShownInPortal(communication.Kind)
                ? portal.Communication(membership.Organization.Key, communication.Id)
                : portal.At(communication.Link!),
            Preferences = portal.Preferences(membership.Organization.Key),
            Unsubscribe = Unsubscription.Of(communication, membership.Id) is { } what ? links.For(what) : null,
            PostalAddress = PostalAddressFor(communication.Kind),
        };
    }

    private DigestItem ItemOf(MailCase mailCase, string language)
    {
        var (communication, content) = (mailCase.Communication, mailCase.Communication.ContentIn(language));
        return new DigestItem(
            content.Title,
            SafeMarkdown.ToLine(content.Body, LongestBeginning),
            content.Language,
            workspaces.Find(communication.Workspace)!.NameIn(language, words),
            portal.Communication(mailCase.Membership.Organization.Key, communication.Id));
    }

    // Providers want mail that can be turned off apart from mail that cannot, so that complaints about the one spoil nothing for the other.
    private string FromAddressFor(CommunicationKind kind) =>
        CommunicationPolicy.IsPromotional(kind) && options.Value.PromotionalFromAddress is { Length: > 0 } address ? address : options.Value.FromAddress;

    private string? PostalAddressFor(CommunicationKind kind) =>
        CommunicationPolicy.IsPromotional(kind) && options.Value.PostalAddress is { Length: > 0 } address ? address : null;

    private Dictionary<string, string> HeadersOf(CommunicationKind kind, string workspace, string about, Uri? unsubscribe)
    {
        var key = CommunicationPolicy.KeyOf(kind);
        var headers = new Dictionary<string, string>
        {
            ["Auto-Submitted"] = "auto-generated",
            ["X-Auto-Response-Suppress"] = "All",
            ["Feedback-ID"] = $"{key}:{workspace}:{about}:pcportal",
        };
        if (unsubscribe is not null)
        {
            headers["List-Id"] = CommunicationPolicy.IsUnsubscribedAsAWhole(kind) ? $"<{key}.{Domain}>" : $"<{workspace}.{key}.{Domain}>";
            headers["List-Unsubscribe"] = $"<{unsubscribe.AbsoluteUri}>";
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click";
        }

        return headers;
    }
}

/// <summary>A mail that was written and knows no address yet.</summary>
internal sealed record WrittenMail(ComposedMail Words, IReadOnlyDictionary<string, string> Headers);
