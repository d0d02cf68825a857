using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Access;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Data.Communications;

/// <summary>Finds the organizations that somebody can work in now, each with this member as a reader: for what lies outside of one.</summary>
public sealed class Directories(PartnerCenterDb db, WorkspaceCatalogue workspaces, TimeProvider time)
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>The directories of a person, by name.</summary>
    public async Task<IReadOnlyList<ReaderDirectory>> OfPersonAsync(int personId, CancellationToken cancellation = default) =>
        [.. (await Active()
            .Where(membership => membership.PersonId == personId)
            .OrderBy(membership => membership.Organization.Name)
            .ToListAsync(cancellation))
            .Select(From)];

    /// <summary>Those of them that are open to a session: an organization may want an account of its own (<see cref="OwnTenants"/>).</summary>
    public async Task<IReadOnlyList<ReaderDirectory>> OpenToAsync(SignInSession session, CancellationToken cancellation = default) =>
        [.. (await Active()
            .Where(membership => membership.PersonId == session.PersonId)
            .OpenToAccountsOf(session.Tenant, db)
            .OrderBy(membership => membership.Organization.Name)
            .ToListAsync(cancellation))
            .Select(From)];

    /// <returns>The directory of one membership, or null if nobody can work with it (any more).</returns>
    public async Task<ReaderDirectory?> OfMembershipAsync(int membershipId, CancellationToken cancellation = default) =>
        await Active().SingleOrDefaultAsync(membership => membership.Id == membershipId, cancellation) is { } membership ? From(membership) : null;

    private IQueryable<Membership> Active() => db.Memberships.ActiveAt(Now).AsNoTracking()
        .Include(membership => membership.Person)
        .Include(membership => membership.Organization).ThenInclude(organization => organization.Enrollments)
        .Include(membership => membership.Roles);

    private ReaderDirectory From(Membership membership) => new(
        membership.Organization,
        membership.Person,
        Reader.From(membership, membership.Organization.ActivePrograms, workspaces, membership.Person.Language, Now));
}

/// <summary>An organization as one of its members reads it.</summary>
public sealed record ReaderDirectory(Organization Organization, Person Person, Reader Reader);
