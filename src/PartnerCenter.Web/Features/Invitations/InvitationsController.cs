using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.Invitations;

/// <summary>
/// An invitation, for the person who is asked and nobody else. It lies outside of <c>/o/</c>, because its reader is no member yet; for
/// everybody else it does not exist, whether or not the organization does.
/// </summary>
[OwnAccountOnly]
[Route("/invitations/{key}")]
public sealed class InvitationsController(
    InvitationsQuery query, MemberChanges members, CurrentUser user, Here here, IStringLocalizer<PortalTexts> texts) : Controller
{
    [HttpGet("")]
    [Page(PageTable.Invitation)]
    public async Task<IActionResult> Index(string key, CancellationToken cancellation) =>
        await query.ReadAsync(user.Person!, key, cancellation) is { } page ? View(page) : NotFound();

    [HttpPost("accept")]
    [Page(PageTable.Invitation)]
    public async Task<IActionResult> Accept(string key, InvitationForm form, CancellationToken cancellation)
    {
        if (await query.ReadAsync(user.Person!, key, cancellation) is not { } page)
            return NotFound();
        if (!ModelState.IsValid)
            return View(nameof(Index), page with { Form = form });

        var name = page.MayBeCalled ? form.Name : null;
        await members.AcceptAsync(page.Invited.OrganizationId, ActorOf(page, name ?? user.Person!.Name), name, cancellation);
        TempData.Say(texts["Invitation.Accepted", page.Invited.Organization.Name]);
        return LocalRedirect(here.InOrganization(page.Invited.Organization.Key));
    }

    [HttpPost("decline")]
    public async Task<IActionResult> Decline(string key, CancellationToken cancellation)
    {
        if (await query.ReadAsync(user.Person!, key, cancellation) is not { } page)
            return NotFound();

        // Whoever declines has not told the organization their name.
        await members.DeclineAsync(page.Invited.OrganizationId, ActorOf(page, page.Invited.ShownName), cancellation);
        TempData.Say(texts["Invitation.Declined", page.Invited.Organization.Name]);
        return LocalRedirect("/");
    }

    private Actor ActorOf(InvitationPage page, string name) => new(name, page.Invited.Id, HttpContext.Connection.RemoteIpAddress?.ToString());
}
