using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace PartnerCenter.Web.Shell;

/// <summary>
/// A table as a file for a spreadsheet, written while it is read. The separator is the one that spreadsheets of the reader's language
/// expect, and a field that one would take for a formula gets an apostrophe before it.
/// </summary>
/// <param name="name">The name of the file.</param>
/// <param name="header">The names of the columns.</param>
/// <param name="rows">The fields of each row.</param>
public sealed class CsvDownload(string name, IReadOnlyList<string> header, IAsyncEnumerable<IReadOnlyList<string?>> rows) : IActionResult
{
    private static readonly UTF8Encoding WithByteOrderMark = new(encoderShouldEmitUTF8Identifier: true);

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = name }.ToString();

        await using var text = new StreamWriter(response.Body, WithByteOrderMark, leaveOpen: true);
        await using var csv = new CsvWriter(text, Settings(), leaveOpen: true);
        await WriteAsync(csv, header);
        await foreach (var row in rows.WithCancellation(context.HttpContext.RequestAborted))
            await WriteAsync(csv, row);
    }

    private static CsvConfiguration Settings() => new(CultureInfo.InvariantCulture)
    {
        Delimiter = CultureInfo.CurrentCulture.TextInfo.ListSeparator,
        NewLine = "\r\n",
        InjectionOptions = InjectionOptions.Escape,
    };

    private static Task WriteAsync(CsvWriter csv, IReadOnlyList<string?> fields)
    {
        foreach (var field in fields)
            csv.WriteField(field);
        return csv.NextRecordAsync();
    }
}
