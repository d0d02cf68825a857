using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data.Preferences;
using PartnerCenter.Domain;
using PartnerCenter.Web.Hosting;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Communications;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.ImportPreferences;

/// <summary>Imports the preferences of an old system: a file is looked at first, and carried out as a whole when somebody says so.</summary>
[OperatorsOnly]
[Route("/operator/import-preferences")]
public sealed class ImportPreferencesController(PreferenceImport import, CommunicationWords words, IStringLocalizer<PortalTexts> texts) : Controller
{
    // A file of the greatest size as it comes back with the confirmation.
    private const int LongestContent = (PreferenceCsv.MostBytes / 3 * 4) + 8;

    [HttpGet("")]
    [Page(PageTable.ImportPreferences)]
    public IActionResult Index() => View(new ImportPreferencesPage());

    [HttpPost("")]
    [RequestSizeLimit(RequestSizes.LargestImport)]
    [Page(PageTable.ImportPreferences)]
    public async Task<IActionResult> Check(ImportPreferencesForm form, CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
            return View(nameof(Index), new ImportPreferencesPage());
        if (await form.ReadAsync(cancellation) is not { } content)
            return Refuse(Reasons.FileTooLarge(PreferenceCsv.MostMegabytes));

        var file = PreferenceCsv.Read(content);
        if (file.Fault is { } fault)
            return Refuse(fault);
        var plan = await import.PreviewAsync(file.Lines, cancellation);
        return View(nameof(Index), new ImportPreferencesPage { Plan = plan, Content = Convert.ToBase64String(content) });
    }

    [HttpPost("confirm")]
    [Page(PageTable.ImportPreferences)]
    [RequestFormLimits(ValueLengthLimit = LongestContent)]
    [RequestSizeLimit(RequestSizes.LargestImport)]
    public async Task<IActionResult> Confirm(ConfirmPreferencesForm form, CancellationToken cancellation)
    {
        if (!ModelState.IsValid || form.Lines() is not { } lines)
            return BadRequest();

        var plan = await import.CommitAsync(lines, form.Fingerprint, cancellation);
        if (!plan.IsDone)
            return View(nameof(Index), new ImportPreferencesPage { Plan = plan, Content = form.Content, HasChanged = true });

        TempData.Say(texts["ImportPreferences.Done", plan.Count(PreferenceImportEffect.Change)]);
        return RedirectToAction(nameof(Index));
    }

    private ViewResult Refuse(Reason reason)
    {
        ModelState.AddModelError(nameof(ImportPreferencesForm.File), words.Sentence(reason));
        return View(nameof(Index), new ImportPreferencesPage());
    }
}
