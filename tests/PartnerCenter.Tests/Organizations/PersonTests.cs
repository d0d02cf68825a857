using System.Globalization;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Tests.Organizations;

public sealed class PersonTests
{
    [Fact]
    public void An_address_is_found_however_it_is_written() =>
        Assert.Equal(
            new Person("Ben Keller", "ben@example.com").NormalizedSignInAddress,
            Person.Normalize("  Ben@Example.COM "));

    [Fact]
    public void An_address_is_found_whatever_the_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            // There an i becomes a dotted capital.
            CultureInfo.CurrentCulture = new CultureInfo("tr-TR");

            Assert.Equal("INFO@EXAMPLE.COM", Person.Normalize("info@example.com"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void The_address_is_shown_as_it_was_given() =>
        Assert.Equal("Ben@Example.com", new Person("Ben Keller", "Ben@Example.com").SignInAddress);

    [Fact]
    public void Pages_are_read_in_a_language_that_there_is()
    {
        var person = new Person("Ben Keller", "ben@example.com");

        person.ReadIn("nl");

        Assert.Equal("nl", person.Language);
        Assert.Throws<ArgumentException>(() => person.ReadIn("fr"));
        Assert.Equal("nl", person.Language);
    }

    [Fact]
    public void Nobody_is_an_operator_or_disabled_to_begin_with()
    {
        var person = new Person("Ben Keller", "ben@example.com");

        Assert.False(person.IsOperator);
        Assert.False(person.IsDisabled);
    }
}
