using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Microsoft.AspNetCore.Mvc;

namespace PartnerCenter.Web.Shell;

/// <summary>
/// A table to take away, as a spreadsheet of the reader's language opens it: UTF-8 with its mark, columns parted as that language does,
/// and no cell that a spreadsheet would run as a formula.
/// </summary>
/// <param name="name">The name of the file without its ending.</param>
/// <param name="header">The names of the columns.</param>
/// <param name="rows">The rows; they are written as they come, however many there are.</param>
public sealed class CsvFile(string name, IReadOnlyList<string> header, IAsyncEnumerable<IReadOnlyList<string?>> rows) : ActionResult
{
    /// <summary>A time that sorts as text and that spreadsheets know.</summary>
    public static string? Moment(DateTime? at) => at?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>What parts the columns in the reader's language: a comma is what Dutch numbers have inside.</summary>
    public static char Delimiter => CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator == "," ? ';' : ',';

    /// <summary>Says that a file follows, and what it is called.</summary>
    public static void Announce(HttpResponse response, string name)
    {
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}.csv\"";
    }

    public override async Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        Announce(response, name);
        var cancellation = context.HttpContext.RequestAborted;

        var settings = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = $"{Delimiter}",
            NewLine = "\r\n",
            InjectionOptions = InjectionOptions.Escape,
        };
        await using var text = new StreamWriter(response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await using var csv = new CsvWriter(text, settings);
        await WriteAsync(csv, header);
        await foreach (var row in rows.WithCancellation(cancellation))
            await WriteAsync(csv, row);
    }

    private static Task WriteAsync(CsvWriter csv, IReadOnlyList<string?> cells)
    {
        foreach (var cell in cells)
            csv.WriteField(cell);
        return csv.NextRecordAsync();
    }
}
