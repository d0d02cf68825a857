using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;
using static PartnerCenter.Domain.Organizations.MembershipVerb;

namespace PartnerCenter.Tests.Organizations;

public sealed class MembershipPolicyTests
{
    private static readonly DateTime Now = FixedTime.Start;

    // The columns: Active, Invited, Disabled, Removed. A verb per row; x where it can be done.
    private static readonly Dictionary<MembershipVerb, string> Table = new()
    {
        [Invite] = "---x",
        [Accept] = "-x--",
        [Resend] = "-x--",
        [Withdraw] = "-x--",
        [ChangeRoles] = "xxx-",
        [Disable] = "x---",
        [Enable] = "--x-",
        [Remove] = "x-x-",
        [Restore] = "---x",
        [Leave] = "x---",
        [EndSessions] = "x---",
    };

    [Fact]
    public void Each_verb_is_allowed_just_where_the_table_says() =>
        Assert.All(Enum.GetValues<MembershipVerb>(), verb => Assert.Equal(
            Table[verb],
            string.Concat(Enum.GetValues<MembershipStatus>().Select(status => MembershipPolicy.May(verb, status).IsAllowed ? 'x' : '-'))));

    [Fact]
    public void An_invitation_is_accepted_until_it_expires()
    {
        var (early, late) = (Invited(), Invited());

        early.Accept(Now.AddDays(14).AddTicks(-1));

        Assert.Equal(MembershipStatus.Active, early.Status);
        Assert.Equal("Reason.InvitationExpired", Assert.Throws<RuleViolationException>(() => late.Accept(Now.AddDays(14))).Reason.Key);
        Assert.Equal(MembershipStatus.Invited, late.Status);
    }

    [Fact]
    public void An_invitation_that_is_sent_again_lasts_anew()
    {
        var invited = Invited();

        invited.InviteAgain("Ben Keller", Now.AddDays(13));
        invited.Accept(Now.AddDays(20));

        Assert.Equal("Ben Keller", invited.InvitedBy);
        Assert.True(invited.IsActiveAt(Now.AddDays(20)));
    }

    [Fact]
    public void Somebody_who_was_removed_comes_back_with_their_roles_for_thirty_days()
    {
        var (early, late) = (Member(), Member());
        early.Remove(Now);
        late.Remove(Now);

        early.Restore(Now.AddDays(30).AddTicks(-1));

        Assert.Equal("billing_admin", Assert.Single(early.Roles).Role);
        Assert.Equal("Reason.RemovedTooLongAgo", Assert.Throws<RuleViolationException>(() => late.Restore(Now.AddDays(30))).Reason.Key);
    }

    [Fact]
    public void Somebody_who_is_invited_back_starts_without_roles()
    {
        var member = Member();
        member.Remove(Now);

        member.InviteBack("Anna Winter", Now.AddDays(40));

        Assert.Empty(member.Roles);
        Assert.Equal(MembershipStatus.Invited, member.Status);
    }

    [Fact]
    public void A_guest_works_until_the_end_and_not_a_moment_longer()
    {
        var guest = Member();
        guest.BecomeGuest(Now.AddDays(1));

        Assert.True(guest.IsActiveAt(Now.AddDays(1).AddTicks(-1)));
        Assert.False(guest.IsActiveAt(Now.AddDays(1)));
    }

    [Fact]
    public void An_organization_counts_on_a_global_admin_only_who_is_active_and_whose_right_has_no_end()
    {
        Assert.True(Admin(_ => { }).IsLastingGlobalAdmin);
        Assert.False(Member().IsLastingGlobalAdmin);
        Assert.False(Admin(admin => admin.Disable(Now)).IsLastingGlobalAdmin);
        Assert.False(Admin(admin => admin.Remove(Now)).IsLastingGlobalAdmin);
        Assert.False(Admin(admin => admin.Person.Disable()).IsLastingGlobalAdmin);
        Assert.False(Admin(admin => admin.BecomeGuest(Now.AddYears(1))).IsLastingGlobalAdmin);
        Assert.False(Admin(_ => { }, endsAt: Now.AddYears(1)).IsLastingGlobalAdmin);
        Assert.False(Admin(admin => admin.Revoke(admin.Roles[0])).IsLastingGlobalAdmin);
    }

    private static Membership Member()
    {
        var member = new Membership(new Organization("alpine-cloud", "Alpine Cloud", Now), new Person("Ben Keller", "ben@example.com"), Now);
        member.Grant(RoleCatalogue.BillingAdmin, "Anna Winter", Now);
        return member;
    }

    private static Membership Invited() =>
        Membership.Invite(new Organization("alpine-cloud", "Alpine Cloud", Now), new Person("Noa Lind", "noa@example.com"), "Anna Winter", Now);

    private static Membership Admin(Action<Membership> change, DateTime? endsAt = null)
    {
        var admin = new Membership(new Organization("alpine-cloud", "Alpine Cloud", Now), new Person("Anna Winter", "anna@example.com"), Now);
        admin.Grant(RoleCatalogue.GlobalAdmin, "Host command", Now, endsAt: endsAt);
        change(admin);
        return admin;
    }
}
