namespace PartnerCenter.Data.Files;

/// <summary>Keeps spreadsheets from running fields of a CSV file as formulas, so that what is written can be read again.</summary>
public static class CsvFormulas
{
    private const char Apostrophe = '\'';

    // What makes a spreadsheet take a field for a formula.
    private const string FormulaStarts = "=+-@\t\r";

    /// <summary>An apostrophe before what a spreadsheet would run as a formula. Fields that begin like a defused one get one more.</summary>
    public static string Defuse(string field) => IsFormula(field) ? Apostrophe + field : field;

    /// <summary>Takes off exactly what <see cref="Defuse"/> put on.</summary>
    public static string Undo(string field) => field.StartsWith(Apostrophe) && IsFormula(field[1..]) ? field[1..] : field;

    private static bool IsFormula(string field) => field.TrimStart(Apostrophe) is [var first, ..] && FormulaStarts.Contains(first, StringComparison.Ordinal);
}
