using Microsoft.AspNetCore.Hosting;

namespace PartnerCenter.Tests.Support;

/// <summary>One of several instances of the portal that share a database.</summary>
/// <param name="file">The file of the database; whoever names it sees to it.</param>
/// <param name="isDemo">Whether the story of the demo is told there.</param>
/// <param name="settings">What this instance is configured with.</param>
internal sealed class PortalInstance(string file, bool isDemo, params (string Setting, string Value)[] settings) : PortalApp
{
    public PortalInstance(string file, params (string Setting, string Value)[] settings)
        : this(file, isDemo: false, settings)
    {
    }

    protected override bool IsDemo => isDemo;

    protected override string SharedDatabaseFile => file;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        foreach (var (setting, value) in settings)
            builder.UseSetting(setting, value);
    }
}
