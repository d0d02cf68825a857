using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data.Access;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Access;
using PartnerCenter.Web.Shell.Communications;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.Roles;

/// <summary>Changes the roles of one member, or of several at once. What it means is shown before anything is saved.</summary>
[Route("/o/{organization}/account-settings/users/roles")]
public sealed class RolesController(
    RolesQuery query, RoleChanges changes, CurrentUser user, Here here, CommunicationWords words, IStringLocalizer<PortalTexts> texts) : Controller
{
    [HttpGet("")]
    [Page(PageTable.ChangeRoles)]
    [RequirePermission(Permission.AssignRoles)]
    public async Task<IActionResult> Index(List<int> member, string? q, CancellationToken cancellation)
    {
        if (member.Count == 0)
            return View("Pick", await query.PickAsync(user.Member, q, cancellation));
        return await query.MembersAsync(user.Member, member, cancellation) switch
        {
            [] => NotFound(),
            [var only] => View("Edit", await query.EditAsync(user.Member, only, RolesForm.From(only), cancellation)),
            var several => View("Bulk", await query.BulkAsync(user.Member, new BulkRolesForm { Member = member }, several, cancellation)),
        };
    }

    /// <summary>Shows what the choice would change; sent once more with a confirmation, saves it.</summary>
    [HttpPost("")]
    [Page(PageTable.ChangeRoles)]
    [RequirePermission(Permission.AssignRoles)]
    public async Task<IActionResult> Save(RolesForm form, CancellationToken cancellation)
    {
        if (await query.MembersAsync(user.Member, [form.Member], cancellation) is not [var member])
            return NotFound();

        var wanted = form.Wanted(member, role => query.MayChange(user.Member, role, member));
        var change = RoleDifference.Between(member, wanted);
        if (form.IsConfirmed && ModelState.IsValid && RolesQuery.SignInMissingFor(user.Member, change.Gained.Select(gained => gained.Role)) is null)
            return await SaveAsync(form, member, wanted, cancellation);

        var page = await query.EditAsync(user.Member, member, form, cancellation);
        if (!ModelState.IsValid)
            return View("Edit", page);

        var difference = await query.DifferenceAsync(user.Member, member, change, cancellation);
        if (difference.RefusedBecause is { } reason)
            ModelState.AddRefusal(nameof(form.Choice), reason, words);
        return View("Edit", page with { Difference = difference });
    }

    /// <summary>The same for several members: what cannot be done for one does not stop the others.</summary>
    [HttpPost("bulk")]
    [Page(PageTable.ChangeRoles)]
    [RequirePermission(Permission.AssignRoles)]
    public async Task<IActionResult> SaveBulk(BulkRolesForm form, CancellationToken cancellation)
    {
        var members = await query.MembersAsync(user.Member, form.Member, cancellation);
        if (members.Count == 0)
            return NotFound();
        if (form.Roles.Count == 0)
            ModelState.AddModelError(nameof(form.Role), texts["Roles.ChooseRole"]);
        if (!form.Revoke && RolesQuery.SignInMissingFor(user.Member, form.Roles) is { } reason)
            ModelState.AddRefusal(nameof(form.Role), reason, words);
        if (!form.IsConfirmed || !ModelState.IsValid)
            return View("Bulk", await query.BulkAsync(user.Member, form, members, cancellation));

        var rows = new List<BulkResultRow>();
        foreach (var member in members)
            rows.Add(await ChangeAsync(form, member, cancellation));
        return View("BulkResult", new BulkResultPage(rows));
    }

    private async Task<IActionResult> SaveAsync(RolesForm form, Membership member, IReadOnlyList<WantedRole> wanted, CancellationToken cancellation)
    {
        var actor = user.Member.ActorFrom(HttpContext);
        var saved = await changes.SetAsync(user.Member.Organization.Id, actor, member.Id, wanted, form.Seen, cancellation);
        if (saved is null)
            return NotFound();
        TempData.Say(saved.IsEmpty ? texts["Roles.NothingChanged"] : texts["Roles.Saved", member.ShownName]);
        return LocalRedirect(here.To($"account-settings/users/{member.Id}"));
    }

    private async Task<BulkResultRow> ChangeAsync(BulkRolesForm form, Membership member, CancellationToken cancellation)
    {
        var (organization, actor) = (user.Member.Organization.Id, user.Member.ActorFrom(HttpContext));
        try
        {
            var difference = form.Revoke
                ? await changes.RevokeAsync(organization, actor, member.Id, form.Roles, cancellation)
                : await changes.GrantAsync(organization, actor, member.Id, form.Wanted, cancellation);
            return new BulkResultRow(member, difference, RefusedBecause: null);
        }
        catch (RuleViolationException refusal)
        {
            return new BulkResultRow(member, Difference: null, refusal.Reason);
        }
    }
}
