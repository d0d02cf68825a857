using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace PartnerCenter.Web.Hosting;

/// <summary>Says in one sentence why the portal could not start: whoever deploys it should not have to read a stack trace.</summary>
public static class StartupFault
{
    private const int SqliteNotADatabase = 26;
    private const int SqliteCorrupt = 11;

    /// <returns>The sentence, or null for a fault that nobody foresaw.</returns>
    public static string? Explain(Exception fault) => fault switch
    {
        StartupException => fault.Message,
        OptionsValidationException invalid => $"The configuration cannot work: {string.Join(" ", invalid.Failures)}",
        SqliteException { SqliteErrorCode: SqliteNotADatabase or SqliteCorrupt } =>
            "The database file is damaged or is no SQLite database. Restore a backup, or name another file in ConnectionStrings:PartnerCenter.",
        SqliteException sqlite => $"The database file cannot be used ({sqlite.Message.TrimEnd('.')}). Check ConnectionStrings:PartnerCenter and who may write there.",
        SqlException => "The database server cannot be reached or refuses the sign-in. Check ConnectionStrings:PartnerCenter.",
        TimeoutException { Source: "PartnerCenter.Data" } => $"{fault.Message.TrimEnd('.')}. Start again when it is done.",
        UnauthorizedAccessException => $"A folder cannot be written: {fault.Message.TrimEnd('.')}.",
        IOException { InnerException: AddressInUseException } => $"{fault.Message.TrimEnd('.')}. Choose another address with --urls.",
        SocketException => $"The address cannot be listened on: {fault.Message.TrimEnd('.')}. Choose another one with --urls.",
        IOException => $"A file or folder cannot be used: {fault.Message.TrimEnd('.')}.",
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } => $"The configuration cannot work: {fault.Message}",
        FormatException => $"The configuration cannot be read: {fault.Message}",
        _ => fault.InnerException is { } inner ? Explain(inner) : null,
    };
}
