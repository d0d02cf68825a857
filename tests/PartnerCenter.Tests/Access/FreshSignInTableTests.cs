using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Access;

/// <summary>Which steps need a sign-in of the last 15 minutes.</summary>
public sealed class FreshSignInTableTests
{
    // Those that can give roles, written down here by hand.
    private static readonly string[] Administrators =
        ["global_admin", "user_management_admin", "account_admin", "security_administrator", "owner", "manager"];

    [Fact]
    public void Giving_a_role_that_gives_roles_does_and_giving_any_other_does_not() => Assert.All(RoleCatalogue.All, role =>
        Assert.Equal(!Administrators.Contains(role.Key), FreshSignInTable.MayGrant(role, hasFreshSignIn: false).IsAllowed));

    [Fact]
    public void With_one_everything_is_allowed_that_other_rules_allow()
    {
        Assert.All(RoleCatalogue.All, role => Assert.True(FreshSignInTable.MayGrant(role, hasFreshSignIn: true).IsAllowed));
        Assert.All(Enum.GetValues<SensitiveStep>(), step => Assert.True(FreshSignInTable.May(step, hasFreshSignIn: true).IsAllowed));
    }

    [Fact]
    public void Every_step_has_a_row_and_its_reason_leads_back_to_it() => Assert.All(Enum.GetValues<SensitiveStep>(), step =>
        Assert.Equal(step, FreshSignInTable.StepOf(FreshSignInTable.May(step, hasFreshSignIn: false).RefusedBecause!)));

    [Fact]
    public void A_sign_in_is_fresh_for_a_quarter_of_an_hour_however_busy_its_session_is()
    {
        var session = new SignInSession("id", new Person("Ben Keller", "ben@example.com"), FixedTime.Start);
        session.Refresh(FixedTime.Start.AddMinutes(14));

        Assert.True(session.IsFreshAt(FixedTime.Start.AddMinutes(15).AddTicks(-1)));
        Assert.False(session.IsFreshAt(FixedTime.Start.AddMinutes(15)));
    }

    // Making one gives lasting power, too: a page that does gets a row in the table first.
    [Fact]
    public void API_keys_are_made_by_the_host_command_and_the_demo_alone()
    {
        var makers = Repository.SourceFiles(".cs").Where(file => File.ReadAllText(file).Contains("ApiKey.Create(", StringComparison.Ordinal));

        Assert.Equal(["CreateApiKeyCommand.cs", "DemoData.cs"], makers.Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }
}
