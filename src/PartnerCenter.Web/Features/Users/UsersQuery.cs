using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Security;

namespace PartnerCenter.Web.Features.Users;

/// <summary>Reads the members of an organization: in as many queries for ten as for ten thousand.</summary>
public sealed class UsersQuery(PartnerCenterDb db, WorkspaceCatalogue workspaces, TimeProvider time)
{
    private const int PageSize = 25;

    // What an administrator can do with somebody's membership; who asks for more finds no such address.
    private static readonly IReadOnlyList<MembershipVerb> Offered =
    [
        MembershipVerb.Resend, MembershipVerb.Withdraw, MembershipVerb.Disable, MembershipVerb.Enable, MembershipVerb.Remove, MembershipVerb.Restore,
    ];

    private static readonly IReadOnlyList<Role> AdminRoles = AccessTable.RolesWith(Permission.AssignRoles);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<UsersPage> ListAsync(Member reader, UsersFilterForm filter, CancellationToken cancellation)
    {
        filter.Page = Math.Clamp(filter.Page, 1, 10_000);
        var members = Filtered(reader, filter);
        var rows = await Ordered(members).Skip((filter.Page - 1) * PageSize).Take(PageSize + 1).ToListAsync(cancellation);
        return new UsersPage(
            filter,
            [.. rows.Take(PageSize)],
            await members.CountAsync(cancellation),
            rows.Count > PageSize,
            reader.May(Permission.ViewMemberRoles),
            AdminRoles);
    }

    /// <summary>The lines of a file with all that the filter lets through.</summary>
    public async IAsyncEnumerable<MemberCsvRow> ExportAsync(Member reader, UsersFilterForm filter)
    {
        var members = await Ordered(Filtered(reader, filter)).ToListAsync();
        foreach (var row in members.SelectMany(MemberCsv.RowsOf))
            yield return row;
    }

    public async Task<UserPage?> FindAsync(Member reader, int id, CancellationToken cancellation)
    {
        var member = await WithRoles(db.Memberships)
            .SingleOrDefaultAsync(membership => membership.Id == id && membership.OrganizationId == reader.Organization.Id, cancellation);
        if (member is null)
            return null;

        var verbs = reader.May(Permission.ManageUsers)
            ? Offered.Where(verb => MembershipPolicy.May(verb, member.Status).IsAllowed).Select(verb => new VerbRow(verb, RefusalOf(reader, member)))
            : [];
        return new UserPage(member, [.. verbs], reader.May(Permission.AssignRoles));
    }

    private static IQueryable<Membership> WithRoles(IQueryable<Membership> members) => members.AsNoTracking()
        .Include(membership => membership.Person)
        .Include(membership => membership.Roles).ThenInclude(grant => grant.Location)
        .AsSplitQuery();

    private static IQueryable<Membership> Ordered(IQueryable<Membership> members) =>
        WithRoles(members).OrderBy(membership => membership.Person.Name).ThenBy(membership => membership.Id);

    private Reason? RefusalOf(Member reader, Membership member) => GrantPolicy.MayKeepOut(reader.Membership, member, Now).RefusedBecause;

    private IQueryable<Membership> Filtered(Member reader, UsersFilterForm filter)
    {
        var now = Now;
        var restorable = now - MembershipPolicy.RestorableFor;
        var members = db.Memberships.Where(membership => membership.OrganizationId == reader.Organization.Id);
        members = filter.Status is { } status
            ? members.Where(membership => membership.Status == status && (membership.Status != MembershipStatus.Removed || membership.StatusSince > restorable))
            : members.Where(membership => membership.Status != MembershipStatus.Removed);
        if (!reader.May(Permission.ViewMemberRoles))
            members = Holding(members.ActiveAt(now), [.. AdminRoles.Select(role => role.Key)], now);
        if (filter.Admin is { Length: > 0 } admin)
            members = Holding(members, [admin], now);
        if (filter.Role is { Length: > 0 } role)
            members = Holding(members, [role], now);
        if (workspaces.Find(filter.Workspace ?? "") is { } workspace)
            members = Holding(members, [.. AccessTable.RolesThatOpen(workspace).Select(opening => opening.Key)], now);
        if (filter.Guest)
            members = members.Where(membership => membership.IsGuest);
        if (filter.Contact is { } contact)
            members = members.Where(membership => membership.ContactState == contact);
        if (string.IsNullOrWhiteSpace(filter.Q))
            return members;

        // A name that another organization gave is not looked through before the person has joined.
        var pattern = LikePattern.Containing(filter.Q);
        return members.Where(membership =>
            (membership.InvitationExpiresAt == null && EF.Functions.Like(membership.Person.Name, pattern, LikePattern.Escape))
            || EF.Functions.Like(membership.Person.SignInAddress, pattern, LikePattern.Escape));
    }

    private static IQueryable<Membership> Holding(IQueryable<Membership> members, List<string> roles, DateTime now) =>
        members.Where(membership => membership.Roles.Any(grant => roles.Contains(grant.Role) && (grant.EndsAt == null || grant.EndsAt > now)));
}
