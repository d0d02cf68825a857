using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Access;
using PartnerCenter.Web.Shell.Communications;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.AddPeople;

/// <summary>Invites people by mail, some at once.</summary>
[Route("/o/{organization}/account-settings/users/add")]
public sealed class AddPeopleController(
    AddPeopleQuery query, MemberChanges members, CurrentUser user, Here here, CommunicationWords words, IStringLocalizer<PortalTexts> texts) : Controller
{
    [HttpGet("")]
    [Page(PageTable.AddPeople)]
    [RequirePermission(Permission.ManageUsers)]
    public IActionResult Index() => View(query.Read(user.Member, new AddPeopleForm { Language = here.Language }));

    [HttpPost("")]
    [Page(PageTable.AddPeople)]
    [RequirePermission(Permission.ManageUsers)]
    public async Task<IActionResult> Invite(AddPeopleForm form, CancellationToken cancellation)
    {
        foreach (var (field, reason) in query.ProblemsOf(user.Member, form))
            ModelState.AddRefusal(field, reason, words);
        if (!ModelState.IsValid)
            return View(nameof(Index), query.Read(user.Member, form));

        var failed = new List<FailedRow>();
        foreach (var address in form.Split())
        {
            if (await InviteAsync(form, address, cancellation) is { } reason)
                failed.Add(new FailedRow(address, reason));
        }

        var invited = form.Split().Count - failed.Count;
        if (failed.Count == 0)
        {
            TempData.Say(invited == 1 ? texts["AddPeople.InvitedOne"] : texts["AddPeople.Invited", invited]);
            return LocalRedirect(here.To("account-settings/users/add"));
        }

        // What failed stays in the form; what went out must not be sent once more.
        ModelState.Remove(nameof(form.Addresses));
        foreach (var row in failed)
            ModelState.AddModelError(nameof(form.Addresses), $"{row.Address}: {words.Sentence(row.Reason)}");
        form.Addresses = string.Join('\n', failed.Select(row => row.Address));
        return View(nameof(Index), query.Read(user.Member, form) with { Invited = invited });
    }

    // Each address is a change of its own: one that fails holds up no other.
    private async Task<Reason?> InviteAsync(AddPeopleForm form, string address, CancellationToken cancellation)
    {
        try
        {
            await members.InviteAsync(user.Member.Organization.Id, user.Member.ActorFrom(HttpContext), form.InvitationOf(address), cancellation);
            return null;
        }
        catch (RuleViolationException violation)
        {
            return violation.Reason;
        }
    }
}
