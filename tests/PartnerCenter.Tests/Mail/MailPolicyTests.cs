using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;
using static PartnerCenter.Domain.Communications.CommunicationKind;

namespace PartnerCenter.Tests.Mail;

/// <summary>The decision table of reliability.md 3.2 as data, and every combination of facts against a second set of rules.</summary>
public sealed class MailPolicyTests
{
    private const string Contact = "contact@example.com";
    private const string SignIn = "sign-in@example.com";
    private const string Own = "own@example.com";

    private static readonly DateTime Now = FixedTime.Start;

    private static readonly CommunicationKind[] Columns =
        [MandatoryAction, RecommendedAction, TransactionalNotification, PromotionalNotification, AccountMail];

    private static readonly Dictionary<string, Func<MailFacts, MailFacts>> Situations = new()
    {
        ["1 verified contact, nothing special"] = mail => mail,
        ["2 no contact set"] = mail => mail with { ContactState = ContactState.None, ContactAddress = null },
        ["3 new contact pending, older verified one exists"] = mail => After(mail, member =>
        {
            member.UseVerifiedContact(Contact);
            member.AwaitContact("new@example.com", Now.AddHours(1));
        }),
        ["4 new contact pending, none before"] = mail => After(mail, member => member.AwaitContact("new@example.com", Now.AddHours(1))),
        ["4 new contact expired, none before"] = mail => After(mail, member => member.AwaitContact("new@example.com", Now)),
        ["3 and 4 the verification itself"] = mail => mail with { OwnAddress = Own },
        ["3 and 4 the verification, confirmed or cancelled by now"] = mail => mail with { OwnAddress = Own, IsAwaited = false },
        ["5 opted out of the kind"] = mail => mail with { IsOptedOut = true },
        ["6 opted out of the workspace"] = mail => mail with { IsOptedOut = true },
        ["7 opted out, but required by agreement"] = mail => mail with { IsOptedOut = true, RequiredByAgreement = true },
        ["10 opted out between queueing and sending"] = mail => mail with { IsOptedOut = true },
        ["11 person disabled"] = mail => mail with { PersonIsDisabled = true },
        ["11 not a member (yet, or any more)"] = mail => mail with { IsMember = false },
        ["11 organization suspended"] = mail => mail with { OrganizationIsActive = false },
        ["12 qualifying role revoked"] = mail => mail with { IsEntitled = false },
        ["13 one role lost, another kept"] = mail => mail with { IsEntitled = true },
        ["15 action completed"] = mail => mail with { IsCompleted = true },
        ["15 archived"] = mail => mail with { IsArchived = true },
        ["17 contact bounced"] = mail => mail with { ContactState = ContactState.Bounced },
        ["19 contact and sign-in address bounced"] = mail => After(mail, member =>
        {
            member.UseVerifiedContact(Contact);
            member.ContactBounced(Contact);
            member.Person.RefuseMail(SignIn, Now);
        }),
        ["19 sign-in address bounced, contact verified"] = mail => After(mail, member =>
        {
            member.UseVerifiedContact(Contact);
            member.Person.RefuseMail(SignIn, Now);
        }),
        ["21 spam complaint"] = mail => mail with { HasComplained = true, IsOptedOut = true },
        ["21 spam complaint, but required by agreement"] = mail => mail with { HasComplained = true, IsOptedOut = true, RequiredByAgreement = true },
        ["- withdrawn"] = mail => mail with { IsWithdrawn = true },
        ["- older than seven days"] = mail => mail with { PublishedAt = Now.AddDays(-7).AddTicks(-1) },
        ["- older than seven days, required by agreement"] = mail => mail with { PublishedAt = Now.AddDays(-7).AddTicks(-1), RequiredByAgreement = true },
        ["- seven days old"] = mail => mail with { PublishedAt = Now.AddDays(-7) },
        ["16 overdue, a reminder"] = mail => Reminder(mail, "overdue-7", dueInDays: -7),
        ["- a reminder that comes a stage late"] = mail => Reminder(mail, "due-in-7", dueInDays: 1),
        ["- a reminder of what was snoozed"] = mail => Reminder(mail, "due-in-7", dueInDays: 7) with { SnoozedUntil = Now.AddTicks(1) },
        ["- a reminder of what was snoozed until now"] = mail => Reminder(mail, "due-in-7", dueInDays: 7) with { SnoozedUntil = Now },
        ["- snoozed, but no reminder"] = mail => mail with { SnoozedUntil = Now.AddDays(1) },
        ["- expired"] = mail => mail with { ExpiresAt = Now },
        ["- expires in a moment"] = mail => mail with { ExpiresAt = Now.AddTicks(1) },
        ["- no address at all"] = mail => mail with { ContactState = ContactState.None, SignInAddress = "" },
    };

    // C to the contact, S to the sign-in address, otherwise the reason why it is not sent.
    // The columns: mandatory action, recommended action, transactional notification, promotional notification, account mail.
    [Theory]
    [InlineData("1 verified contact, nothing special", "C C C C C")]
    [InlineData("2 no contact set", "S S S S S")]
    [InlineData("3 new contact pending, older verified one exists", "C C C C C")]
    [InlineData("4 new contact pending, none before", "S S S S S")]
    [InlineData("4 new contact expired, none before", "S S S S S")]
    [InlineData("3 and 4 the verification itself", "O O O O O")]
    [InlineData("3 and 4 the verification, confirmed or cancelled by now", "NotAwaited NotAwaited NotAwaited NotAwaited NotAwaited")]
    [InlineData("5 opted out of the kind", "C C OptedOut OptedOut C")]
    [InlineData("6 opted out of the workspace", "C C OptedOut OptedOut C")]
    [InlineData("7 opted out, but required by agreement", "C C C OptedOut C")]
    [InlineData("10 opted out between queueing and sending", "C C OptedOut OptedOut C")]
    [InlineData("11 person disabled", "PersonInactive PersonInactive PersonInactive PersonInactive PersonInactive")]
    [InlineData("11 not a member (yet, or any more)", "PersonInactive PersonInactive PersonInactive PersonInactive C")]
    [InlineData("11 organization suspended", "OrganizationInactive OrganizationInactive OrganizationInactive OrganizationInactive OrganizationInactive")]
    [InlineData("12 qualifying role revoked", "NotEntitled NotEntitled NotEntitled NotEntitled NotEntitled")]
    [InlineData("13 one role lost, another kept", "C C C C C")]
    [InlineData("15 action completed", "AlreadyDone AlreadyDone AlreadyDone AlreadyDone AlreadyDone")]
    [InlineData("15 archived", "AlreadyDone AlreadyDone AlreadyDone AlreadyDone AlreadyDone")]
    [InlineData("17 contact bounced", "S S S ContactBounced S")]
    [InlineData("19 contact and sign-in address bounced", "NoAddress NoAddress NoAddress ContactBounced NoAddress")]
    [InlineData("19 sign-in address bounced, contact verified", "C C C C C")]
    [InlineData("21 spam complaint", "C C Complained Complained C")]
    [InlineData("21 spam complaint, but required by agreement", "C C Complained Complained C")]
    [InlineData("- withdrawn", "Withdrawn Withdrawn Withdrawn Withdrawn Withdrawn")]
    [InlineData("- older than seven days", "C C TooOld C C")]
    [InlineData("- older than seven days, required by agreement", "C C TooOld C C")]
    [InlineData("- seven days old", "C C C C C")]
    [InlineData("16 overdue, a reminder", "C Overtaken TooOld Overtaken Overtaken")]
    [InlineData("- a reminder that comes a stage late", "Overtaken Overtaken TooOld Overtaken Overtaken")]
    [InlineData("- a reminder of what was snoozed", "C Snoozed TooOld Overtaken Overtaken")]
    [InlineData("- a reminder of what was snoozed until now", "C C TooOld Overtaken Overtaken")]
    [InlineData("- snoozed, but no reminder", "C C C C C")]
    [InlineData("- expired", "Expired Expired Expired Expired Expired")]
    [InlineData("- expires in a moment", "C C C C C")]
    [InlineData("- no address at all", "NoAddress NoAddress NoAddress NoAddress NoAddress")]
    public void A_mail_goes_where_the_decision_table_says(string situation, string row)
    {
        var facts = Columns.Select(kind => Situations[situation](Plain(kind)));

        var decisions = facts.Select(mail => Describe(MailPolicy.Decide(mail, Now)));

        Assert.Equal(row, string.Join(' ', decisions));
    }

    [Fact]
    public void Every_situation_is_in_the_table_and_every_kind_is_a_column()
    {
        var rows = typeof(MailPolicyTests).GetMethod(nameof(A_mail_goes_where_the_decision_table_says))!
            .GetCustomAttributes(typeof(InlineDataAttribute), inherit: false)
            .Cast<InlineDataAttribute>()
            .Select(row => (string)row.GetData(null!).Single()[0]);

        Assert.Equal(Situations.Keys, rows);
        Assert.Equal(Enum.GetValues<CommunicationKind>(), Columns);
    }

    [Fact]
    public void Every_combination_of_facts_is_decided_as_a_second_set_of_rules_decides_it()
    {
        var disagreements = EveryCombination()
            .Where(mail => Describe(MailPolicy.Decide(mail, Now)) != Oracle(mail))
            .Select(mail => $"{mail}: {Describe(MailPolicy.Decide(mail, Now))} instead of {Oracle(mail)}")
            .Take(3);

        Assert.Empty(disagreements);
    }

    [Fact]
    public void The_combinations_reach_every_outcome()
    {
        var outcomes = EveryCombination().Select(Oracle).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(Enum.GetNames<SuppressionReason>().Concat(["C", "O", "S"]).Order(StringComparer.Ordinal), outcomes);
    }

    [Fact]
    public void What_is_sent_says_which_address_was_chosen()
    {
        var decision = MailPolicy.Decide(Plain(MandatoryAction), Now);

        Assert.Equal(new MailAddressee(Contact, AddressSource.Contact), decision.To);
        Assert.Null(decision.Suppressed);
    }

    // Written from the prose of reliability.md 3.1 without a look at the policy: the gates in their order, one sentence each.
    private static string Oracle(MailFacts mail)
    {
        var isAction = mail.Kind is MandatoryAction or RecommendedAction;
        var mustBeSent = isAction || mail.Kind == AccountMail || (mail.Kind == TransactionalNotification && mail.RequiredByAgreement);
        var ageInDays = (Now - mail.PublishedAt).TotalDays;
        var hasContact = mail.ContactState == ContactState.Verified && !string.IsNullOrEmpty(mail.ContactAddress);

        // G0 to G2: what was taken back, who is gone, and who may not see it any more get nothing.
        if (mail.IsWithdrawn)
            return "Withdrawn";
        if (mail.ExpiresAt is { } end && end <= Now)
            return "Expired";
        // (Account mail invites people who are no members yet, and tells them that they are no more.)
        if (mail.PersonIsDisabled || (!mail.IsMember && mail.Kind != AccountMail))
            return "PersonInactive";
        if (!mail.OrganizationIsActive)
            return "OrganizationInactive";
        if (!mail.IsEntitled)
            return "NotEntitled";

        // G3: what is done or put away needs no mail, and transactional news goes stale, agreed or not.
        if (mail.IsCompleted || mail.IsArchived)
            return "AlreadyDone";
        // (Nobody is asked to confirm what is settled.)
        if (!mail.IsAwaited)
            return "NotAwaited";
        if (mail.Kind == TransactionalNotification && ageInDays > 7)
            return "TooOld";

        // A reminder counts in its own days only, of an action that was there before them; and recommended ones can be put off.
        if (mail.Occasion == "due-in-7")
        {
            var daysLeft = (mail.DueAt!.Value.Date - Now.Date).TotalDays;
            if (!isAction || daysLeft is < 2 or > 7 || mail.PublishedAt >= Now.Date)
                return "Overtaken";
            if (mail.Kind == RecommendedAction && mail.SnoozedUntil > Now)
                return "Snoozed";
        }

        // G5: whoever called it spam gets no notification, agreed or not. (It is told before G4, because it turns them off as well.)
        if (mail.HasComplained && (mail.Kind is TransactionalNotification or PromotionalNotification))
            return "Complained";

        // G4: the member's choice counts for optional mail only.
        if (!mustBeSent && mail.IsOptedOut)
            return "OptedOut";

        // G6: a bounced contact is replaced by the sign-in address, but not for promotions.
        if (mail.ContactState == ContactState.Bounced && mail.Kind == PromotionalNotification)
            return "ContactBounced";
        // A mail about one address goes there and nowhere else.
        if (mail.OwnAddress is not null)
            return "O";
        if (hasContact)
            return "C";
        return mail.SignInAddress == "" ? "NoAddress" : "S";
    }

    private static IEnumerable<MailFacts> EveryCombination()
    {
        bool[] either = [false, true];
        (string Occasion, int DueInDays, bool Snoozed, bool Expired)[] times =
        [
            ("published", 7, false, false), ("published", 7, true, false), ("published", 7, false, true), ("due-in-7", 7, false, false),
            ("due-in-7", 7, true, false), ("due-in-7", 1, false, false), ("due-in-7", 7, true, true),
        ];
        return
            from kind in Enum.GetValues<CommunicationKind>()
            from agreement in either
            from age in new[] { TimeSpan.Zero, TimeSpan.FromDays(7), TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1) }
            from time in times
            from withdrawn in either
            from disabled in either
            from member in either
            from organization in either
            from entitled in either
            from completed in either
            from archived in either
            from choice in new[] { (IsOptedOut: false, HasComplained: false), (IsOptedOut: true, HasComplained: false), (IsOptedOut: true, HasComplained: true) }
            from state in Enum.GetValues<ContactState>()
            from contact in new[] { null, "", Contact }
            from signIn in new[] { "", SignIn }
            from own in new[] { (Address: null, IsAwaited: true), (Address: (string?)Own, IsAwaited: true), (Address: Own, IsAwaited: false) }
            select new MailFacts
            {
                Kind = kind,
                RequiredByAgreement = agreement,
                PublishedAt = Now - age,
                Occasion = time.Occasion,
                DueAt = Now.AddDays(time.DueInDays),
                SnoozedUntil = time.Snoozed ? Now.AddHours(1) : null,
                ExpiresAt = time.Expired ? Now : Now.AddHours(1),
                IsWithdrawn = withdrawn,
                PersonIsDisabled = disabled,
                IsMember = member,
                OrganizationIsActive = organization,
                IsEntitled = entitled,
                IsCompleted = completed,
                IsArchived = archived,
                IsOptedOut = choice.IsOptedOut,
                HasComplained = choice.HasComplained,
                ContactState = state,
                ContactAddress = contact,
                SignInAddress = signIn,
                OwnAddress = own.Address,
                IsAwaited = own.IsAwaited,
            };
    }

    private static MailFacts After(MailFacts mail, Action<Membership> change)
    {
        var member = new Membership(new Organization("alpine-cloud", "Alpine Cloud", Now), new Person("Anna", SignIn), Now);
        change(member);
        return mail with { ContactState = member.ContactState, ContactAddress = member.ContactAddress, SignInAddress = member.Person.MailAddress };
    }

    private static MailFacts Plain(CommunicationKind kind) => new()
    {
        Kind = kind,
        PublishedAt = Now.AddHours(-1),
        ContactState = ContactState.Verified,
        ContactAddress = Contact,
        SignInAddress = SignIn,
    };

    private static MailFacts Reminder(MailFacts mail, string stage, int dueInDays) => mail with
    {
        Occasion = stage,
        DueAt = Now.AddDays(dueInDays),
        PublishedAt = Now.AddDays(-40),
    };

    private static string Describe(MailDecision decision) => (decision.To, decision.Suppressed) switch
    {
        ({ Address: Contact, Source: AddressSource.Contact }, null) => "C",
        ({ Address: Own, Source: AddressSource.Own }, null) => "O",
        ({ Address: SignIn, Source: AddressSource.SignIn }, null) => "S",
        (null, { } because) => because.ToString(),
        _ => decision.ToString(),
    };
}
