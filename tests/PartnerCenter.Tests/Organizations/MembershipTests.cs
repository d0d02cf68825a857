using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Organizations;

public sealed class MembershipTests
{
    private const string Granter = "Anna Winter";

    private static readonly DateTime Now = FixedTime.Start;
    private static readonly Location Zurich = new("Zurich office", "Zurich", "CH");

    private readonly Membership _membership = new(
        new Organization("alpine-cloud", "Alpine Cloud", Now), new Person("Ben Keller", "ben@example.com", "nl"), Now);

    [Fact]
    public void A_grant_says_who_gave_it_when_and_until_when()
    {
        var grant = _membership.Grant(RoleCatalogue.BillingAdmin, Granter, Now, endsAt: Now.AddDays(30));

        Assert.Same(grant, Assert.Single(_membership.Roles));
        Assert.Equal("billing_admin", grant.Role);
        Assert.Equal(Granter, grant.GrantedBy);
        Assert.Equal(Now, grant.GrantedAt);
        Assert.Equal(Now.AddDays(30), grant.EndsAt);
        Assert.Null(grant.Location);
    }

    [Fact]
    public void A_grant_counts_until_it_ends()
    {
        var ends = _membership.Grant(RoleCatalogue.BillingAdmin, Granter, Now, endsAt: Now.AddDays(30));
        var stays = _membership.Grant(RoleCatalogue.Owner, Granter, Now);

        Assert.True(ends.CountsAt(Now.AddDays(30).AddTicks(-1)));
        Assert.False(ends.CountsAt(Now.AddDays(30)));
        Assert.True(stays.CountsAt(DateTime.MaxValue));
    }

    public static TheoryData<string, bool> RolesAndWhetherTheyCanBeLocal()
    {
        var rows = new TheoryData<string, bool>();
        foreach (var role in RoleCatalogue.All.Where(role => role != RoleCatalogue.DefaultUser))
            rows.Add(role.Key, role.ByLocation);
        return rows;
    }

    [Theory]
    [MemberData(nameof(RolesAndWhetherTheyCanBeLocal))]
    public void A_role_is_granted_for_one_location_only_where_that_means_something(string key, bool canBeLocal)
    {
        var role = RoleCatalogue.Find(key)!;

        if (canBeLocal)
            Assert.Same(Zurich, _membership.Grant(role, Granter, Now, Zurich).Location);
        else
            Assert.Throws<ArgumentException>(() => _membership.Grant(role, Granter, Now, Zurich));

        Assert.Equal(canBeLocal ? 1 : 0, _membership.Roles.Count);
    }

    [Fact]
    public void Nobody_grants_what_every_member_has()
    {
        Assert.Throws<ArgumentException>(() => _membership.Grant(RoleCatalogue.DefaultUser, Granter, Now));

        Assert.Empty(_membership.Roles);
    }

    [Fact]
    public void A_revoked_role_is_gone_and_the_others_stay()
    {
        var revoked = _membership.Grant(RoleCatalogue.BillingAdmin, Granter, Now);
        var kept = _membership.Grant(RoleCatalogue.Owner, Granter, Now);

        _membership.Revoke(revoked);

        Assert.Equal([kept], _membership.Roles);
    }

    [Fact]
    public void Marking_all_read_reaches_what_came_directly_and_by_each_role()
    {
        var billing = _membership.Grant(RoleCatalogue.BillingAdmin, Granter, Now);
        var owner = _membership.Grant(RoleCatalogue.Owner, Granter, Now);

        _membership.MarkAllRead(newest: 70);

        Assert.Equal(70, _membership.ReadUpTo);
        Assert.Equal(70, billing.ReadUpTo);
        Assert.Equal(70, owner.ReadUpTo);
    }

    [Fact]
    public void Marking_all_read_never_makes_anything_unread()
    {
        var billing = _membership.Grant(RoleCatalogue.BillingAdmin, Granter, Now);
        _membership.MarkAllRead(newest: 70);

        _membership.MarkAllRead(newest: 12);

        Assert.Equal(70, _membership.ReadUpTo);
        Assert.Equal(70, billing.ReadUpTo);
    }

    [Fact]
    public void A_role_granted_later_makes_its_open_communications_unread()
    {
        _membership.MarkAllRead(newest: 70);

        var later = _membership.Grant(RoleCatalogue.BillingAdmin, Granter, Now);

        Assert.Equal(0, later.ReadUpTo);
        Assert.Equal(70, _membership.ReadUpTo);
    }

    [Fact]
    public void Mail_comes_in_the_persons_own_language_until_the_member_chooses_another()
    {
        Assert.Equal("nl", _membership.EmailLanguage);

        _membership.DescribeAs("  Head of finance ", "en", timeZone: null);

        Assert.Equal("en", _membership.EmailLanguage);
        Assert.Equal("Head of finance", _membership.JobTitle);
    }

    [Fact]
    public void A_member_can_only_live_in_a_time_zone_of_the_list()
    {
        _membership.DescribeAs(null, "en", "Europe/Zurich");

        Assert.Throws<ArgumentException>(() => _membership.DescribeAs(null, "en", "Europe/Atlantis"));
        Assert.Equal("Europe/Zurich", _membership.TimeZone);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void A_job_title_without_words_is_none(string? title)
    {
        _membership.DescribeAs("Head of finance", "en", timeZone: null);

        _membership.DescribeAs(title, "en", timeZone: null);

        Assert.Null(_membership.JobTitle);
    }

    [Fact]
    public void A_verified_contact_is_kept_beside_the_sign_in_address()
    {
        Assert.Equal(ContactState.None, _membership.ContactState);

        _membership.UseVerifiedContact("finance@example.com");

        Assert.Equal(ContactState.Verified, _membership.ContactState);
        Assert.Equal("finance@example.com", _membership.ContactAddress);
        Assert.Equal("ben@example.com", _membership.Person.SignInAddress);
    }

    [Fact]
    public void Who_was_only_asked_is_known_by_the_address_and_from_then_on_by_name()
    {
        var invited = Invited();

        Assert.Equal((false, "ben@example.com"), (invited.HasJoined, invited.ShownName));
        invited.Accept(Now);
        Assert.Equal((true, "Ben Keller"), (invited.HasJoined, invited.ShownName));
    }

    [Fact]
    public void Nobody_becomes_a_member_because_their_invitation_is_brought_back()
    {
        var invited = Invited();
        invited.Withdraw(Now);

        Assert.Equal((false, "ben@example.com"), (invited.HasJoined, invited.ShownName));
        Assert.Throws<RuleViolationException>(() => invited.Restore(Now));

        invited.InviteBack(Granter, Now);
        invited.Accept(Now);
        invited.Remove(Now);
        invited.Restore(Now);
        Assert.Equal(MembershipStatus.Active, invited.Status);
    }

    [Fact]
    public void Who_was_removed_comes_back_for_thirty_days()
    {
        _membership.Remove(Now);

        Assert.True(_membership.MayRestoreAt(Now.AddDays(30).AddTicks(-1)).IsAllowed);
        Assert.Equal(Reasons.RemovedTooLongAgo, _membership.MayRestoreAt(Now.AddDays(30)).RefusedBecause);
    }

    private static Membership Invited() => Membership.Invite(
        new Organization("alpine-cloud", "Alpine Cloud", Now), new Person("Ben Keller", "ben@example.com"), Granter, Now);
}
