using System.Reflection;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Communications;

public sealed class ReaderTests
{
    private const string Granter = "Anna Winter";

    private static readonly DateTime Now = FixedTime.Start;

    private readonly Membership _membership = SavedMembership(id: 345, organizationId: 12);

    [Fact]
    public void Somebody_without_roles_is_reached_as_a_member_and_by_what_is_for_everybody()
    {
        var reader = Read();

        Assert.Equal(["m/345", "12/default_user", "*/default_user"], KeysOf(reader));
        Assert.All(reader.Paths, path => Assert.Null(path.Grant));
    }

    [Fact]
    public void Each_role_brings_what_is_for_it_here_and_what_is_for_it_everywhere()
    {
        var grant = _membership.Grant(RoleCatalogue.BillingAdmin, Granter, Now);

        var reader = Read();

        Assert.Equal(["12/billing_admin", "*/billing_admin"], KeysOf(reader).Skip(3));
        Assert.All(reader.Paths.Skip(3), path => Assert.Same(grant, path.Grant));
    }

    [Fact]
    public void A_role_that_is_held_at_two_locations_names_both_grants()
    {
        var zurich = _membership.Grant(RoleCatalogue.ReferralsUser, Granter, Now, new Location("Zurich office", "Zurich", "CH"));
        var basel = _membership.Grant(RoleCatalogue.ReferralsUser, Granter, Now, new Location("Basel office", "Basel", "CH"));

        var here = Read().Paths.Where(path => path.Addressee == Addressee.Role("referrals_user", 12));

        Assert.Equal([zurich, basel], here.Select(path => path.Grant));
    }

    [Fact]
    public void A_role_that_has_ended_brings_nothing()
    {
        _membership.Grant(RoleCatalogue.BillingAdmin, Granter, Now.AddDays(-9), endsAt: Now.AddDays(1));

        var before = Read(Now.AddDays(1).AddTicks(-1));
        var after = Read(Now.AddDays(1));

        Assert.Contains("12/billing_admin", KeysOf(before));
        Assert.Equal(3, after.Paths.Count);
    }

    [Fact]
    public void What_comes_by_a_role_is_read_as_far_as_the_grant_says_and_the_rest_as_far_as_the_membership_says()
    {
        _membership.Grant(RoleCatalogue.BillingAdmin, Granter, Now);
        _membership.MarkAllRead(newest: 50);
        _membership.Grant(RoleCatalogue.GlobalAdmin, Granter, Now);

        var readUpTo = Read().Paths.ToDictionary(path => path.Addressee.Key, path => path.ReadUpTo);

        Assert.Equal(50, readUpTo["m/345"]);
        Assert.Equal(50, readUpTo["*/default_user"]);
        Assert.Equal(50, readUpTo["12/billing_admin"]);
        Assert.Equal(0, readUpTo["12/global_admin"]);
        Assert.Equal(0, readUpTo["*/global_admin"]);
    }

    [Fact]
    public void The_workspaces_are_those_that_the_enrollments_bring_whatever_the_roles_open()
    {
        _membership.Grant(RoleCatalogue.BillingAdmin, Granter, Now);

        Assert.Equal(["account-settings", "action-center", "help-support"], Read(programs: []).Workspaces);
        Assert.Equal(
            ["account-settings", "action-center", "billing", "customers", "insights", "pricing", "help-support"],
            Read(programs: [ProgramCatalogue.Reseller]).Workspaces);
    }

    private static IEnumerable<string> KeysOf(Reader reader) => reader.Paths.Select(path => path.Addressee.Key);

    private static Membership SavedMembership(int id, int organizationId)
    {
        var membership = new Membership(
            new Organization("alpine-cloud", "Alpine Cloud", Now), new Person("Ben Keller", "ben@example.com"), Now);

        // The database gives ids; a rule about ids can be tried without one.
        Set(nameof(Membership.Id), id);
        Set(nameof(Membership.OrganizationId), organizationId);
        return membership;

        void Set(string property, int value) => typeof(Membership)
            .GetProperty(property, BindingFlags.Public | BindingFlags.Instance)!
            .SetValue(membership, value);
    }

    private Reader Read(DateTime? now = null, IReadOnlyCollection<string>? programs = null) =>
        Reader.From(_membership, programs ?? ProgramCatalogue.All, WorkspaceCatalogue.BuiltIn, "en", now ?? Now);
}
