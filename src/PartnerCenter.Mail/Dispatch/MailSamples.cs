using Microsoft.Extensions.Localization;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Domain.Support;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Mail.Composition;
using PartnerCenter.Mail.Transport;

namespace PartnerCenter.Mail.Dispatch;

/// <summary>
/// Every mail that the portal can send, about a company that does not exist: the same policy decides and the same writer writes as for
/// real mail, and nothing of it is saved or sent.
/// </summary>
public sealed class MailSamples(MailWriter writer, ResetLinks links, WorkspaceCatalogue workspaces, IStringLocalizer<MailTexts> texts, TimeProvider time)
{
    private const string ContactToConfirm = "ContactToConfirm";
    private const string ContactChanged = "ContactChanged";
    private const string PasswordForgotten = "PasswordForgotten";
    private const int ItemsInDigest = 3;

    // Actions are told of long before they are due, so that each stage of reminders can come.
    private static readonly TimeSpan Ago = TimeSpan.FromDays(90);

    private static readonly DateTime SomeDay = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly Dictionary<string, Func<World, Communication>> Notices = new()
    {
        ["Invited"] = world => PortalNotices.Invited(world.Reader, world.Now),
        ["RolesChanged"] = world => PortalNotices.RolesChanged(
            world.Reader, [RoleCatalogue.BillingAdmin.Key], [RoleCatalogue.SalesAgent.Key], world.Colleague.ShownName, world.Now),
        ["GlobalAdminAdded"] = world => PortalNotices.GlobalAdminsChanged(world.Reader, world.Colleague, isOneNow: true, world.Colleague.ShownName, world.Now),
        ["GlobalAdminRemoved"] = world => PortalNotices.GlobalAdminsChanged(world.Reader, world.Colleague, isOneNow: false, world.Colleague.ShownName, world.Now),
        ["MembershipDisable"] = world => PortalNotices.MembershipChanged(world.Reader, MembershipVerb.Disable, world.Colleague.ShownName, world.Now),
        ["MembershipEnable"] = world => PortalNotices.MembershipChanged(world.Reader, MembershipVerb.Enable, world.Colleague.ShownName, world.Now),
        ["MembershipRemove"] = world => PortalNotices.MembershipChanged(world.Reader, MembershipVerb.Remove, world.Colleague.ShownName, world.Now),
        ["MembershipRestore"] = world => PortalNotices.MembershipChanged(world.Reader, MembershipVerb.Restore, world.Colleague.ShownName, world.Now),
        ["RoleEndsSoon"] = world => PortalNotices.RoleEndsSoon(world.Reader, world.Reader.Roles.First(grant => grant.EndsAt is not null), world.Now),
        ["MembershipEndsSoon"] = world => PortalNotices.MembershipEndsSoon(world.Reader, world.Now),
        ["HandedOver"] = world => PortalNotices.HandedOver(world.Reader, 0, world.Titles, world.Colleague.ShownName, world.Note, world.Now),
        ["GivenBack"] = world => PortalNotices.GivenBack(world.Reader, 0, world.Titles, world.Colleague.ShownName, world.Note, world.Now),
        ["HandOverReleased"] = world => PortalNotices.HandOverReleased(world.Reader, 0, world.Titles, world.Colleague.ShownName, world.Now),
        [ContactToConfirm] = world => PortalNotices.ContactToConfirm(world.Reader, world.Now),
        [ContactChanged] = world => PortalNotices.ContactChanged(world.Reader, MailAddressRule.Mask(World.Contact), world.Now),
        [PasswordForgotten] = world => PortalNotices.PasswordForgotten(world.Reader, world.Now),
        ["PasswordChanged"] = world => PortalNotices.SignInChanged(world.Reader, SignInChange.PasswordChanged, world.Now),
        ["TwoStepTurnedOn"] = world => PortalNotices.SignInChanged(world.Reader, SignInChange.TwoStepTurnedOn, world.Now),
        ["TwoStepTurnedOff"] = world => PortalNotices.SignInChanged(world.Reader, SignInChange.TwoStepTurnedOff, world.Now),
        ["ContactRefused"] = world => PortalNotices.AddressRefused(world.Reader, World.Contact, world.Now),
        ["SignInRefused"] = world => PortalNotices.AddressRefused(world.Unreachable, world.Unreachable.Person.SignInAddress, world.Now),
        ["Unreachable"] = world => PortalNotices.MemberUnreachable(world.Unreachable, world.Now),
        ["TestMail"] = world => PortalNotices.TestMail(world.Reader, world.Now),
        ["AccessRequested"] = world => PortalNotices.AccessRequested(world.Request, world.Workspaces, world.Now),
        ["RequestApproved"] = world =>
        {
            world.Request.Approve(RoleCatalogue.BillingAdmin, world.Colleague.ShownName, world.Note, world.Now);
            return PortalNotices.RequestClosed(world.Request, world.Workspaces, world.Now);
        },
        ["RequestDenied"] = world =>
        {
            world.Request.Deny(world.Colleague.ShownName, world.Note, world.Now);
            return PortalNotices.RequestClosed(world.Request, world.Workspaces, world.Now);
        },
        ["RequestExpired"] = world =>
        {
            world.Request.Expire(world.Now);
            return PortalNotices.RequestClosed(world.Request, world.Workspaces, world.Now);
        },
        ["SupportReceived"] = world => SupportNotices.Received(world.Support, world.Now),
        ["SupportReply"] = world => world.Supported(SupportVerb.Reply, SupportSide.Partner),
        ["SupportClose"] = world => world.Supported(SupportVerb.Close, SupportSide.Partner),
        ["SupportAnswer"] = world => world.Supported(SupportVerb.Answer, SupportSide.Program),
        ["SupportAsk"] = world => world.Supported(SupportVerb.Ask, SupportSide.Program),
        ["SupportResolve"] = world => world.Supported(SupportVerb.Resolve, SupportSide.Program),
        ["SupportReopen"] = world =>
        {
            world.Supported(SupportVerb.Close, SupportSide.Partner);
            return world.Supported(SupportVerb.Reopen, SupportSide.Partner);
        },
        ["SecondAdmin"] = world => PortalNotices.SecondAdminMissing(world.Reader.Organization, world.Now),
    };

    /// <summary>All samples: what publishers publish, by kind, and then what the portal itself tells.</summary>
    public static IReadOnlyList<MailSample> All { get; } =
    [
        .. CommunicationPolicy.Published.SelectMany(OfKind),
        .. Notices.Keys.Select(notice => new MailSample($"notice/{notice}", Kind: null, MailOccasion.Published) { Notice = notice }),
    ];

    /// <summary>Writes a sample, ready to go.</summary>
    /// <param name="sample">Which one.</param>
    /// <param name="language">The language of its reader.</param>
    /// <param name="isTranslated">Whether its text was published in every language, and not only in the one that is needed.</param>
    public async Task<OutgoingMail> WriteAsync(MailSample sample, string language, bool isTranslated = true)
    {
        var world = new World(workspaces, texts, language, isInvited: sample.Notice == "Invited", time.GetUtcNow().UtcDateTime);
        var communication = sample.Notice is { } notice ? Notices[notice](world) : Publish(sample, world, isTranslated);
        var reader = Reader.From(world.Reader, world.Reader.Organization.ActivePrograms, workspaces, language, world.Now);
        var mailCase = new MailCase(communication, world.Reader, reader, State: null, IsCompleted: false, world.Now);
        var mail = sample.Notice switch
        {
            ContactToConfirm => OutboxMail.Asking(
                new ContactVerification(world.Reader, World.Contact, World.Secret, world.Now), World.Secret, communication, world.Reader, sample.Occasion, world.Now),
            PasswordForgotten => OutboxMail.Resetting(
                new PasswordReset(world.Reader.PersonId, World.Secret.Token, world.Now), links.Seal(World.Secret.Token), communication, world.Reader, world.Now),
            ContactChanged => OutboxMail.About(World.Contact, communication, world.Reader, sample.Occasion, world.Now),
            _ => OutboxMail.From(
                MailPolicy.Decide(mailCase.Facts(sample.Occasion), world.Now),
                communication,
                world.Reader.Id,
                world.Reader.OrganizationId,
                sample.Occasion,
                language,
                world.Now),
        };
        var written = sample.IsDigest
            ? await writer.WriteDigestAsync([.. Enumerable.Repeat(mailCase, ItemsInDigest)], mail)
            : await writer.WriteAsync(mailCase, mail);
        return writer.Address(written, mail, mail.Address!);
    }

    private static IEnumerable<MailSample> OfKind(CommunicationKind kind)
    {
        var key = CommunicationPolicy.KeyOf(kind);
        yield return new($"{key}/{MailOccasion.Published}", kind, MailOccasion.Published);
        if (CommunicationPolicy.CanBeRequiredByAgreement(kind))
            yield return new($"{key}/agreement", kind, MailOccasion.Published) { IsRequiredByAgreement = true };
        if (MailPacing.IsCounted(kind))
            yield return new($"{key}/digest", kind, MailOccasion.Published) { IsDigest = true };
        foreach (var stage in ReminderPolicy.Stages.Where(stage => DueIn(kind, stage, SomeDay) is not null))
            yield return new($"{key}/{stage}", kind, stage);
        if (EscalationPolicy.Kinds.Contains(kind))
            yield return new($"{key}/{MailOccasion.Escalated}", kind, MailOccasion.Escalated);
    }

    // The first day of a stage, counted from now; null when the kind takes no part in it.
    private static int? DueIn(CommunicationKind kind, string stage, DateTime now) => Enumerable.Range(-60, 121)
        .Reverse()
        .Where(days => ReminderPolicy.StageAt(kind, now - Ago, now.AddDays(days), now)?.Key == stage)
        .Select(days => (int?)days)
        .FirstOrDefault();

    private static Communication Publish(MailSample sample, World world, bool isTranslated)
    {
        var kind = sample.Kind!.Value;
        var isEscalated = sample.Occasion == MailOccasion.Escalated;
        int? dueIn = ReminderPolicy.IsReminder(sample.Occasion) ? DueIn(kind, sample.Occasion, world.Now)
            : isEscalated ? 7
            : CommunicationPolicy.MayHaveDueDate(kind) ? 30
            : null;
        var draft = new CommunicationDraft
        {
            Workspace = WorkspaceCatalogue.Billing,
            Kind = CommunicationPolicy.KeyOf(kind),
            Roles = [isEscalated ? RoleCatalogue.SalesAgent.Key : RoleCatalogue.BillingAdmin.Key],
            DueAt = dueIn is { } days ? world.Now.AddDays(days) : null,
            RequiredByAgreement = sample.IsRequiredByAgreement,
            Content = world.Content
                .Where(text => isTranslated || text.Key == Languages.Default)
                .ToDictionary(text => text.Key, text => text.Value),
        };
        var published = dueIn is null ? world.Now : world.Now - Ago;
        var communication = Publishing.Create(draft, new DraftNames(new Dictionary<string, int>(), null), new PublishingGrant("Sample"), published);
        if (isEscalated)
            communication.EscalateTo(RoleCatalogue.GlobalAdmin.Key, world.Reader.OrganizationId);
        return communication;
    }

    // Who and what the samples are about. Everything says that it is no real thing, and no id is one that the database gives.
    private sealed class World
    {
        private readonly IStringLocalizer<MailTexts> _texts;

        public World(WorkspaceCatalogue workspaces, IStringLocalizer<MailTexts> texts, string language, bool isInvited, DateTime now)
        {
            (Workspaces, _texts, Now) = (workspaces, texts, now);
            var organization = new Organization("sample-company", "Sample Company", now);
            foreach (var program in ProgramCatalogue.All)
                organization.Enroll(program, now);
            Colleague = new Membership(organization, new Person("Chris Sample", "chris.sample@example.com"), now);
            var person = new Person("Robin Sample", "robin.sample@example.com", language);
            Reader = isInvited ? Membership.Invite(organization, person, Colleague.ShownName, now) : new Membership(organization, person, now);
            Reader.Grant(RoleCatalogue.BillingAdmin, Colleague.ShownName, now, endsAt: now.AddDays(14));
            Reader.Grant(RoleCatalogue.GlobalAdmin, Colleague.ShownName, now);
            Reader.BecomeGuest(now.AddDays(14));
            Unreachable = new Membership(organization, new Person("Sam Sample", "sam.sample@example.com"), now);
            Unreachable.Person.RefuseMail(Unreachable.Person.SignInAddress, now);
            Note = texts.In(language, "Sample.Note");
            Request = AccessRequest.ForRole(Reader, RoleCatalogue.BillingAdmin, Note, until: null, now);
            Support = new SupportRequest(
                Reader, new SupportRequestDraft(Content[language].Title!, WorkspaceCatalogue.Billing, SupportRequestType.Question, Note), now);
        }

        public static ContactSecret Secret { get; } = new("sample-token", "123456");

        public WorkspaceCatalogue Workspaces { get; }

        public DateTime Now { get; }

        public Membership Reader { get; }

        public Membership Colleague { get; }

        /// <summary>Whom no mail reaches.</summary>
        public Membership Unreachable { get; }

        public AccessRequest Request { get; }

        public SupportRequest Support { get; }

        public string Note { get; }

        public Communication Supported(SupportVerb verb, SupportSide side)
        {
            Support.Use(verb, side, Colleague.ShownName, Note, Now);
            return SupportNotices.Changed(Support, Support.Notes[^1], Now);
        }

        public static string Contact => "robin.contact@example.com";

        public Dictionary<string, DraftText> Content => Languages.All.ToDictionary(
            language => language, language => new DraftText(_texts.In(language, "Sample.Title"), _texts.In(language, "Sample.Body")));

        public Dictionary<string, string> Titles => Content.ToDictionary(text => text.Key, text => text.Value.Title!);
    }
}

/// <summary>One mail that the portal can send.</summary>
/// <param name="Key">Such as <c>mandatory-action/due-in-7</c> or <c>notice/Invited</c>.</param>
/// <param name="Kind">The kind of what is published; null for what the portal itself tells.</param>
/// <param name="Occasion">What gives rise to it: a <see cref="MailOccasion"/>, or the key of a stage of reminders.</param>
public sealed record MailSample(string Key, CommunicationKind? Kind, string Occasion)
{
    /// <summary>Which of the <see cref="PortalNotices"/> it is.</summary>
    public string? Notice { get; init; }

    public bool IsRequiredByAgreement { get; init; }

    /// <summary>Whether it tells of several at once.</summary>
    public bool IsDigest { get; init; }
}
