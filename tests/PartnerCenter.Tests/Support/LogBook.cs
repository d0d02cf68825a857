using System.Collections.Concurrent;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace PartnerCenter.Tests.Support;

/// <summary>Keeps what the portal logs, so that a test can read it.</summary>
public sealed class LogBook : ILoggerProvider
{
    private readonly ConcurrentQueue<(string Category, string Text)> _entries = [];

    /// <summary>What a class has logged, in its order.</summary>
    public IReadOnlyList<string> Of<T>() => [.. _entries.Where(entry => entry.Category == typeof(T).FullName).Select(entry => entry.Text)];

    public ILogger CreateLogger(string categoryName) => new Writer(this, categoryName);

    public void Dispose()
    {
        // There is nothing to close.
    }

    private sealed class Writer(LogBook book, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            book._entries.Enqueue((category, formatter(state, exception)));
    }
}

/// <summary>A portal whose log a test can read.</summary>
public sealed class LoggedPortal : PortalApp
{
    public LogBook Log { get; } = new();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureLogging(logging => logging.AddProvider(Log));
    }
}
