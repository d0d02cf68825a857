namespace PartnerCenter.Web.Hosting;

/// <summary>Settings that hold several values, separated by semicolons as the framework's own are.</summary>
public static class SettingList
{
    public static string[] Read(IConfiguration configuration, string setting) =>
        (configuration[setting] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
