using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Organizations;

public sealed class OrganizationTests
{
    private static readonly DateTime Now = FixedTime.Start;

    [Theory]
    [InlineData("ab")]
    [InlineData("alpine-cloud")]
    [InlineData("a1-2-3")]
    [InlineData("abcdefghijklmnopqrstuvwxyz-abcdefghijklmnopqrstuvwxyz-0123456789")]
    public void A_key_of_lower_case_letters_digits_and_hyphens_can_stand_in_an_address(string key) =>
        Assert.Equal(key, new Organization(key, "Alpine Cloud", Now).Key);

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("1st-cloud")]
    [InlineData("-alpine")]
    [InlineData("Alpine")]
    [InlineData("alpine cloud")]
    [InlineData("alpine/cloud")]
    [InlineData("alpine.cloud")]
    [InlineData("alpine_cloud")]
    [InlineData("älpine")]
    [InlineData("alpine\u0661")]
    [InlineData("abcdefghijklmnopqrstuvwxyz-abcdefghijklmnopqrstuvwxyz-01234567890")]
    public void Every_other_key_is_refused(string key)
    {
        Assert.False(Organization.IsValidKey(key));
        Assert.Throws<ArgumentException>(() => new Organization(key, "Alpine Cloud", Now));
    }

    [Fact]
    public void Enrolling_a_second_time_changes_nothing()
    {
        var organization = new Organization("alpine-cloud", "Alpine Cloud", Now);
        organization.Enroll(ProgramCatalogue.Reseller, Now);
        organization.Enroll(ProgramCatalogue.CoSell, Now);

        organization.Enroll(ProgramCatalogue.Reseller, Now.AddDays(1));

        Assert.Equal(
            [(ProgramCatalogue.Reseller, Now), (ProgramCatalogue.CoSell, Now)],
            organization.Enrollments.Select(enrollment => (enrollment.Program, enrollment.EnrolledAt)));
    }

    [Fact]
    public void It_works_until_it_is_suspended()
    {
        var organization = new Organization("alpine-cloud", "Alpine Cloud", Now);
        Assert.False(organization.IsSuspended);

        organization.Suspend();

        Assert.True(organization.IsSuspended);
    }
}
