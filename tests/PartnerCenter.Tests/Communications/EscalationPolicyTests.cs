using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using static PartnerCenter.Domain.Access.RoleCatalogue;

namespace PartnerCenter.Tests.Communications;

public sealed class EscalationPolicyTests
{
    private static readonly string[] Everything = [.. All.Select(role => role.Key)];

    [Fact]
    public void It_goes_to_those_who_may_grant_what_was_addressed() =>
        Assert.Equal([GlobalAdmin, UserManagementAdmin], NextUp([BillingAdmin], Everything));

    [Fact]
    public void A_role_that_nobody_holds_is_passed_over() =>
        Assert.Equal([GlobalAdmin], NextUp([BillingAdmin], [GlobalAdmin.Key, BillingAdmin.Key]));

    [Fact]
    public void Whoever_was_addressed_already_is_not_the_next() =>
        Assert.Equal([GlobalAdmin], NextUp([BillingAdmin, UserManagementAdmin], Everything));

    [Fact]
    public void The_granters_of_several_roles_are_named_once() =>
        Assert.Equal([GlobalAdmin, UserManagementAdmin, AccountAdmin], NextUp([BillingAdmin, SalesAgent], Everything));

    [Fact]
    public void Where_nobody_grants_it_the_Global_admins_are_asked() =>
        Assert.Equal([GlobalAdmin], NextUp([], Everything));

    [Fact]
    public void Where_everybody_was_addressed_nobody_is_the_next()
    {
        Assert.Empty(NextUp([DefaultUser], Everything));
        Assert.Empty(NextUp([DefaultUser, BillingAdmin], Everything));
    }

    [Fact]
    public void Above_the_Global_admins_there_is_nobody()
    {
        Assert.Empty(NextUp([GlobalAdmin], Everything));
        Assert.Empty(NextUp([BillingAdmin, GlobalAdmin], [GlobalAdmin.Key, BillingAdmin.Key]));
    }

    [Fact]
    public void Only_mandatory_actions_that_one_does_for_all_are_escalated()
    {
        Assert.Equal([CommunicationKind.MandatoryAction], EscalationPolicy.Kinds);
        Assert.Equal(CompletionScope.Organization, EscalationPolicy.Scope);
    }

    [Fact]
    public void It_begins_with_the_seventh_day_before_the_due_date_and_ends_with_the_reminders()
    {
        var now = new DateTime(2026, 6, 15, 14, 30, 0, DateTimeKind.Utc);

        var (from, before) = EscalationPolicy.DueDatesAt(now);

        Assert.Equal((now.Date.AddDays(-34), now.Date.AddDays(8)), (from, before));
    }

    private static IEnumerable<Role> NextUp(Role[] addressed, string[] held) => EscalationPolicy.NextUp([.. addressed.Select(role => role.Key)], held);
}
