using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Web.Hosting;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Access;
using PartnerCenter.Web.Shell.Communications;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.ImportPeople;

/// <summary>Imports people and roles: a file is looked at first, and carried out as a whole when somebody says so.</summary>
[Route("/o/{organization}/account-settings/users/import")]
public sealed class ImportPeopleController(
    MemberImport import, CurrentUser user, Here here, CommunicationWords words, IStringLocalizer<PortalTexts> texts) : Controller
{
    // A file of the greatest size as it comes back with the confirmation.
    private const int LongestContent = (MemberCsv.MostBytes / 3 * 4) + 8;

    [HttpGet("")]
    [Page(PageTable.ImportPeople)]
    [RequirePermission(Permission.ManageUsers)]
    public IActionResult Index() => View(new ImportPeoplePage(here.Language));

    [HttpPost("")]
    [RequestSizeLimit(RequestSizes.LargestImport)]
    [Page(PageTable.ImportPeople)]
    [RequirePermission(Permission.ManageUsers)]
    public async Task<IActionResult> Check(ImportPeopleForm form, CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
            return View(nameof(Index), new ImportPeoplePage(here.Language));
        if (await form.ReadAsync(cancellation) is not { } content)
            return Refuse(form, Reasons.FileTooLarge(MemberCsv.MostMegabytes));

        var file = MemberCsv.Read(content);
        if (file.Fault is { } fault)
            return Refuse(form, fault);

        return View(nameof(Index), await PlannedAsync(file.Lines, form.Language, Convert.ToBase64String(content), cancellation));
    }

    [HttpPost("confirm")]
    [Page(PageTable.ImportPeople)]
    [RequirePermission(Permission.ManageUsers)]
    [RequestFormLimits(ValueLengthLimit = LongestContent)]
    [RequestSizeLimit(RequestSizes.LargestImport)]
    public async Task<IActionResult> Confirm(ConfirmImportForm form, CancellationToken cancellation)
    {
        if (!ModelState.IsValid || form.Lines() is not { } lines)
            return BadRequest();

        try
        {
            var plan = await import.CommitAsync(
                user.Member.Organization.Id, user.Member.ActorFrom(HttpContext), lines, form.Language, form.Fingerprint, cancellation);
            if (!plan.IsDone)
                return View(nameof(Index), new ImportPeoplePage(form.Language) { Plan = plan, Content = form.Content, HasChanged = true });

            TempData.Say(texts["Import.Done", plan.Count(MemberImportEffect.Invite), plan.Count(MemberImportEffect.Grant), plan.Count(MemberImportEffect.Change)]);
            return LocalRedirect(here.To("account-settings/users/import"));
        }
        catch (RuleViolationException violation)
        {
            ModelState.AddRefusal(nameof(ImportPeopleForm.File), violation.Reason, words);
            var isOnlySignIn = FreshSignInTable.StepOf(violation.Reason) is not null;
            return View(nameof(Index), isOnlySignIn ? await PlannedAsync(lines, form.Language, form.Content, cancellation) : new ImportPeoplePage(form.Language));
        }
    }

    private async Task<ImportPeoplePage> PlannedAsync(IReadOnlyList<MemberCsvLine> lines, string language, string content, CancellationToken cancellation) => new(language)
    {
        Plan = await import.PreviewAsync(user.Member.Organization.Id, user.Member.ActorFrom(HttpContext), lines, cancellation),
        Content = content,
    };

    private ViewResult Refuse(ImportPeopleForm form, Reason reason)
    {
        ModelState.AddModelError(nameof(form.File), words.Sentence(reason));
        return View(nameof(Index), new ImportPeoplePage(form.Language));
    }
}
