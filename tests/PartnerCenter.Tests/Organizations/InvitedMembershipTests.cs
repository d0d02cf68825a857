using PartnerCenter.Domain;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Organizations;

public sealed class InvitedMembershipTests
{
    private static readonly DateTime Now = FixedTime.Start;

    private readonly Membership _invited = Membership.Invite(
        new Organization("alpine-cloud", "Alpine Cloud", Now), new Person("Ben Keller", "ben@example.com"), "Anna Winter", Now);

    [Fact]
    public void Until_somebody_has_joined_others_see_the_address_and_not_the_name()
    {
        Assert.Equal("ben@example.com", _invited.ShownName);

        _invited.Accept(Now);

        Assert.Equal("Ben Keller", _invited.ShownName);
    }

    [Fact]
    public void Whoever_declined_keeps_their_name_to_themselves_and_cannot_be_brought_back()
    {
        _invited.Withdraw(Now);

        Assert.Equal("ben@example.com", _invited.ShownName);
        Assert.Null(_invited.RestorableUntil);
        Assert.Equal(Reasons.NeverJoined, Assert.Throws<RuleViolationException>(() => _invited.Restore(Now)).Reason);
        Assert.Equal(MembershipStatus.Removed, _invited.Status);
    }

    [Fact]
    public void Whoever_declined_can_be_invited_again()
    {
        _invited.Withdraw(Now);

        _invited.InviteBack("Carla Moser", Now.AddDays(1));

        Assert.Equal(MembershipStatus.Invited, _invited.Status);
        Assert.Equal("Carla Moser", _invited.InvitedBy);
        Assert.Equal(Now.AddDays(15), _invited.InvitationExpiresAt);
    }

    [Fact]
    public void Whoever_is_invited_back_starts_without_the_addresses_and_answers_of_before()
    {
        _invited.Accept(Now);
        _invited.UseVerifiedContact("ben@work.example");
        _invited.AwaitContact("ben@home.example", Now.AddDays(1));
        _invited.SetUp(Now);
        _invited.Remove(Now);

        _invited.InviteBack("Carla Moser", Now.AddDays(40));

        Assert.Equal((ContactState.None, null, null), (_invited.ContactStateAt(Now), _invited.ContactAddress, _invited.PendingContact));
        Assert.Null(_invited.SetUpAt);
        Assert.True(_invited.OwesContactAt(Now));
    }

    [Fact]
    public void Whoever_is_invited_once_more_gets_mail_at_an_address_that_refused_it_before()
    {
        _invited.Person.RefuseMail(_invited.Person.SignInAddress, Now);

        _invited.InviteAgain("Carla Moser", Now.AddDays(1));

        Assert.Equal(_invited.Person.SignInAddress, _invited.Person.MailAddress);
    }

    [Fact]
    public void Whoever_chose_the_sign_in_address_before_is_asked_again_once_invited_back()
    {
        _invited.Accept(Now);
        _invited.UseSignInAddress(Now);
        _invited.Remove(Now);

        _invited.InviteBack("Carla Moser", Now.AddDays(40));

        Assert.True(_invited.OwesContactAt(Now));
    }

    [Fact]
    public void Whoever_joined_can_be_brought_back()
    {
        _invited.Accept(Now);
        _invited.Remove(Now);

        _invited.Restore(Now.AddDays(29));

        Assert.Equal(MembershipStatus.Active, _invited.Status);
    }

    [Fact]
    public void Why_somebody_is_not_invited_depends_on_how_they_stand()
    {
        Assert.Equal(Reasons.AlreadyInvited, WhyNot());
        _invited.Accept(Now);
        Assert.Equal(Reasons.AlreadyMember, WhyNot());
        _invited.Disable(Now);
        Assert.Equal(Reasons.MemberIsBlocked, WhyNot());

        Reason WhyNot() => Assert.Throws<RuleViolationException>(() => _invited.InviteBack("Anna Winter", Now)).Reason;
    }

    [Fact]
    public void An_invitation_can_be_accepted_for_14_days()
    {
        Assert.False(_invited.HasInvitationExpiredAt(Now.AddDays(14).AddTicks(-1)));
        Assert.True(_invited.HasInvitationExpiredAt(Now.AddDays(14)));
        Assert.Equal(Reasons.InvitationExpired, Assert.Throws<RuleViolationException>(() => _invited.Accept(Now.AddDays(14))).Reason);
    }

    [Fact]
    public void A_guest_whose_time_is_over_cannot_accept()
    {
        _invited.BecomeGuest(Now.AddDays(3));

        Assert.Throws<RuleViolationException>(() => _invited.Accept(Now.AddDays(3)));
    }

    [Fact]
    public void Only_an_active_member_leaves()
    {
        Assert.Throws<RuleViolationException>(() => _invited.Leave(Now));
        _invited.Accept(Now);

        _invited.Leave(Now.AddDays(1));

        Assert.Equal(MembershipStatus.Removed, _invited.Status);
        Assert.Equal(Now.AddDays(31), _invited.RestorableUntil);
    }

    [Fact]
    public void A_last_day_counts_to_its_end_and_is_read_as_it_was_typed()
    {
        var day = new DateOnly(2027, 12, 31);

        Assert.Equal(new DateTime(2027, 12, 31, 23, 59, 59, DateTimeKind.Utc), LastDay.EndOf(day));
        Assert.Equal(day, LastDay.Of(LastDay.EndOf(day)));
        Assert.Null(LastDay.EndOf((DateOnly?)null));
        Assert.Null(LastDay.Of(null));
    }

    [Fact]
    public void A_name_is_one_line_and_an_empty_one_changes_nothing()
    {
        _invited.Person.CallBy(" Ben\r\n  van Dam ");
        _invited.Person.CallBy("  ");
        _invited.Person.CallBy(null);

        Assert.Equal("Ben van Dam", _invited.Person.Name);
    }

    [Fact]
    public void A_very_long_address_makes_a_name_that_fits()
    {
        var address = $"{new string('a', 64)}@{new string('b', 60)}.{new string('c', 60)}.{new string('d', 60)}.example";

        Assert.Equal(Person.LongestName, Person.NameFrom(address).Length);
    }
}
