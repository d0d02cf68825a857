using System.Linq.Expressions;

namespace PartnerCenter.Data;

/// <summary>Chooses the rows in which a column has one of some values, as parameters of the query.</summary>
/// <remarks>
/// EF Core 6 writes a query that names a list anew each time, and lets one request after the other do so: for a question that every page
/// asks, that costs more than the answer. Parameters are part of a query that it knows. Later versions do this by themselves.
/// </remarks>
internal static class OneOf
{
    /// <summary>More values than this are worth a query of their own.</summary>
    private const int Most = 64;

    private const int Step = 8;

    public static IQueryable<TRow> WhereOneOf<TRow, TValue>(
        this IQueryable<TRow> rows, Expression<Func<TRow, TValue>> column, IReadOnlyCollection<TValue> values)
    {
        if (values.Count is 0 or > Most)
            return rows.Where(Lambda(column, Contains(column, [.. values])));

        // The last value is repeated, so that there are few different queries.
        var padding = (Step - (values.Count % Step)) % Step;
        var tests = values
            .Concat(Enumerable.Repeat(values.Last(), values.Count == 1 ? 0 : padding))
            .Select(value => (Expression)Expression.Equal(column.Body, Expression.Field(Expression.Constant(new Box<TValue>(value)), nameof(Box<TValue>.Value))));
        return rows.Where(Lambda(column, tests.Aggregate(Expression.OrElse)));
    }

    private static Expression<Func<TRow, bool>> Lambda<TRow, TValue>(Expression<Func<TRow, TValue>> column, Expression test) =>
        Expression.Lambda<Func<TRow, bool>>(test, column.Parameters);

    private static MethodCallExpression Contains<TRow, TValue>(Expression<Func<TRow, TValue>> column, List<TValue> values) =>
        Expression.Call(Expression.Field(Expression.Constant(new Box<List<TValue>>(values)), nameof(Box<TValue>.Value)), nameof(List<TValue>.Contains), [], column.Body);

    // A field of something is a parameter to EF Core; a constant would be part of the query.
    private sealed class Box<T>(T value)
    {
        public readonly T Value = value;
    }
}
