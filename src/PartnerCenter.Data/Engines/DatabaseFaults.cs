using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Storage;

namespace PartnerCenter.Data.Engines;

/// <summary>Tells what an engine's fault says.</summary>
public static class DatabaseFaults
{
    // Missing value, foreign key, unique index, primary key, value too long: https://learn.microsoft.com/sql/relational-databases/errors-events
    private const int MissingValue = 515;
    private const int ForeignKey = 547;
    private const int UniqueIndex = 2601;
    private const int PrimaryKey = 2627;
    private const int TooLong = 2628;

    // https://www.sqlite.org/rescode.html#constraint
    private const int SqliteConstraint = 19;

    /// <summary>Whether a fault, or what caused it, says that the database does not serve: it is not there, or locked, or its disk is full.</summary>
    public static bool IsDatabaseAway(this Exception fault) =>
        fault is RetryLimitExceededException
        || (fault is DbException answer && !answer.IsRefusal())
        || (fault.InnerException is { } inner && inner.IsDatabaseAway());

    /// <summary>Whether the database answered, and refused what was to be written: waiting helps nothing.</summary>
    public static bool IsRefusal(this DbException fault) => fault
        is SqliteException { SqliteErrorCode: SqliteConstraint }
        or SqlException { Number: MissingValue or ForeignKey or UniqueIndex or PrimaryKey or TooLong };
}
