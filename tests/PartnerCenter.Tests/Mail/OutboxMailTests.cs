using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Tests.Support;
using static PartnerCenter.Domain.Mail.MailState;

namespace PartnerCenter.Tests.Mail;

public sealed class OutboxMailTests
{
    private static readonly DateTime Now = FixedTime.Start;
    private static readonly MailAddressee To = new("ben@example.com", AddressSource.SignIn);

    private static readonly Dictionary<string, Action<OutboxMail>> Steps = new()
    {
        ["claim"] = mail => mail.Claim("me"),
        ["start sending"] = mail => mail.StartSending(To, "Subject", "Text", "<p>Html</p>"),
        ["suppress"] = mail => mail.Suppress(SuppressionReason.OptedOut),
        ["sent"] = mail => mail.RecordSent("250 ok", Now),
        ["address refused"] = mail => mail.RecordRefused("550 5.1.1", addressIsWrong: true),
        ["refused"] = mail => mail.RecordRefused("554 5.7.1", addressIsWrong: false),
        ["deferred"] = mail => mail.RecordDeferred("451", Now.AddMinutes(1), inDoubt: false),
        ["deferred in doubt"] = mail => mail.RecordDeferred("cut", Now.AddMinutes(15), inDoubt: true),
        ["unsendable"] = mail => mail.RecordUnsendable("It could not be composed."),
        ["relay away"] = mail => mail.RecordRelayAway("connection refused", Now.AddSeconds(15)),
        ["give back"] = mail => mail.GiveBack(),
        ["release"] = mail => mail.Release(),
    };

    // Every step that may be taken, from where, and where it leads; whatever is not here must throw.
    private static readonly Dictionary<(MailState From, string Step), MailState> LegalSteps = new()
    {
        [(Queued, "claim")] = Claimed,
        [(Queued, "suppress")] = Suppressed,
        [(Claimed, "start sending")] = Sending,
        [(Claimed, "suppress")] = Suppressed,
        [(Claimed, "unsendable")] = Failed,
        [(Claimed, "give back")] = Queued,
        [(Claimed, "release")] = Queued,
        [(Sending, "sent")] = Sent,
        [(Sending, "address refused")] = Bounced,
        [(Sending, "refused")] = Failed,
        [(Sending, "deferred")] = Queued,
        [(Sending, "deferred in doubt")] = Queued,
        [(Sending, "relay away")] = Queued,
        [(Sending, "release")] = Queued,
    };

    public static TheoryData<MailState, string> EveryStepFromEveryState
    {
        get
        {
            var rows = new TheoryData<MailState, string>();
            foreach (var state in Enum.GetValues<MailState>())
            {
                foreach (var step in Steps.Keys)
                    rows.Add(state, step);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(EveryStepFromEveryState))]
    public void A_step_leads_where_the_table_says_or_is_refused(MailState from, string step)
    {
        var mail = In(from);

        if (LegalSteps.TryGetValue((from, step), out var to))
        {
            Steps[step](mail);
            Assert.Equal(to, mail.State);
        }
        else
        {
            Assert.Throws<InvalidOperationException>(() => Steps[step](mail));
            Assert.Equal(from, mail.State);
        }
    }

    [Theory]
    [InlineData(Queued, false)]
    [InlineData(Claimed, true)]
    [InlineData(Sending, true)]
    [InlineData(Sent, false)]
    [InlineData(Failed, false)]
    [InlineData(Bounced, false)]
    [InlineData(Quarantined, false)]
    [InlineData(Suppressed, false)]
    public void Only_what_a_dispatcher_works_on_has_an_owner(MailState state, bool hasOwner) =>
        Assert.Equal(hasOwner ? "me" : null, In(state).Owner);

    [Fact]
    public void A_mail_that_is_wanted_waits_with_the_address_that_the_policy_chose()
    {
        var mail = In(Queued);

        Assert.Equal(To.Address, mail.Address);
        Assert.Equal(AddressSource.SignIn, mail.AddressSource);
        Assert.Equal(Now, mail.QueuedAt);
        Assert.Equal(Now, mail.NextAttemptAt);
        Assert.Equal((7, 12, "published", "nl"), (mail.MembershipId, mail.OrganizationId, mail.Occasion, mail.Language));
        Assert.Equal((CommunicationKind.MandatoryAction, "billing"), (mail.Kind, mail.Workspace));
    }

    [Fact]
    public void A_mail_that_a_rule_stopped_says_which_and_has_no_address()
    {
        var mail = Wanted(Decide(isOptedOut: true));

        Assert.Equal(Suppressed, mail.State);
        Assert.Equal(SuppressionReason.OptedOut, mail.SuppressedBecause);
        Assert.Null(mail.Address);
    }

    [Fact]
    public void Each_mail_has_a_message_key_of_its_own_that_stays()
    {
        var mail = In(Queued);
        var key = mail.MessageKey;

        Take(mail, "claim", "start sending", "deferred", "claim", "start sending");

        Assert.Matches("^[0-9a-f]{32}$", key);
        Assert.Equal(key, mail.MessageKey);
        Assert.NotEqual(key, In(Queued).MessageKey);
    }

    [Fact]
    public void What_is_sent_is_kept_with_the_relays_answer()
    {
        var mail = In(Sending);

        mail.RecordSent("250 queued as 4711", Now.AddSeconds(3));

        Assert.Equal(Now.AddSeconds(3), mail.SentAt);
        Assert.Equal("250 queued as 4711", mail.LastAnswer);
        Assert.Equal(("Subject", "Text", "<p>Html</p>"), (mail.Subject, mail.TextBody, mail.HtmlBody));
    }

    [Theory]
    [InlineData(Sent, "claim", "start sending", "sent")]
    [InlineData(Failed, "claim", "start sending", "refused")]
    [InlineData(Bounced, "claim", "start sending", "address refused")]
    [InlineData(Suppressed, "suppress")]
    [InlineData(Suppressed, "claim", "suppress")]
    [InlineData(Failed, "claim", "unsendable")]
    [InlineData(Quarantined, "claim", "release", "claim", "release", "claim", "release", "claim", "release", "claim", "release", "claim", "release", "claim", "release", "claim", "release", "claim")]
    public void The_secret_of_a_mail_is_gone_with_its_end_and_its_text_is_never_kept(MailState end, params string[] steps)
    {
        var mail = Asking();
        Assert.NotNull(mail.Secret);

        Take(mail, steps);

        Assert.Equal((end, null, null, null), (mail.State, mail.Secret, mail.TextBody, mail.HtmlBody));
    }

    [Fact]
    public void The_secret_of_a_mail_waits_with_it()
    {
        var mail = Asking();
        var secret = mail.Secret;

        Take(mail, "claim", "start sending", "deferred", "claim", "release", "claim", "start sending");

        Assert.Equal((secret, null, null), (mail.Secret, mail.TextBody, mail.HtmlBody));
    }

    [Fact]
    public void The_last_gate_may_change_the_address()
    {
        var mail = In(Claimed);

        mail.StartSending(new MailAddressee("new@example.com", AddressSource.Contact), "Subject", "Text", "Html");

        Assert.Equal(("new@example.com", (AddressSource?)AddressSource.Contact), (mail.Address, mail.AddressSource));
    }

    [Fact]
    public void A_deferred_mail_waits_for_its_next_attempt_and_starts_counting_claims_anew()
    {
        var mail = In(Sending);

        mail.RecordDeferred("451 try later", Now.AddMinutes(5), inDoubt: false);

        Assert.Equal(Now.AddMinutes(5), mail.NextAttemptAt);
        Assert.Equal("451 try later", mail.LastAnswer);
        Assert.Equal(0, mail.Claims);
        Assert.Equal(0, mail.InDoubt);
        Assert.Equal(1, mail.Attempts);
    }

    [Fact]
    public void A_mail_whose_outcome_nobody_knows_is_in_doubt_and_its_claims_go_on_counting()
    {
        var mail = In(Sending);

        mail.RecordDeferred("The relay hung up.", Now.AddMinutes(15), inDoubt: true);

        Assert.Equal(1, mail.InDoubt);
        Assert.Equal(1, mail.Claims);
    }

    [Fact]
    public void Taking_over_a_mail_that_was_being_sent_leaves_it_in_doubt()
    {
        var mail = In(Sending);

        mail.Release();

        Assert.Equal(1, mail.InDoubt);
        Assert.Equal(Now, mail.NextAttemptAt);
    }

    [Fact]
    public void Taking_over_a_mail_that_was_only_claimed_leaves_no_doubt()
    {
        var mail = In(Claimed);

        mail.Release();

        Assert.Equal(0, mail.InDoubt);
        Assert.Equal(0, mail.Attempts);
    }

    [Fact]
    public void A_mail_that_was_left_behind_twice_may_be_deadly_until_the_relay_answers_about_it()
    {
        var mail = In(Queued);

        Take(mail, "claim", "release");
        Assert.False(mail.MayBeDeadly);
        Take(mail, "claim", "release");
        Assert.True(mail.MayBeDeadly);
        Take(mail, "claim");
        mail.StartSending(new("a@example.com", AddressSource.SignIn), "Subject", "Text", "Html");
        mail.RecordDeferred("451 later", Now, inDoubt: false);
        Assert.False(mail.MayBeDeadly);
    }

    [Fact]
    public void A_mail_that_keeps_killing_its_dispatcher_is_set_aside_after_eight_claims()
    {
        var mail = In(Queued);
        for (var i = 0; i < 8; i++)
            Take(mail, "claim", "release");
        Assert.Equal(Queued, mail.State);

        mail.Claim("me");

        Assert.Equal(Quarantined, mail.State);
        Assert.Null(mail.Owner);
        Assert.Contains("8 times", mail.LastAnswer, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mail_that_stays_in_doubt_is_set_aside_too()
    {
        var mail = In(Queued);
        for (var i = 0; i < 8; i++)
            Take(mail, "claim", "start sending", "deferred in doubt");

        mail.Claim("me");

        Assert.Equal(Quarantined, mail.State);
        Assert.Equal(8, mail.InDoubt);
    }

    [Fact]
    public void A_relay_that_answers_is_tried_for_ever()
    {
        var mail = In(Queued);
        for (var i = 0; i < 20; i++)
            Take(mail, "claim", "start sending", "deferred");

        mail.Claim("me");

        Assert.Equal(Claimed, mail.State);
        Assert.Equal(20, mail.Attempts);
    }

    private static void Take(OutboxMail mail, params string[] steps)
    {
        foreach (var step in steps)
            Steps[step](mail);
    }

    private static OutboxMail In(MailState state)
    {
        var mail = Wanted(Decide(isOptedOut: false));
        string[] way = state switch
        {
            Queued => [],
            Claimed => ["claim"],
            Sending => ["claim", "start sending"],
            Sent => ["claim", "start sending", "sent"],
            Failed => ["claim", "start sending", "refused"],
            Bounced => ["claim", "start sending", "address refused"],
            Quarantined => [.. Enumerable.Repeat(new[] { "claim", "release" }, 8).SelectMany(steps => steps), "claim"],
            Suppressed => ["suppress"],
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No way leads there."),
        };
        Take(mail, way);
        Assert.Equal(state, mail.State);
        return mail;
    }

    private static OutboxMail Asking()
    {
        var member = new Membership(new Organization("alpine-cloud", "Alpine Cloud", Now), new Person("Anna", "anna@example.com"), Now);
        var secret = ContactSecret.Create();
        return OutboxMail.Asking(
            new ContactVerification(member, "new@example.com", secret, Now), secret, PortalNotices.ContactToConfirm(member, Now), member, "contact", Now);
    }

    private static OutboxMail Wanted(MailDecision decision)
    {
        var communication = Publishing.Create(
            Drafts.MandatoryAction(),
            new DraftNames(new Dictionary<string, int>(), MembershipOrganization: null),
            new PublishingGrant("The program"),
            Now);
        return OutboxMail.From(decision, communication, membershipId: 7, organizationId: 12, "published", "nl", Now);
    }

    private static MailDecision Decide(bool isOptedOut) => MailPolicy.Decide(
        new MailFacts
        {
            Kind = CommunicationKind.PromotionalNotification,
            PublishedAt = Now,
            IsOptedOut = isOptedOut,
            SignInAddress = To.Address,
        },
        Now);
}
