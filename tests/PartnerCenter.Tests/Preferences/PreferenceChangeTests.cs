using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Tests.Support;
using static PartnerCenter.Domain.Communications.CommunicationKind;

namespace PartnerCenter.Tests.Preferences;

/// <summary>Whatever changes a preference leaves a line, and what changes nothing leaves none.</summary>
public sealed class PreferenceChangeTests
{
    private static readonly DateTime Now = FixedTime.Start;
    private static readonly ChangeOrigin Visit = new(ChangedBy.FirstVisit, Now);

    private readonly Membership _member = new(new Organization("alpine-cloud", "Alpine Cloud", Now), new Person("Anna", "anna@example.com"), Now);

    private IEnumerable<string> Lines =>
        _member.PreferenceChanges.Select(change => $"{change.Topic}{(change.Kind is null ? "" : $" {change.Kind}/{change.Workspace ?? "*"}")}: {change.Before} > {change.After}");

    [Fact]
    public void A_complaint_of_somebody_who_had_turned_mail_off_before_is_a_complaint_all_the_same()
    {
        var member = new Membership(new Organization("alpine-cloud", "Alpine Cloud", FixedTime.Start), new Person("Anna", "anna@example.com"), FixedTime.Start);
        member.Choose(TransactionalNotification, workspace: null, isWanted: false, new(ChangedBy.MyPreferences, FixedTime.Start));

        member.Complain(FixedTime.Start);

        Assert.True(member.HasComplainedOf(TransactionalNotification));
    }

    [Fact]
    public void What_a_member_is_called_and_where_they_live_leaves_a_line_for_each_that_is_new()
    {
        _member.DescribeAs(" Lead ", "nl", "Europe/Zurich", Visit);
        _member.DescribeAs("Lead", "nl", "Europe/Zurich", Visit);

        Assert.Equal(["JobTitle:  > Lead", "EmailLanguage: en > nl", "TimeZone:  > Europe/Zurich"], Lines);
        Assert.All(_member.PreferenceChanges, change => Assert.Equal((ChangedBy.FirstVisit, Now), (change.ChangedBy, change.DecidedAt)));
    }

    [Fact]
    public void A_choice_leaves_a_line_when_it_is_another_one()
    {
        _member.Choose(PromotionalNotification, "billing", isWanted: true, Visit);
        _member.Choose(PromotionalNotification, "billing", isWanted: false, Visit);
        _member.Choose(PromotionalNotification, "billing", isWanted: false, Visit);
        _member.Choose(PromotionalNotification, workspace: null, isWanted: false, Visit);
        _member.Choose(PromotionalNotification, "billing", isWanted: true, Visit);

        Assert.Equal(
            ["Choice PromotionalNotification/billing: on > off", "Choice PromotionalNotification/*: on > off", "Choice PromotionalNotification/billing: off > on"],
            Lines);
        Assert.Equal(ChangedBy.FirstVisit, Assert.Single(_member.OptOuts).DecidedBy);
    }

    [Fact]
    public void What_becomes_of_a_contact_address_is_told_from_the_asking_to_the_way_back()
    {
        _member.AwaitContact("anna@work.example", Now.AddHours(24), Visit);
        _member.AwaitContact("anna@work.example", Now.AddHours(25), Visit);
        _member.CancelContact(Visit);
        _member.AwaitContact("anna@home.example", Now.AddHours(24), Visit);
        _member.UseVerifiedContact("anna@home.example", Visit);
        _member.ContactBounced("anna@other.example", Now);
        _member.ContactBounced("anna@home.example", Now);
        _member.UseSignInAddress(Visit);
        _member.UseSignInAddress(Visit);

        Assert.Equal(
            [
                "ContactAsked:  > anna@work.example",
                "ContactCancelled: anna@work.example > ",
                "ContactAsked:  > anna@home.example",
                "ContactConfirmed:  > anna@home.example",
                "ContactBounced: anna@home.example > ",
                "SignInAddress: anna@home.example > anna@example.com",
            ],
            Lines);
        Assert.Equal(ChangedBy.Delivery, _member.PreferenceChanges[4].ChangedBy);
    }

    [Fact]
    public void An_invitation_that_begins_anew_says_that_the_contact_address_is_gone()
    {
        _member.UseVerifiedContact("anna@home.example", Visit);
        _member.Remove(Now);

        _member.InviteBack("Ben", Now);

        Assert.Equal(["ContactConfirmed:  > anna@home.example", "SignInAddress: anna@home.example > anna@example.com"], Lines);
        Assert.Equal(ChangedBy.Invitation, _member.PreferenceChanges[1].ChangedBy);
    }

    [Fact]
    public void Only_the_membership_decides_to_turn_mail_off_so_that_no_way_forgets_the_history()
    {
        var makers = Repository.SourceFiles(".cs").Where(file => File.ReadAllText(file).Contains("new OptOut(", StringComparison.Ordinal));

        Assert.Equal(["Membership.cs"], makers.Select(Path.GetFileName));
    }
}
