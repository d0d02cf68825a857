using Serilog;

namespace PartnerCenter.Web.Hosting;

/// <summary>
/// The one seam to the logging library: structured events to console and a rolling JSON file, as the section <c>Serilog</c> says.
/// Serilog.AspNetCore would replace this and <see cref="RequestLog"/>.
/// </summary>
public static class Logging
{
    // Program says in one sentence why, and the runtime tells all of a fault that it cannot explain.
    private const string StackOfFailedStart = "Hosting failed to start";

    public static void AddPortalLogging(this ILoggingBuilder logging, IConfiguration configuration)
    {
        logging.ClearProviders();
        logging.AddSerilog(
            new LoggerConfiguration()
                .ReadFrom.Configuration(configuration)
                .Enrich.FromLogContext()
                .Filter.ByExcluding(entry => entry.MessageTemplate.Text == StackOfFailedStart)
                .CreateLogger(),
            dispose: true);
    }
}
