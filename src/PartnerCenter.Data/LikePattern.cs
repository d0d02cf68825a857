namespace PartnerCenter.Data;

/// <summary>Makes patterns for LIKE from what people type, which may hold its wildcards.</summary>
public static class LikePattern
{
    public const string Escape = "\\";

    public static string Containing(string words) =>
        $"%{string.Concat(words.Trim().Select(c => c is '%' or '_' or '[' or '\\' ? Escape + c : c.ToString()))}%";
}
