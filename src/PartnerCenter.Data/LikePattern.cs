namespace PartnerCenter.Data;

/// <summary>What somebody typed, as a pattern for <c>LIKE</c> in which no character has a meaning of its own, on either engine.</summary>
public static class LikePattern
{
    /// <summary>Stands before a character that is meant as it is.</summary>
    public const string Escape = "\\";

    public static string Containing(string words) =>
        $"%{string.Concat(words.Select(c => c is '%' or '_' or '[' or '\\' ? Escape + c : c.ToString()))}%";
}
