using Microsoft.Extensions.Configuration;

namespace PartnerCenter.Tests.PortalsUnderTest;

/// <summary>Where a portal in the process of the tests logs to.</summary>
internal static class LogFiles
{
    /// <summary>The configuration of a portal, but what would be written to the console goes to a file as well.</summary>
    /// <param name="folder">Where the files are.</param>
    /// <param name="configuration">That of the portal.</param>
    public static IConfiguration In(string folder, IConfiguration configuration) => new ConfigurationBuilder()
        .AddConfiguration(configuration)
        .AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Serilog:WriteTo:0:Name"] = "File",
            ["Serilog:WriteTo:0:Args:path"] = Path.Combine(folder, "console.log"),
            ["Serilog:WriteTo:1:Args:path"] = Path.Combine(folder, "portal-.json"),
        })
        .Build();
}
