using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Access;

/// <summary>Who may give which role to whom, gone through without an exception: every granter, every role, self, member and guest.</summary>
public sealed class GrantPolicyTests
{
    private static readonly DateTime Now = FixedTime.Start;

    // Written from domain.md 1.4 without a look at the grant table.
    private static readonly string[] Agents = ["admin_agent", "sales_agent", "helpdesk_agent"];

    private static readonly string[] Publisher = ["owner", "manager", "developer", "business_contributor", "financial_contributor", "marketer"];

    private static readonly string[] OnlyByGlobalAdmins = ["global_admin", "compliance_admin"];

    private static readonly string[] Directory = ["global_admin", "user_management_admin", "billing_admin"];

    public static TheoryData<string> Roles => [.. RoleCatalogue.All.Select(role => role.Key)];

    [Theory]
    [MemberData(nameof(Roles))]
    public void Nobody_gives_more_than_their_own_right(string granterRole)
    {
        var granter = Member(1, granterRole);
        var colleague = Member(2);

        var given = RoleCatalogue.All.Where(role => GrantPolicy.MayGrant(granter, role, colleague, Now).IsAllowed).Select(role => role.Key);

        Assert.Equal(RoleCatalogue.All.Select(role => role.Key).Where(role => MayGive(granterRole, role)), given);
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public void Nobody_raises_themselves_but_a_global_admin_above_whom_there_is_nobody(string granterRole)
    {
        var granter = Member(1, granterRole);

        var taken = RoleCatalogue.All.Where(role => GrantPolicy.MayGrant(granter, role, granter, Now).IsAllowed).Select(role => role.Key);

        Assert.Equal(
            granterRole == "global_admin" ? RoleCatalogue.All.Select(role => role.Key).Where(role => role != "default_user") : [],
            taken);
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public void A_guest_never_becomes_a_global_admin(string granterRole)
    {
        var guest = Member(2);
        guest.BecomeGuest();

        var given = RoleCatalogue.All.Where(role => GrantPolicy.MayGrant(Member(1, granterRole), role, guest, Now).IsAllowed).Select(role => role.Key);

        Assert.Equal(RoleCatalogue.All.Select(role => role.Key).Where(role => MayGive(granterRole, role) && role != "global_admin"), given);
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public void What_somebody_may_give_they_may_take_and_nothing_else(string revokerRole)
    {
        var taken = RoleCatalogue.All.Where(role => GrantPolicy.MayRevoke(Member(1, revokerRole), role, Member(2, role.Key), Now).IsAllowed).Select(role => role.Key);

        Assert.Equal(RoleCatalogue.All.Select(role => role.Key).Where(role => MayGive(revokerRole, role)), taken);
    }

    [Fact]
    public void Anybody_may_lay_down_a_role_of_their_own()
    {
        var member = Member(1, "billing_admin");

        Assert.True(GrantPolicy.MayRevoke(member, RoleCatalogue.BillingAdmin, member, Now).IsAllowed);
    }

    [Fact]
    public void A_role_that_has_ended_gives_no_right()
    {
        var granter = Member(1);
        granter.Grant(RoleCatalogue.GlobalAdmin, "Somebody", Now.AddDays(-10), endsAt: Now);

        Assert.Equal("Reason.NotYoursToGrant", GrantPolicy.MayGrant(granter, RoleCatalogue.Developer, Member(2), Now).RefusedBecause?.Key);
        Assert.True(GrantPolicy.MayGrant(granter, RoleCatalogue.Developer, Member(2), Now.AddTicks(-1)).IsAllowed);
    }

    [Theory]
    [InlineData("user_management_admin", "global_admin", false)]
    [InlineData("user_management_admin", "report_viewer", false)]
    [InlineData("user_management_admin", "billing_admin", true)]
    [InlineData("user_management_admin", "helpdesk_agent", true)]
    [InlineData("global_admin", "global_admin", true)]
    [InlineData("account_admin", "compliance_admin", false)]
    public void Only_who_could_take_every_role_from_somebody_may_keep_them_out(string actor, string member, bool may) =>
        Assert.Equal(may, GrantPolicy.MayKeepOut(Member(1, actor), Member(2, member), Now).IsAllowed);

    [Fact]
    public void Nobody_decides_on_a_request_of_their_own()
    {
        var admin = Member(1, "global_admin");

        Assert.Equal("Reason.NobodyDecidesForThemselves", GrantPolicy.MayDecide(admin, RoleCatalogue.ReferralsAdmin, admin, Now).RefusedBecause?.Key);
    }

    private static bool MayGive(string granter, string role) => granter switch
    {
        _ when role == "default_user" => false,
        "global_admin" => true,
        "account_admin" => !Directory.Contains(role) && !OnlyByGlobalAdmins.Contains(role),
        "user_management_admin" => Agents.Contains(role) || role is "billing_admin" or "user_management_admin",
        "security_administrator" => role == "security_reader",
        "owner" => Publisher.Contains(role),
        "manager" => Publisher.Contains(role) && role != "owner",
        _ => false,
    };

    private static Membership Member(int id, params string[] roles)
    {
        var member = new Membership(new Organization("alpine-cloud", "Alpine Cloud", Now), new Person($"Member {id}", $"m{id}@example.com"), Now);
        typeof(Membership).GetProperty(nameof(Membership.Id))!.SetValue(member, id);
        foreach (var role in roles.Where(role => role != "default_user"))
            member.Grant(RoleCatalogue.Find(role)!, "Somebody", Now);
        return member;
    }
}
