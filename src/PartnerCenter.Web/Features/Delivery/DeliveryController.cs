using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.Delivery;

/// <summary>What became of each mail of a communication, for the program's operator.</summary>
[OperatorsOnly]
[Route("/operator/communications/{id:long}/delivery")]
public sealed class DeliveryController(DeliveryQuery query) : Controller
{
    [HttpGet("")]
    [Page(PageTable.Delivery)]
    public async Task<IActionResult> Index(long id, DeliveryFilterForm filter, CancellationToken cancellation) =>
        await query.ReadAsync(id, filter, cancellation) is { } page ? View(page) : NotFound();

    [HttpGet("export")]
    public async Task<IActionResult> Export(long id, DeliveryFilterForm filter, CancellationToken cancellation) =>
        await query.ExportAsync(id, filter, cancellation) is { } file ? file : NotFound();
}
