using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace PartnerCenter.Data.Engines;

/// <summary>Tells what an engine's fault says.</summary>
public static class DatabaseFaults
{
    // Missing value, foreign key, unique index, primary key: https://learn.microsoft.com/sql/relational-databases/errors-events
    private const int MissingValue = 515;
    private const int ForeignKey = 547;
    private const int UniqueIndex = 2601;
    private const int PrimaryKey = 2627;

    // https://www.sqlite.org/rescode.html#constraint
    private const int SqliteConstraint = 19;

    /// <summary>Whether the database answered, and refused what was to be written: waiting helps nothing.</summary>
    public static bool IsRefusal(this DbException fault) => fault
        is SqliteException { SqliteErrorCode: SqliteConstraint }
        or SqlException { Number: MissingValue or ForeignKey or UniqueIndex or PrimaryKey };
}
