namespace PartnerCenter.Web.Hosting;

/// <summary>The portal with a story to try it out: anybody may sign in as anybody, so it exists only in Development on loopback (<see cref="StartupGuards"/>).</summary>
public static partial class DemoMode
{
    public const string Setting = "Demo";

    public static bool IsOn(IConfiguration configuration) => configuration.GetValue(Setting, false);

    public static void Announce(WebApplication app) => Log.Started(app.Logger);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Demo mode: choose a person on the start page; README.md has the API key to publish with")]
        public static partial void Started(ILogger logger);
    }
}
