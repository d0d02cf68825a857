using PartnerCenter.Domain;

namespace PartnerCenter.Tests.Access;

public sealed class LastDayTests
{
    private static readonly DateOnly Day = new(2026, 3, 5);

    [Fact]
    public void A_day_means_all_of_that_day_in_utc()
    {
        var end = LastDay.EndOf(Day);

        Assert.Equal(new DateTime(2026, 3, 5, 23, 59, 59), end);
        Assert.Equal(DateTimeKind.Utc, end.Kind);
    }

    [Fact]
    public void The_field_shows_the_day_that_was_typed() => Assert.Equal(Day, LastDay.Of(LastDay.EndOf(Day)));

    [Fact]
    public void No_day_means_no_end()
    {
        Assert.Null(LastDay.EndOf((DateOnly?)null));
        Assert.Null(LastDay.Of((DateTime?)null));
    }
}
