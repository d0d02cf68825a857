namespace PartnerCenter.Data;

/// <summary>Makes patterns for LIKE from what people type, which may hold its wildcards.</summary>
public static class LikePattern
{
    public const string Escape = "\\";

    public static string Containing(string words) => $"%{Escaped(words.Trim())}%";

    public static string StartingWith(string start) => $"{Escaped(start)}%";

    private static string Escaped(string text) => string.Concat(text.Select(c => c is '%' or '_' or '[' or '\\' ? Escape + c : c.ToString()));
}
