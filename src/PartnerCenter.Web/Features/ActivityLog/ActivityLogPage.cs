using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Web.Shell;

namespace PartnerCenter.Web.Features.ActivityLog;

/// <summary>What the address asks for: it is the state of the page, so that it can be kept and sent on.</summary>
public sealed class ActivityLogFilterForm
{
    public AuditAction? What { get; set; }

    /// <summary>A part of the name of who did it or of whom it was done to.</summary>
    public string? Person { get; set; }

    /// <summary>Which member did it, or had it done to them: the id of the membership.</summary>
    public int? Member { get; set; }

    public DateOnly? From { get; set; }

    /// <summary>The last day, included.</summary>
    public DateOnly? To { get; set; }

    /// <summary>Only entries before this one: where the next page goes on.</summary>
    public int? Before { get; set; }

    public bool IsFiltered => What is not null || Person is not null || Member is not null || From is not null || To is not null;

    /// <summary>The query of an address that asks for the same, with something left out or added.</summary>
    /// <param name="without">The name of a filter to leave out.</param>
    /// <param name="before">Where the page goes on.</param>
    public string QueryWith(string? without = null, int? before = null)
    {
        (string Name, string? Value)[] parts =
        [
            ("what", What?.ToString()),
            ("person", Person),
            ("member", Member?.ToString(CultureInfo.InvariantCulture)),
            ("from", IsoDay.Of(From)),
            ("to", IsoDay.Of(To)),
            ("before", before?.ToString(CultureInfo.InvariantCulture)),
        ];
        var query = new QueryBuilder();
        foreach (var (name, value) in parts.Where(part => part.Value is not null && part.Name != without))
            query.Add(name, value!);
        return query.ToString();
    }
}

/// <param name="Filter">What is shown.</param>
/// <param name="MemberName">The name of the member that the filter asks for.</param>
/// <param name="Matching">How many entries match.</param>
/// <param name="Rows">The entries of this page, the newest first.</param>
/// <param name="OlderBefore">Where the next page goes on; null on the last.</param>
public sealed record ActivityLogPage(ActivityLogFilterForm Filter, string? MemberName, int Matching, IReadOnlyList<ActivityLogRow> Rows, int? OlderBefore);

/// <summary>An entry in the words of the reader.</summary>
/// <param name="Number">Its place in the log.</param>
/// <param name="At">When, in UTC.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Action">What was done.</param>
/// <param name="Subject">Whom it was done to.</param>
/// <param name="Topic">What it is about.</param>
/// <param name="Before">The old value.</param>
/// <param name="After">The new value.</param>
/// <param name="Note">What the actor said about it.</param>
/// <param name="From">The network address that it came from.</param>
public sealed record ActivityLogRow(
    int Number, DateTime At, string Actor, string Action, string? Subject, string? Topic, string? Before, string? After, string? Note, string? From);
