using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data.Privacy;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.People;

/// <summary>Answers people who ask what the portal keeps about them, or want to be forgotten: they ask by mail, or cannot sign in any more.</summary>
[OperatorsOnly]
[Route("/operator/people")]
public sealed class PeopleController(
    PeopleQuery query, PersonalData data, DataDownloads downloads, Erasure erasure, CurrentUser user, IStringLocalizer<PortalTexts> texts) : Controller
{
    [HttpGet("")]
    [Page(PageTable.People)]
    public async Task<IActionResult> Index(string? text, CancellationToken cancellation) => View(await query.FindAllAsync(text, cancellation));

    [HttpGet("{id:int}")]
    [Page(PageTable.Person)]
    public async Task<IActionResult> Details(int id, CancellationToken cancellation) =>
        await query.FindAsync(id, cancellation) is { } page ? View(page) : NotFound();

    /// <summary>Hands over the file, after it is written down who took it.</summary>
    [HttpPost("{id:int}/data")]
    public async Task<IActionResult> Data(int id, CancellationToken cancellation)
    {
        if (await query.FindAsync(id, cancellation) is null)
            return NotFound();

        await downloads.RecordAsync(id, Operator(), cancellation);
        return new PersonalDataFile(data, id);
    }

    /// <summary>Says what goes and what stays, before anything does.</summary>
    [HttpGet("{id:int}/erase")]
    [Page(PageTable.ErasePerson)]
    public async Task<IActionResult> ConfirmErase(int id, CancellationToken cancellation) =>
        await query.FindAsync(id, cancellation) is { IsErased: false } page ? View(page) : NotFound();

    /// <exception cref="RuleViolationException">It is the operator, or an organization would lose its last Global admin.</exception>
    [HttpPost("{id:int}/erase")]
    public async Task<IActionResult> Erase(int id, CancellationToken cancellation)
    {
        if (id == user.Person!.Id)
            throw new RuleViolationException(Reasons.NotToBeErasedByOneself);
        if (!FreshSignInTable.May(SensitiveStep.ErasePerson, user.HasFreshSignIn).IsAllowed)
            return LocalRedirect(Shell.Access.SignInAgain.AddressFor(SensitiveStep.ErasePerson, $"/operator/people/{id}/erase"));

        if (!await erasure.EraseAsync(id, Operator(), cancellation))
            return NotFound();

        TempData.Say(texts["ErasePerson.Done"]);
        return RedirectToAction(nameof(Details), new { id });
    }

    private Actor Operator() =>
        new(user.Person!.Name, From: HttpContext.Connection.RemoteIpAddress?.ToString()) { HasFreshSignIn = user.HasFreshSignIn };
}
