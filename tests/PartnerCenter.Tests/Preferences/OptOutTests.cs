using PartnerCenter.Domain;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Tests.Support;
using static PartnerCenter.Domain.Communications.CommunicationKind;

namespace PartnerCenter.Tests.Preferences;

public sealed class OptOutTests
{
    private static readonly DateTime Now = FixedTime.Start;

    [Theory]
    [InlineData(TransactionalNotification)]
    [InlineData(PromotionalNotification)]
    public void Optional_mail_can_be_turned_off(CommunicationKind kind)
    {
        var optOut = new OptOut(membershipId: 7, kind, "billing", Now);

        Assert.Equal((7, kind, "billing", Now), (optOut.MembershipId, optOut.Kind, optOut.Workspace, optOut.DecidedAt));
    }

    [Theory]
    [InlineData(MandatoryAction)]
    [InlineData(RecommendedAction)]
    [InlineData(AccountMail)]
    public void Required_mail_cannot_be_turned_off(CommunicationKind kind)
    {
        var violation = Assert.Throws<RuleViolationException>(() => new OptOut(membershipId: 7, kind, workspace: null, Now));

        Assert.Same(Reasons.MailIsRequired, violation.Reason);
    }

    [Theory]
    [InlineData("billing", PromotionalNotification, "billing", true)]
    [InlineData("billing", PromotionalNotification, "pricing", false)]
    [InlineData("billing", TransactionalNotification, "billing", false)]
    [InlineData(null, PromotionalNotification, "billing", true)]
    [InlineData(null, PromotionalNotification, "pricing", true)]
    [InlineData(null, TransactionalNotification, "billing", false)]
    public void It_counts_for_its_kind_in_its_workspace_or_in_all(string? workspace, CommunicationKind kind, string ofMail, bool counts)
    {
        var member = new Membership(new Organization("alpine-cloud", "Alpine Cloud", Now), new Person("Anna", "anna@example.com"), Now);

        member.Choose(PromotionalNotification, workspace, isWanted: false, new(ChangedBy.MyPreferences, Now));

        Assert.Equal(!counts, member.Wants(kind, ofMail));
    }
}
