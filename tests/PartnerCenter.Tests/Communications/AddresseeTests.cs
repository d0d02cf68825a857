using System.Globalization;
using PartnerCenter.Domain.Communications;

namespace PartnerCenter.Tests.Communications;

public sealed class AddresseeTests
{
    [Fact]
    public void A_role_in_one_organization_a_role_everywhere_and_a_member_have_keys_of_their_own()
    {
        Assert.Equal("12/billing_admin", Addressee.Role("billing_admin", organizationId: 12).Key);
        Assert.Equal("*/billing_admin", Addressee.Role("billing_admin", organizationId: null).Key);
        Assert.Equal("m/12", Addressee.Member(12).Key);
    }

    [Fact]
    public void Two_that_name_the_same_are_equal()
    {
        Assert.Equal(Addressee.Role("owner", 3), Addressee.Role("owner", 3));
        Assert.NotEqual(Addressee.Role("owner", 3), Addressee.Role("owner", organizationId: null));
        Assert.NotEqual(Addressee.Role("owner", 3), Addressee.Member(3));
    }

    [Fact]
    public void The_keys_are_the_same_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            // A culture that writes a minus sign of its own, and groups digits.
            CultureInfo.CurrentCulture = new CultureInfo("sv-SE") { NumberFormat = { NegativeSign = "~" } };

            Assert.Equal("-12/owner", Addressee.Role("owner", -12).Key);
            Assert.Equal("m/-12", Addressee.Member(-12).Key);
            Assert.Equal("o/-12", Completion.ForOrganization(-12));
            Assert.Equal("m/-12", Completion.ForMember(-12));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
