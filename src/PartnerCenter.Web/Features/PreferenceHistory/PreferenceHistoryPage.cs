using PartnerCenter.Domain.Preferences;

namespace PartnerCenter.Web.Features.PreferenceHistory;

/// <param name="Rows">The changes of this page, the newest first.</param>
/// <param name="IsFirst">Whether there are none newer.</param>
/// <param name="OlderBefore">Where the next page goes on; null on the last.</param>
public sealed record PreferenceHistoryPage(IReadOnlyList<PreferenceHistoryRow> Rows, bool IsFirst, long? OlderBefore);

/// <param name="DecidedAt">When it was decided, in UTC.</param>
/// <param name="What">What was changed, in words.</param>
/// <param name="Before">How it was.</param>
/// <param name="After">How it was from then on.</param>
/// <param name="ChangedBy">By which way.</param>
public sealed record PreferenceHistoryRow(DateTime DecidedAt, string What, string Before, string After, ChangedBy ChangedBy);
