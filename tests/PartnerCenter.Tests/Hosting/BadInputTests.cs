using PartnerCenter.BadInputs;

namespace PartnerCenter.Tests.Hosting;

/// <summary>The short form of <c>tests/PartnerCenter.BadInputs</c>: two thousand requests that nobody means well, to every route.</summary>
public sealed class BadInputTests
{
    private const int Count = 2_000;
    private const int Seed = 20_261_128;

    [Fact]
    public async Task No_bad_input_breaks_anything_or_is_told_of_the_inside()
    {
        var report = await BadInputRun.OfAsync(Count, Seed);

        Assert.True(report.Findings.Count == 0, report.ToString());
        Assert.Equal(Count, report.Statuses.Values.Sum());
        // Routes have been found, and requests do come further than to the door.
        Assert.True(report.Routes > 150, $"{report.Routes} routes");
        Assert.All([200, 302, 400, 403, 404, 405, 409], status => Assert.True(report.Statuses.GetValueOrDefault(status) > 0, report.ToString()));
    }
}
