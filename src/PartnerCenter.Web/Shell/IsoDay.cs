using System.Globalization;

namespace PartnerCenter.Web.Shell;

/// <summary>A day as addresses and date fields have it, whatever the language of the page.</summary>
public static class IsoDay
{
    public static string? Of(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
