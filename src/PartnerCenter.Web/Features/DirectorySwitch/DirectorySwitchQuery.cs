using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.DirectorySwitch;

/// <summary>Finds in one directory what somebody looks at in another.</summary>
public sealed class DirectorySwitchQuery(PartnerCenterDb db, Here here, TimeProvider time)
{
    /// <summary>
    /// The address of a page, or of the nearest one above it that is not about one thing only: a user or a request of one organization is
    /// not there in another.
    /// </summary>
    /// <param name="member">Who looks, in the directory to go to.</param>
    /// <param name="page">The key of the page in the table.</param>
    /// <param name="workspace">The key of the workspace, on the home of one.</param>
    /// <returns>Null if it is not open to the member there.</returns>
    public string? Find(Member member, string? page, string? workspace)
    {
        if (page == PageTable.Workspace)
            return member.OpenWorkspaces.FirstOrDefault(open => open.Key == workspace) is { } found ? here.ToWorkspace(found) : null;

        var there = PageTable.TryFind(page);
        while (there is { Requires: null, Parent: not null })
            there = there.Parent;
        return there?.Requires is { } required && member.May(required) ? here.AddressOf(there) : null;
    }

    /// <returns>The id of the organization, or null if it is no directory of this person.</returns>
    public Task<int?> FindDirectoryAsync(Person person, string? organization, CancellationToken cancellation) =>
        db.Memberships.ActiveAt(time.GetUtcNow().UtcDateTime)
            .Where(membership => membership.PersonId == person.Id && membership.Organization.Key == organization)
            .Select(membership => (int?)membership.OrganizationId)
            .SingleOrDefaultAsync(cancellation);
}
