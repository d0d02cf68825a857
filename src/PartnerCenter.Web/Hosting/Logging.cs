using Serilog;
using Serilog.Extensions.Logging;

namespace PartnerCenter.Web.Hosting;

/// <summary>
/// The one seam to the logging library: structured events to console and a rolling JSON file, as the section <c>Serilog</c> says.
/// Serilog.AspNetCore would replace this and <see cref="RequestLog"/>. What must not stand in a log is taken out here, whoever logs it:
/// values by <see cref="LogMask"/>, the words of faults by <see cref="FaultMask"/>.
/// </summary>
public static class Logging
{
    // Program says in one sentence why, and the runtime tells all of a fault that it cannot explain.
    private const string StackOfFailedStart = "Hosting failed to start";

    public static void AddPortalLogging(this ILoggingBuilder logging, IConfiguration configuration)
    {
        logging.ClearProviders();
        var log = new LoggerConfiguration()
            .ReadFrom.Configuration(configuration)
            .Enrich.FromLogContext()
            // Last, so that it sees what the others have added.
            .Enrich.With<LogMask>()
            .Filter.ByExcluding(entry => entry.MessageTemplate.Text == StackOfFailedStart)
            .CreateLogger();
        // Made by the container, so that it also closes the files.
        logging.Services.AddSingleton<ILoggerProvider>(_ => new FaultMask(new SerilogLoggerProvider(log, dispose: true)));

        // Serilog decides about levels: what the section Logging would take away, it cannot give back.
        logging.AddFilter<FaultMask>(category: null, LogLevel.Trace);
    }
}
