using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Communications;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.OrganizationProfile;

/// <summary>What the organization is called, and where it is.</summary>
[Route("/o/{organization}/account-settings/organization")]
public sealed class OrganizationProfileController(
    OrganizationProfileQuery query, ProfileChanges changes, CurrentUser user, Here here, CommunicationWords words, IStringLocalizer<PortalTexts> texts)
    : Controller
{
    private int OrganizationId => user.Member.Organization.Id;

    private Actor Actor => user.Member.ActorFrom(HttpContext);

    [HttpGet("")]
    [Page(PageTable.OrganizationProfile)]
    [RequirePermission(Permission.ViewOrganizationProfile)]
    public async Task<IActionResult> Index(CancellationToken cancellation) => View(await query.ReadAsync(user.Member, cancellation));

    [HttpPost("rename")]
    [Page(PageTable.OrganizationProfile)]
    [RequirePermission(Permission.ManageOrganizationProfile)]
    public async Task<IActionResult> Rename(RenameForm form, CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
            return View(nameof(Index), (await query.ReadAsync(user.Member, cancellation)) with { Form = form });

        await changes.RenameAsync(OrganizationId, Actor, form.Name!, cancellation);
        return Done(texts["OrganizationProfile.Renamed"]);
    }

    [HttpGet("locations/add")]
    [Page(PageTable.AddLocation)]
    [RequirePermission(Permission.ManageLocations)]
    public IActionResult Add() => View("Location", query.NewLocation(new LocationForm()));

    [HttpPost("locations/add")]
    [Page(PageTable.AddLocation)]
    [RequirePermission(Permission.ManageLocations)]
    public async Task<IActionResult> AddNew(LocationForm form, CancellationToken cancellation)
    {
        if (ModelState.IsValid && await SucceedsAsync(() => changes.AddLocationAsync(OrganizationId, Actor, form.Name!, form.City!, form.Country!, cancellation)))
            return Done(texts["OrganizationProfile.LocationAdded"]);
        return View("Location", query.NewLocation(form));
    }

    [HttpGet("locations/{id:int}")]
    [Page(PageTable.Location)]
    [RequirePermission(Permission.ManageLocations)]
    public async Task<IActionResult> Edit(int id, CancellationToken cancellation) =>
        await query.FindLocationAsync(user.Member, id, cancellation) is { } page ? View("Location", page) : NotFound();

    [HttpPost("locations/{id:int}")]
    [Page(PageTable.Location)]
    [RequirePermission(Permission.ManageLocations)]
    public async Task<IActionResult> Change(int id, LocationForm form, CancellationToken cancellation)
    {
        if (await query.FindLocationAsync(user.Member, id, cancellation) is not { } page)
            return NotFound();
        if (ModelState.IsValid && await SucceedsAsync(() => changes.ChangeLocationAsync(OrganizationId, Actor, id, form.Name!, form.City!, form.Country!, cancellation)))
            return Done(texts["OrganizationProfile.LocationChanged"]);
        return View("Location", page with { Form = form });
    }

    [HttpPost("locations/{id:int}/remove")]
    [RequirePermission(Permission.ManageLocations)]
    public async Task<IActionResult> Remove(int id, CancellationToken cancellation) =>
        await changes.RemoveLocationAsync(OrganizationId, Actor, id, cancellation) ? Done(texts["OrganizationProfile.LocationRemoved"]) : NotFound();

    // The list of countries is the one thing that a form can get wrong and only the rule knows.
    private async Task<bool> SucceedsAsync(Func<Task> change)
    {
        try
        {
            await change();
            return true;
        }
        catch (RuleViolationException violation) when (violation.Reason == Reasons.UnknownCountry)
        {
            ModelState.AddModelError(nameof(LocationForm.Country), words.Sentence(violation.Reason));
            return false;
        }
    }

    private LocalRedirectResult Done(string message)
    {
        TempData.Say(message);
        return LocalRedirect(here.To("account-settings/organization"));
    }
}
