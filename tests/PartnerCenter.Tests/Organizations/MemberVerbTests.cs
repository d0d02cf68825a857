using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;
using static PartnerCenter.Domain.Organizations.MembershipVerb;

namespace PartnerCenter.Tests.Organizations;

public sealed class MemberVerbTests
{
    private static readonly DateTime Now = FixedTime.Start;
    private static readonly Organization Alpine = new("alpine-cloud", "Alpine Cloud", Now);

    private int _members;

    [Theory]
    [InlineData(Disable)]
    [InlineData(Remove)]
    public void The_last_global_admin_is_not_kept_out_even_by_themselves(MembershipVerb verb)
    {
        var (last, ending) = (Member(RoleCatalogue.GlobalAdmin), Member());
        ending.Grant(RoleCatalogue.GlobalAdmin, "Test", Now, endsAt: Now.AddDays(1));

        Assert.Equal(Reasons.LastGlobalAdmin, MembershipPolicy.May(verb, ending, last, [last, ending], Now).RefusedBecause);
        Assert.Equal(Reasons.LastGlobalAdmin, MembershipPolicy.May(verb, last, last, [last, ending], Now).RefusedBecause);
        Assert.True(MembershipPolicy.May(verb, last, ending, [last, ending], Now).IsAllowed);
    }

    [Theory]
    [InlineData(Disable)]
    [InlineData(Remove)]
    public void One_of_two_global_admins_may_go(MembershipVerb verb)
    {
        var (one, other) = (Member(RoleCatalogue.GlobalAdmin), Member(RoleCatalogue.GlobalAdmin));

        Assert.True(MembershipPolicy.May(verb, one, other, [one, other], Now).IsAllowed);
    }

    [Theory]
    [InlineData(Disable)]
    [InlineData(Enable)]
    [InlineData(Remove)]
    [InlineData(Restore)]
    public void Who_may_not_take_every_role_does_not_decide_whether_somebody_is_in(MembershipVerb verb)
    {
        var (actor, agent, account) = (Member(RoleCatalogue.UserManagementAdmin), Member(RoleCatalogue.SalesAgent), Member(RoleCatalogue.AccountAdmin));
        foreach (var member in new[] { agent, account })
            Bring(member, verb);

        Assert.True(MembershipPolicy.May(verb, actor, agent, [], Now).IsAllowed);
        Assert.Equal("Reason.NotYoursToRevoke", MembershipPolicy.May(verb, actor, account, [], Now).RefusedBecause?.Key);
    }

    [Theory]
    [InlineData(Resend)]
    [InlineData(Withdraw)]
    [InlineData(Enable)]
    [InlineData(Restore)]
    public void A_verb_that_does_not_fit_how_the_membership_stands_is_refused(MembershipVerb verb) =>
        Assert.Equal(
            Reasons.NotAsMembershipStands, MembershipPolicy.May(verb, Member(RoleCatalogue.GlobalAdmin), Member(), [], Now).RefusedBecause);

    private static void Bring(Membership member, MembershipVerb verb)
    {
        if (verb is Enable)
            member.Disable(Now);
        if (verb is Restore)
            member.Remove(Now);
    }

    // Two members without an id would be one and the same to the rules.
    private Membership Member(params Role[] roles)
    {
        var member = new Membership(Alpine, new Person("Somebody", $"somebody-{++_members}@example.com"), Now);
        typeof(Membership).GetProperty(nameof(Membership.Id))!.SetValue(member, _members);
        foreach (var role in roles)
            member.Grant(role, "Test", Now);
        return member;
    }
}
