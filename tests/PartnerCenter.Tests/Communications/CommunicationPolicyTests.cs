using PartnerCenter.Domain;
using PartnerCenter.Domain.Communications;
using static PartnerCenter.Domain.Communications.CommunicationKind;

namespace PartnerCenter.Tests.Communications;

/// <summary>The table of design.md 4.1, written down a second time on purpose: whoever changes the rule changes it twice.</summary>
public sealed class CommunicationPolicyTests
{
    private const string Allowed = "";

    public static TheoryData<CommunicationKind, string> Archiving => new()
    {
        { MandatoryAction, "Reason.MandatoryActionStays" },
        { RecommendedAction, Allowed },
        { TransactionalNotification, Allowed },
        { PromotionalNotification, Allowed },
        { AccountMail, "Reason.NotShownInPortal" },
    };

    public static TheoryData<CommunicationKind, string, string> OptingOut => new()
    {
        // The last column is for a communication that is required by agreement.
        { MandatoryAction, "Reason.MailIsRequired", "Reason.MailIsRequired" },
        { RecommendedAction, "Reason.MailIsRequired", "Reason.MailIsRequired" },
        { TransactionalNotification, Allowed, "Reason.MailIsRequired" },
        { PromotionalNotification, Allowed, Allowed },
        { AccountMail, "Reason.MailIsRequired", "Reason.MailIsRequired" },
    };

    public static TheoryData<CommunicationKind, string> Keys => new()
    {
        { MandatoryAction, "mandatory-action" },
        { RecommendedAction, "recommended-action" },
        { TransactionalNotification, "transactional-notification" },
        { PromotionalNotification, "promotional-notification" },
        { AccountMail, "account-mail" },
    };

    [Theory]
    [MemberData(nameof(Archiving))]
    public void A_kind_may_be_archived_as_the_table_says(CommunicationKind kind, string refusedBecause) =>
        AssertVerdict(refusedBecause, CommunicationPolicy.MayArchive(kind));

    [Theory]
    [MemberData(nameof(OptingOut))]
    public void Mail_may_be_turned_off_as_the_table_says(CommunicationKind kind, string refusedBecause, string refusedByAgreementBecause)
    {
        AssertVerdict(refusedBecause, CommunicationPolicy.MayOptOut(kind));
        AssertVerdict(refusedByAgreementBecause, CommunicationPolicy.MayOptOut(kind, requiredByAgreement: true));
    }

    [Theory]
    [InlineData(MandatoryAction, Allowed)]
    [InlineData(RecommendedAction, Allowed)]
    [InlineData(TransactionalNotification, "Reason.OnlyActionsAreCompleted")]
    [InlineData(PromotionalNotification, "Reason.OnlyActionsAreCompleted")]
    [InlineData(AccountMail, "Reason.OnlyActionsAreCompleted")]
    public void Only_actions_may_be_completed(CommunicationKind kind, string refusedBecause) =>
        AssertVerdict(refusedBecause, CommunicationPolicy.MayComplete(kind));

    [Theory]
    [InlineData(MandatoryAction, true, true)]
    [InlineData(RecommendedAction, false, true)]
    [InlineData(TransactionalNotification, false, false)]
    [InlineData(PromotionalNotification, false, false)]
    [InlineData(AccountMail, false, false)]
    public void A_mandatory_action_needs_a_due_date_and_only_actions_may_have_one(CommunicationKind kind, bool needs, bool may)
    {
        Assert.Equal(needs, CommunicationPolicy.NeedsDueDate(kind));
        Assert.Equal(may, CommunicationPolicy.MayHaveDueDate(kind));
    }

    [Theory]
    [InlineData(MandatoryAction, false)]
    [InlineData(RecommendedAction, false)]
    [InlineData(TransactionalNotification, false)]
    [InlineData(PromotionalNotification, true)]
    [InlineData(AccountMail, false)]
    public void Only_a_promotional_notification_may_expire(CommunicationKind kind, bool may) =>
        Assert.Equal(may, CommunicationPolicy.MayExpire(kind));

    [Theory]
    [InlineData(MandatoryAction, true)]
    [InlineData(RecommendedAction, false)]
    [InlineData(TransactionalNotification, false)]
    [InlineData(PromotionalNotification, false)]
    [InlineData(AccountMail, false)]
    public void Only_a_mandatory_action_is_critical(CommunicationKind kind, bool critical) =>
        Assert.Equal(critical, CommunicationPolicy.IsCritical(kind));

    [Theory]
    [InlineData(MandatoryAction, false, false)]
    [InlineData(RecommendedAction, false, false)]
    [InlineData(TransactionalNotification, true, false)]
    [InlineData(PromotionalNotification, false, true)]
    [InlineData(AccountMail, false, false)]
    public void Optional_mail_is_either_subject_to_agreements_or_promotional(CommunicationKind kind, bool byAgreement, bool promotional)
    {
        Assert.Equal(byAgreement, CommunicationPolicy.CanBeRequiredByAgreement(kind));
        Assert.Equal(promotional, CommunicationPolicy.IsPromotional(kind));
    }

    [Theory]
    [InlineData(MandatoryAction, false)]
    [InlineData(RecommendedAction, false)]
    [InlineData(TransactionalNotification, true)]
    [InlineData(PromotionalNotification, false)]
    [InlineData(AccountMail, false)]
    public void Only_a_transactional_notification_is_passing_news(CommunicationKind kind, bool passing) =>
        Assert.Equal(passing, CommunicationPolicy.IsPassingNews(kind));

    [Fact]
    public void Every_kind_stands_in_the_tables_above()
    {
        var kinds = Enum.GetValues<CommunicationKind>();

        Assert.Equal(kinds, Archiving.Select(row => (CommunicationKind)row[0]).Order());
        Assert.Equal(kinds, OptingOut.Select(row => (CommunicationKind)row[0]).Order());
        Assert.Equal(kinds, Keys.Select(row => (CommunicationKind)row[0]).Order());
    }

    [Fact]
    public void What_can_be_published_is_two_kinds_of_actions_and_two_of_notifications_the_most_pressing_first()
    {
        Assert.Equal([MandatoryAction, RecommendedAction, TransactionalNotification, PromotionalNotification], CommunicationPolicy.Published);
        Assert.Equal([MandatoryAction, RecommendedAction], CommunicationPolicy.Actions);
        Assert.Equal([TransactionalNotification, PromotionalNotification], CommunicationPolicy.Notifications);
        Assert.All(CommunicationPolicy.Published, kind => Assert.Equal(CommunicationPolicy.Actions.Contains(kind), CommunicationPolicy.IsAction(kind)));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_kind_is_stored_under_a_key_that_leads_back_to_it(CommunicationKind kind, string key)
    {
        Assert.Equal(key, CommunicationPolicy.KeyOf(kind));
        Assert.Equal(kind, CommunicationPolicy.FromStoredKey(key));
    }

    [Theory]
    [InlineData("mandatory-action", MandatoryAction)]
    [InlineData("promotional-notification", PromotionalNotification)]
    [InlineData("account-mail", null)]
    [InlineData("Mandatory-Action", null)]
    [InlineData("newsletter", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_publisher_finds_only_kinds_that_can_be_published(string? key, CommunicationKind? kind) =>
        Assert.Equal(kind, CommunicationPolicy.Find(key));

    [Theory]
    [InlineData(MandatoryAction, 1)]
    [InlineData(RecommendedAction, 2)]
    [InlineData(TransactionalNotification, 3)]
    [InlineData(PromotionalNotification, 4)]
    [InlineData(AccountMail, 5)]
    public void The_number_of_a_kind_is_stored_and_never_changes(CommunicationKind kind, int number) =>
        Assert.Equal(number, (int)kind);

    [Fact]
    public void A_refusal_that_is_enforced_carries_its_reason()
    {
        var violation = Assert.Throws<RuleViolationException>(CommunicationPolicy.MayArchive(MandatoryAction).Enforce);

        Assert.Same(Reasons.MandatoryActionStays, violation.Reason);
    }

    private static void AssertVerdict(string refusedBecause, Verdict verdict)
    {
        Assert.Equal(refusedBecause, verdict.RefusedBecause?.Key ?? Allowed);
        Assert.Equal(refusedBecause == Allowed, verdict.IsAllowed);
    }
}
