using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Domain.Communications;

/// <summary>A member as the reader of communications: everything that decides what they may see.</summary>
/// <param name="MembershipId">Who reads.</param>
/// <param name="OrganizationId">In which organization.</param>
/// <param name="Language">The language that the texts are wanted in.</param>
/// <param name="Paths">The ways by which a communication can reach this reader.</param>
/// <param name="Workspaces">The workspaces that the organization has; what belongs to another one is not shown.</param>
public sealed record Reader(
    int MembershipId,
    int OrganizationId,
    string Language,
    IReadOnlyList<ReaderPath> Paths,
    IReadOnlyList<string> Workspaces)
{
    /// <summary>The same member, had they these roles: for looking ahead, before somebody grants or takes them.</summary>
    /// <param name="roles">The keys of the roles.</param>
    public Reader WithRoles(IEnumerable<string> roles) => this with
    {
        Paths =
        [
            .. Paths.Where(path => path.Grant is null),
            .. roles.Distinct().SelectMany(role => new[]
            {
                new ReaderPath(Addressee.Role(role, OrganizationId), role, Grant: null, ReadUpTo: 0),
                new ReaderPath(Addressee.Role(role, organizationId: null), role, Grant: null, ReadUpTo: 0),
            }),
        ],
    };

    /// <param name="membership">The member, with roles.</param>
    /// <param name="programs">The programs that the organization is enrolled in.</param>
    /// <param name="workspaces">All workspaces of the portal.</param>
    /// <param name="language">The language that the texts are wanted in.</param>
    /// <param name="now">The time in UTC: a role that has ended brings nothing.</param>
    public static Reader From(
        Membership membership, IReadOnlyCollection<string> programs, WorkspaceCatalogue workspaces, string language, DateTime now)
    {
        var organization = membership.OrganizationId;
        List<ReaderPath> paths =
        [
            new(Addressee.Member(membership.Id), Role: null, Grant: null, membership.ReadUpTo),
            .. ByRole(RoleCatalogue.DefaultUser.Key, grant: null, membership.ReadUpTo),
        ];
        foreach (var grant in membership.Roles.Where(grant => grant.CountsAt(now)))
            paths.AddRange(ByRole(grant.Role, grant, grant.ReadUpTo));

        return new Reader(
            membership.Id,
            organization,
            language,
            paths,
            [.. workspaces.ExistingFor(programs).Select(workspace => workspace.Key)]);

        IEnumerable<ReaderPath> ByRole(string role, RoleAssignment? grant, long readUpTo) =>
        [
            new(Addressee.Role(role, organization), role, grant, readUpTo),
            new(Addressee.Role(role, organizationId: null), role, grant, readUpTo),
        ];
    }
}

/// <summary>One way by which a communication can reach a reader.</summary>
/// <param name="Addressee">What the communication is addressed to.</param>
/// <param name="Role">The key of the role; null when it is addressed to the member in person.</param>
/// <param name="Grant">What makes the reader one of them; null when it needs no grant.</param>
/// <param name="ReadUpTo">What came this way is read up to and including this communication.</param>
public sealed record ReaderPath(Addressee Addressee, string? Role, RoleAssignment? Grant, long ReadUpTo);
