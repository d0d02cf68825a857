using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;
using static PartnerCenter.Domain.Access.RoleCatalogue;

namespace PartnerCenter.Tests.Access;

public sealed class RoleDifferenceTests
{
    private static readonly DateTime Now = FixedTime.Start;

    private readonly Membership _member = new(new Organization("alpine-cloud", "Alpine Cloud", Now), new Person("Ben Keller", "ben@example.com"), Now);

    public RoleDifferenceTests()
    {
        _member.Grant(BillingAdmin, "Anna Winter", Now);
        _member.Grant(ReportViewer, "Anna Winter", Now, endsAt: Now.AddDays(30));
    }

    [Fact]
    public void What_stays_the_same_is_no_difference() =>
        Assert.True(RoleDifference.Between(_member, [new(BillingAdmin), new(ReportViewer, EndsAt: Now.AddDays(30))]).IsEmpty);

    [Fact]
    public void What_is_wanted_and_not_there_is_gained_and_what_is_there_and_not_wanted_is_lost()
    {
        var difference = RoleDifference.Between(_member, [new(BillingAdmin), new(Developer), new(Developer)]);

        Assert.Equal(["developer"], difference.GainedRoles);
        Assert.Single(difference.Gained);
        Assert.Equal(["report_viewer"], difference.LostRoles);
    }

    [Fact]
    public void Another_end_is_a_new_grant_in_place_of_the_old_one()
    {
        var difference = RoleDifference.Adding(_member, [new(ReportViewer)]);

        Assert.Equal(["report_viewer"], difference.GainedRoles);
        Assert.Equal(["report_viewer"], difference.LostRoles);
    }

    [Fact]
    public void Adding_leaves_the_other_roles_alone()
    {
        var difference = RoleDifference.Adding(_member, [new(Developer), new(BillingAdmin)]);

        Assert.Equal(["developer"], difference.GainedRoles);
        Assert.Empty(difference.Lost);
    }

    [Fact]
    public void Taking_away_takes_a_role_wherever_it_counts()
    {
        var member = new Membership(new Organization("alpine-cloud", "Alpine Cloud", Now), new Person("Femi Adeyemi", "femi@example.com"), Now);
        member.Grant(ReferralsAdmin, "Anna Winter", Now, new Location("Zurich", "Zurich", "CH"));
        member.Grant(ReferralsAdmin, "Anna Winter", Now);
        member.Grant(Developer, "Anna Winter", Now);

        var difference = RoleDifference.Without(member, [ReferralsAdmin]);

        Assert.Equal(2, difference.Lost.Count);
        Assert.Equal(["referrals_admin"], difference.LostRoles);
    }

    [Fact]
    public void The_chosen_day_still_counts_to_its_last_second()
    {
        var end = LastDay.EndOf(new DateOnly(2026, 3, 31));

        Assert.Equal(new DateTime(2026, 3, 31, 23, 59, 59, DateTimeKind.Utc), end);
        Assert.Equal(DateTimeKind.Utc, end.Kind);
        Assert.Equal(new DateOnly(2026, 3, 31), LastDay.Of(end));
    }
}
