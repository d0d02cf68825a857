using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Shell.Communications;

namespace PartnerCenter.Web.Features.Announcements;

/// <summary>What the address asks for: it is the state of the page, so that it can be kept and sent on.</summary>
public sealed class AnnouncementsFilterForm
{
    private const string MonthFormat = "yyyy-MM";

    /// <summary>Such as <c>2026-03</c>.</summary>
    public string? Month { get; set; }

    public string? Workspace { get; set; }

    /// <summary>The last announcement of the page before.</summary>
    public long? After { get; set; }

    /// <summary>The first day of the month, if one is asked for.</summary>
    public DateOnly? FirstDay =>
        DateOnly.TryParseExact(Month, MonthFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue.AddMonths(-1)
            ? day
            : null;

    public bool IsFiltered => Month is not null || Workspace is not null;

    /// <summary>A month as it stands in an address.</summary>
    public static string Value(DateOnly month) => month.ToString(MonthFormat, CultureInfo.InvariantCulture);

    /// <summary>The query of an address that asks for the same after another announcement.</summary>
    public string QueryAfter(long? last)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in new[] { ("month", Month), ("workspace", Workspace), ("after", last?.ToString(CultureInfo.InvariantCulture)) })
        {
            if (value is not null)
                query.Add(name, value);
        }

        return query.ToString();
    }
}

/// <param name="Filter">What is shown.</param>
/// <param name="Months">The announcements of this page by month of publication, newest first.</param>
/// <param name="AllMonths">The months to filter by.</param>
/// <param name="Workspaces">The workspaces to filter by.</param>
/// <param name="LastOfMore">The announcement after which the next page goes on; null on the last page.</param>
public sealed record AnnouncementsPage(
    AnnouncementsFilterForm Filter,
    IReadOnlyList<IGrouping<DateOnly, AnnouncementRow>> Months,
    IReadOnlyList<DateOnly> AllMonths,
    IReadOnlyList<Workspace> Workspaces,
    long? LastOfMore);

/// <param name="Communication">The announcement.</param>
/// <param name="Audience">Whom it is addressed to, in words.</param>
public sealed record AnnouncementRow(CommunicationRow Communication, IReadOnlyList<string> Audience);
