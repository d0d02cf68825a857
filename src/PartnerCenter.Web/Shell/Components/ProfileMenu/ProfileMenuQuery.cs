using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Communications;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Web.Security;

namespace PartnerCenter.Web.Shell.Components.ProfileMenu;

/// <summary>Reads the menu of a person. The directory at hand is known already; most people have no other.</summary>
public sealed class ProfileMenuQuery(CurrentUser user, PartnerCenterDb db, Directories directories, Visibility visibility)
{
    // Compiled once, because every page asks it.
    private static readonly Func<PartnerCenterDb, int, int, IAsyncEnumerable<MembershipStatus>> Elsewhere =
        EF.CompileAsyncQuery((PartnerCenterDb db, int personId, int here) => db.Memberships
            .Where(membership => membership.PersonId == personId && membership.Id != here)
            .Select(membership => membership.Status));

    public async Task<ProfilePanel> ReadAsync(CancellationToken cancellation)
    {
        var person = user.Person!;
        var here = user.IsMember ? user.Member : null;
        var elsewhere = await Elsewhere(db, person.Id, here?.Membership.Id ?? 0).ToListAsync(cancellation);

        List<Directory> mine = [];
        if (here is not null)
            mine.Add(new Directory(here.Organization, (await visibility.CountAsync(here.Reader, cancellation)).Badge));
        if (elsewhere.Contains(MembershipStatus.Active))
        {
            foreach (var directory in await directories.OfPersonAsync(person.Id, cancellation))
            {
                if (directory.Organization.Id != here?.Organization.Id)
                    mine.Add(new Directory(directory.Organization, (await visibility.CountAsync(directory.Reader, cancellation)).Badge));
            }
        }

        return new ProfilePanel(
            person,
            [.. mine.OrderBy(directory => directory.Organization.Name, StringComparer.CurrentCulture)],
            elsewhere.Contains(MembershipStatus.Invited) ? await AskedAsync(person, cancellation) : []);
    }

    private Task<List<Asked>> AskedAsync(Person person, CancellationToken cancellation) => db.Memberships.Unanswered()
        .Where(membership => membership.PersonId == person.Id)
        .OrderBy(membership => membership.Organization.Name)
        .Select(membership => new Asked(membership.Organization.Key, membership.Organization.Name))
        .ToListAsync(cancellation);
}

/// <summary>What the menu shows.</summary>
public sealed record ProfilePanel(Person Person, IReadOnlyList<Directory> Directories, IReadOnlyList<Asked> Invitations);

/// <summary>An organization that waits for an answer.</summary>
public sealed record Asked(string Key, string Name);

/// <summary>An organization as one of its members sees it.</summary>
public sealed record Directory(Organization Organization, int Badge);
