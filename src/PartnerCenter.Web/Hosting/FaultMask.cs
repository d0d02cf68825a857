using System.Net.Sockets;
using System.Text;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace PartnerCenter.Web.Hosting;

/// <summary>
/// Writes of a fault what it is and where it happened, and not what it says: SQL Server repeats the value that it could not store, a
/// relay the address that it refused, a parser what it could not read. Only faults of the table below are known to say nothing of anybody.
/// </summary>
public sealed class FaultMask(ILoggerProvider log) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new MaskedLogger(log.CreateLogger(categoryName));

    public void Dispose() => log.Dispose();

    /// <summary>The table of faults whose words may be logged, each with what is logged of them.</summary>
    private static readonly Dictionary<Type, Func<Exception, string>> Words = new()
    {
        // They name tables, columns and constraints.
        [typeof(SqliteException)] = fault => fault.Message,
        [typeof(DbUpdateException)] = fault => fault.Message,
        [typeof(DbUpdateConcurrencyException)] = fault => fault.Message,

        // The number says what it was (sys.messages); the text would add the value.
        [typeof(SqlException)] = fault => $"number {((SqlException)fault).Number}, state {((SqlException)fault).State}",

        // The words of the operating system or the runtime.
        [typeof(SocketException)] = fault => fault.Message,
        [typeof(OperationCanceledException)] = fault => fault.Message,
        [typeof(TaskCanceledException)] = fault => fault.Message,
        [typeof(TimeoutException)] = fault => fault.Message,
        [typeof(NullReferenceException)] = fault => fault.Message,
        [typeof(ObjectDisposedException)] = fault => fault.Message,
    };

    /// <summary>What a log has of a fault: each with its kind, the words that it may have, and where it happened.</summary>
    public static string Describe(Exception fault)
    {
        var text = new StringBuilder();
        Write(fault, text);
        return text.ToString();
    }

    private static void Write(Exception fault, StringBuilder text)
    {
        text.Append(fault.GetType().FullName);
        if (Words.TryGetValue(fault.GetType(), out var words))
            text.Append(": ").Append(LogMask.Mask(words(fault)));
        if (fault.StackTrace is { } stack)
            text.AppendLine().Append(stack);
        foreach (var inner in fault is AggregateException several ? several.InnerExceptions : fault.InnerException is { } one ? [one] : (IEnumerable<Exception>)[])
        {
            text.AppendLine().Append(" ---> ");
            Write(inner, text);
        }
    }

    private sealed class MaskedLogger(ILogger log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => log.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => log.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Log(logLevel, eventId, Values(state), exception is null ? null : new DescribedFault(exception), (_, _) => formatter(state, null));

        // Some libraries also put the fault, with all that it says, among the values of the event.
        private static object? Values<TState>(TState state) =>
            state is IReadOnlyList<KeyValuePair<string, object?>> values && values.Any(value => value.Value is Exception)
                ? values.Select(value => value.Value is Exception fault ? KeyValuePair.Create<string, object?>(value.Key, fault.GetType().FullName) : value).ToList()
                : state;
    }

    // Logging libraries write an exception as what it says of itself.
    private sealed class DescribedFault(Exception fault) : Exception("See its description.")
    {
        public override string ToString() => Describe(fault);
    }
}
