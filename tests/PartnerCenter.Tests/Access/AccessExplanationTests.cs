using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Access;

public sealed class AccessExplanationTests
{
    private const string Granter = "Anna Winter";

    private static readonly DateTime Now = FixedTime.Start;

    private static readonly Workspace Billing = WorkspaceCatalogue.BuiltIn.Find(WorkspaceCatalogue.Billing)!;

    private readonly Organization _organization = new("alpine-cloud", "Alpine Cloud", Now);
    private readonly Membership _member;

    public AccessExplanationTests()
    {
        foreach (var program in ProgramCatalogue.All)
            _organization.Enroll(program, Now);
        _member = new Membership(_organization, new Person("Ben Keller", "ben@example.com"), Now);
    }

    [Fact]
    public void A_role_that_gives_it_is_named_with_its_grant()
    {
        _member.Grant(RoleCatalogue.SalesAgent, Granter, Now);
        var grant = _member.Grant(RoleCatalogue.GlobalAdmin, Granter, Now);

        var explanation = Explain(Permission.ViewSentMail);

        Assert.Equal(AccessAnswer.ByRole, explanation.Answer);
        Assert.True(explanation.IsAllowed);
        Assert.Same(grant, Assert.Single(explanation.Grants));
    }

    [Fact]
    public void What_every_member_may_needs_no_role()
    {
        _member.Grant(RoleCatalogue.GlobalAdmin, Granter, Now);

        var explanation = Explain(Permission.ViewOwnAccess);

        Assert.Equal(AccessAnswer.EveryMember, explanation.Answer);
        Assert.True(explanation.IsAllowed);
        Assert.Empty(explanation.Grants);
        Assert.Empty(explanation.Roles);
    }

    [Fact]
    public void Without_a_role_that_gives_it_the_roles_that_would_are_named()
    {
        _member.Grant(RoleCatalogue.Owner, Granter, Now);

        var explanation = Explain(Permission.ViewActivityLog);

        Assert.Equal(AccessAnswer.NoRole, explanation.Answer);
        Assert.False(explanation.IsAllowed);
        Assert.Equal(["global_admin", "account_admin", "admin_agent"], explanation.Roles.Select(role => role.Key));
    }

    [Fact]
    public void A_role_that_has_ended_is_named()
    {
        var ended = _member.Grant(RoleCatalogue.AccountAdmin, Granter, Now.AddDays(-9), endsAt: Now.AddDays(-1));

        var explanation = Explain(Permission.ViewActivityLog);

        Assert.Equal(AccessAnswer.RoleEnded, explanation.Answer);
        Assert.Same(ended, Assert.Single(explanation.Ended));
        Assert.Empty(explanation.Grants);
    }

    [Fact]
    public void Another_role_that_counts_wins_over_one_that_has_ended()
    {
        _member.Grant(RoleCatalogue.AccountAdmin, Granter, Now.AddDays(-9), endsAt: Now.AddDays(-1));
        _member.Grant(RoleCatalogue.AdminAgent, Granter, Now);

        Assert.Equal(AccessAnswer.ByRole, Explain(Permission.ViewActivityLog).Answer);
    }

    [Fact]
    public void A_role_that_was_taken_away_is_named_with_who_took_it()
    {
        AuditEntry[] lost = [Lost("account_admin"), Lost("admin_agent"), Lost("owner")];

        var explanation = AccessExplanation.Of(Permission.ViewActivityLog, _member, WorkspaceCatalogue.BuiltIn, Now, lost);

        Assert.Equal(AccessAnswer.RoleLost, explanation.Answer);
        Assert.Equal("admin_agent", explanation.Lost!.Topic);
    }

    [Fact]
    public void A_workspace_of_a_program_that_the_organization_is_not_in_is_closed_to_every_role()
    {
        _member.Grant(RoleCatalogue.BillingAdmin, Granter, Now);
        _organization.SuspendProgram(ProgramCatalogue.Reseller);

        var home = AccessExplanation.Of(Billing, _member, Now);
        var page = Explain(Permission.ManageBilling);

        Assert.Equal(AccessAnswer.NotEnrolled, home.Answer);
        Assert.Equal(AccessAnswer.NotEnrolled, page.Answer);
        Assert.Single(home.Grants);
    }

    [Theory]
    [InlineData(MembershipStatus.Invited)]
    [InlineData(MembershipStatus.Disabled)]
    [InlineData(MembershipStatus.Removed)]
    public void Whoever_is_no_active_member_opens_nothing_whatever_the_roles(MembershipStatus status)
    {
        _member.Grant(RoleCatalogue.GlobalAdmin, Granter, Now);
        Put(status);

        Assert.Equal(AccessAnswer.NotActive, Explain(Permission.ViewOwnAccess).Answer);
        var explanation = Explain(Permission.ViewSentMail);
        Assert.Equal(AccessAnswer.NotActive, explanation.Answer);
        Assert.Single(explanation.Grants);
    }

    [Fact]
    public void A_guest_whose_time_is_over_opens_nothing()
    {
        _member.BecomeGuest(Now);

        Assert.Equal(AccessAnswer.NotActive, Explain(Permission.ViewOwnAccess).Answer);
    }

    [Fact]
    public void An_account_that_is_disabled_opens_nothing()
    {
        _member.Person.Disable();

        Assert.Equal(AccessAnswer.AccountDisabled, Explain(Permission.ViewOwnAccess).Answer);
    }

    [Fact]
    public void In_a_suspended_organization_nothing_opens()
    {
        _organization.Suspend();

        Assert.Equal(AccessAnswer.OrganizationSuspended, Explain(Permission.ViewOwnAccess).Answer);
    }

    [Fact]
    public void For_every_role_and_permission_it_says_what_the_access_table_decides()
    {
        foreach (var role in RoleCatalogue.All.Where(role => role.Family != RoleFamily.Everyone))
        {
            var member = new Membership(_organization, new Person("Ben Keller", "ben@example.com"), Now);
            member.Grant(role, Granter, Now);

            foreach (var permission in Enum.GetValues<Permission>())
            {
                var explanation = AccessExplanation.Of(permission, member, WorkspaceCatalogue.BuiltIn, Now);
                Assert.True(AccessTable.Allows(permission, [role.Key]) == explanation.IsAllowed, $"{role.Key} {permission}");
            }

            foreach (var workspace in WorkspaceCatalogue.BuiltIn.All)
                Assert.True(AccessTable.Opens(workspace, [role.Key]) == AccessExplanation.Of(workspace, member, Now).IsAllowed, $"{role.Key} {workspace.Key}");
        }
    }

    private AccessExplanation Explain(Permission permission) => AccessExplanation.Of(permission, _member, WorkspaceCatalogue.BuiltIn, Now);

    private AuditEntry Lost(string role) =>
        _organization.Record(new AuditFact(AuditAction.RoleRevoked, new Actor(Granter)) { Topic = role }, Now);

    private void Put(MembershipStatus status)
    {
        if (status == MembershipStatus.Disabled)
            _member.Disable(Now);
        else
            _member.Remove(Now);
        if (status == MembershipStatus.Invited)
        {
            _member.InviteBack(Granter, Now);
            _member.Grant(RoleCatalogue.GlobalAdmin, Granter, Now);
        }
    }
}
