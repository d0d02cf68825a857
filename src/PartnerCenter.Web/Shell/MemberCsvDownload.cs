using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Data.Organizations;

namespace PartnerCenter.Web.Shell;

/// <summary>Members to take away, in the format that the import reads.</summary>
/// <param name="name">The name of the file without its ending.</param>
/// <param name="rows">The lines; they are written as they come, however many there are.</param>
public sealed class MemberCsvDownload(string name, IAsyncEnumerable<MemberCsvRow> rows) : ActionResult
{
    public override async Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        CsvFile.Announce(http.Response, name);
        await MemberCsv.WriteAsync(http.Response.Body, rows, CsvFile.Delimiter, http.RequestAborted);
    }
}
