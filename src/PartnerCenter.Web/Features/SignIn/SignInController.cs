using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Demo;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Web.Hosting;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;

namespace PartnerCenter.Web.Features.SignIn;

/// <summary>The start page, and the way in and out.</summary>
public sealed class SignInController(
    PartnerCenterDb db, CurrentUser user, Sessions sessions, Here here, IConfiguration configuration, TimeProvider time) : Controller
{
    [AllowAnonymous]
    [HttpGet("/")]
    public async Task<IActionResult> Index(string? returnUrl)
    {
        if (user.Person is { } person)
            return LocalRedirect(await HomeOfAsync(person));
        return View(new SignInPage(DemoMode.IsOn(configuration) ? DemoPeople.All : [], Url.IsLocalUrl(returnUrl) ? returnUrl : null));
    }

    /// <summary>Signs in as a person of the demo.</summary>
    [AllowAnonymous]
    [DemoOnly]
    [HttpPost("/sign-in/demo")]
    public async Task<IActionResult> SignInToDemo([FromForm] string? person, [FromForm] string? returnUrl)
    {
        if (DemoPeople.Find(person) is not { } chosen)
            return NotFound();

        var address = Person.Normalize(chosen.SignInAddress);
        var found = await db.People.SingleAsync(candidate => candidate.NormalizedSignInAddress == address);
        await sessions.StartAsync(found);
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl : await HomeOfAsync(found));
    }

    [OwnAccountOnly]
    [HttpPost("/sign-out")]
    public new async Task<IActionResult> SignOut()
    {
        await sessions.EndAsync();
        return LocalRedirect("/");
    }

    private async Task<string> HomeOfAsync(Person person)
    {
        var organization = await db.Memberships.ActiveAt(time.GetUtcNow().UtcDateTime)
            .Where(membership => membership.PersonId == person.Id)
            .OrderBy(membership => membership.Id)
            .Select(membership => membership.Organization.Key)
            .FirstOrDefaultAsync();
        return organization is not null ? here.InOrganization(organization)
            : person.IsOperator ? "/operator"
            : "/no-organization";
    }

    /// <summary>For somebody who can sign in but belongs to no organization (any more).</summary>
    [OwnAccountOnly]
    [HttpGet("/no-organization")]
    public IActionResult NoOrganization() => View();
}
