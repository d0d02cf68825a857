using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Communications;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Web.Shell.Components.ProfileMenu;

/// <summary>Who is signed in, the directories to switch between with what waits in each, and the way out.</summary>
public sealed class ProfileMenuViewComponent(
    Here here, PartnerCenterDb db, Visibility visibility, WorkspaceCatalogue workspaces, TimeProvider time) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync()
    {
        var person = here.User.Person!;
        var memberships = await db.Memberships.ActiveAt(time.GetUtcNow().UtcDateTime).AsNoTracking()
            .Include(membership => membership.Organization).ThenInclude(organization => organization.Enrollments)
            .Include(membership => membership.Roles)
            .Where(membership => membership.PersonId == person.Id)
            .OrderBy(membership => membership.Organization.Name)
            .ToListAsync(HttpContext.RequestAborted);

        var directories = new List<Directory>();
        foreach (var membership in memberships)
            directories.Add(new Directory(membership.Organization, await BadgeAsync(membership, person.Language)));
        var asked = await db.Memberships.Unanswered()
            .Where(membership => membership.PersonId == person.Id)
            .OrderBy(membership => membership.Organization.Name)
            .Select(membership => new Asked(membership.Organization.Key, membership.Organization.Name))
            .ToListAsync(HttpContext.RequestAborted);
        return View(new ProfilePanel(person, directories, asked));
    }

    private async Task<int> BadgeAsync(Membership membership, string language)
    {
        var reader = Reader.From(membership, membership.Organization.ActivePrograms, workspaces, language, time.GetUtcNow().UtcDateTime);
        return (await visibility.CountAsync(reader, HttpContext.RequestAborted)).Badge;
    }
}

/// <summary>What the menu shows.</summary>
public sealed record ProfilePanel(Person Person, IReadOnlyList<Directory> Directories, IReadOnlyList<Asked> Invitations);

/// <summary>An organization that waits for an answer.</summary>
public sealed record Asked(string Key, string Name);

/// <summary>An organization as one of its members sees it.</summary>
public sealed record Directory(Organization Organization, int Badge);
