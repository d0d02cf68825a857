using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Communications;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Web.Shell.Components.ProfileMenu;

/// <summary>Who is signed in, the directories to switch between with what waits in each, and the way out.</summary>
public sealed class ProfileMenuViewComponent(
    Here here, PartnerCenterDb db, Directories directories, Visibility visibility) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync()
    {
        var person = here.User.Person!;
        var mine = new List<Directory>();
        foreach (var directory in await directories.OfPersonAsync(person.Id, HttpContext.RequestAborted))
            mine.Add(new Directory(directory.Organization, (await visibility.CountAsync(directory.Reader, HttpContext.RequestAborted)).Badge));
        var asked = await db.Memberships.Unanswered()
            .Where(membership => membership.PersonId == person.Id)
            .OrderBy(membership => membership.Organization.Name)
            .Select(membership => new Asked(membership.Organization.Key, membership.Organization.Name))
            .ToListAsync(HttpContext.RequestAborted);
        return View(new ProfilePanel(person, mine, asked));
    }
}

/// <summary>What the menu shows.</summary>
public sealed record ProfilePanel(Person Person, IReadOnlyList<Directory> Directories, IReadOnlyList<Asked> Invitations);

/// <summary>An organization that waits for an answer.</summary>
public sealed record Asked(string Key, string Name);

/// <summary>An organization as one of its members sees it.</summary>
public sealed record Directory(Organization Organization, int Badge);
