using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Security;

namespace PartnerCenter.Web.Features.Users;

/// <summary>Reads the list of users: two queries, however many people there are.</summary>
public sealed class UsersQuery(PartnerCenterDb db, WorkspaceCatalogue workspaces, TimeProvider time)
{
    private static readonly List<string> AdminKeys = [.. GrantTable.Administrators.Select(role => role.Key)];

    private static readonly Dictionary<string, int> Places = RoleCatalogue.All.Select((role, place) => (role.Key, place)).ToDictionary();

    // Upper case, because one of the engines puts "de Vries" behind "Winter" otherwise. The database does it, in no culture.
#pragma warning disable CA1304, CA1311, MA0011
    private static readonly Expression<Func<Membership, string>> NameInOrder = membership =>
        membership.InvitationExpiresAt == null ? membership.Person.Name.ToUpper() : membership.Person.NormalizedSignInAddress;
#pragma warning restore CA1304, CA1311, MA0011

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<UsersPage> ListAsync(Member reader, UsersFilterForm filter, CancellationToken cancellation)
    {
        filter.KeepWhatCounts(reader);
        var chosen = Choose(reader, filter);
        var total = await chosen.CountAsync(cancellation);
        filter.Page = Math.Min(filter.Page, Math.Max(1, (total + filter.Size - 1) / filter.Size));

        var seesEveryone = reader.May(Permission.ViewMemberRoles);
        var now = Now;
        var counts = Members.GrantsCountingAt(now);
        var found = await Sort(chosen, filter)
            .Skip((filter.Page - 1) * filter.Size)
            .Take(filter.Size)
            .Include(membership => membership.Person)
            .Select(membership => new
            {
                Membership = membership,
                Roles = membership.Roles.AsQueryable().Where(counts).Select(grant => grant.Role).ToList(),
            })
            .ToListAsync(cancellation);
        return new UsersPage(
            filter,
            [.. found.Select(row => RowOf(row.Membership, row.Roles.Where(role => seesEveryone || AdminKeys.Contains(role)), now))],
            total,
            seesEveryone,
            reader.ExistingWorkspaces);
    }

    /// <summary>Everybody whom the filter lets through, on all pages, as the database hands them over.</summary>
    public IAsyncEnumerable<MemberCsvRow> ExportAsync(Member reader, UsersFilterForm filter)
    {
        filter.KeepWhatCounts(reader);
        var counts = Members.GrantsCountingAt(Now);
        return (
            from membership in Sort(Choose(reader, filter), filter)
            from grant in membership.Roles.AsQueryable().Where(counts).DefaultIfEmpty()
            select new MemberCsvRow(
                membership.Person.SignInAddress,
                membership.InvitationExpiresAt == null ? membership.Person.Name : Person.NameFrom(membership.Person.SignInAddress),
                membership.Status,
                membership.IsGuest,
                membership.EndsAt)
            {
                Role = grant.Role,
                Location = grant.Location!.Name,
                RoleEndsAt = grant.EndsAt,
            }).AsAsyncEnumerable();
    }

    private static UserRow RowOf(Membership membership, IEnumerable<string> roles, DateTime now) => new(
        membership.Id,
        membership.ShownName,
        membership.Person.SignInAddress,
        MailPolicy.AddressOf(membership)?.Address ?? "",
        membership.ContactStateAt(now),
        membership.Status,
        membership.HasInvitationExpiredAt(now),
        membership.IsGuest,
        membership.EndsAt,
        membership.JoinedAt,
        [.. roles.Distinct().OrderBy(role => Places.GetValueOrDefault(role, int.MaxValue))]);

    private static IQueryable<Membership> Sort(IQueryable<Membership> memberships, UsersFilterForm filter)
    {
        var sorted = (filter.Sort, filter.Descending) switch
        {
            (UserSort.Address, false) => memberships.OrderBy(membership => membership.Person.NormalizedSignInAddress),
            (UserSort.Address, true) => memberships.OrderByDescending(membership => membership.Person.NormalizedSignInAddress),
            (UserSort.Joined, false) => memberships.OrderBy(membership => membership.JoinedAt),
            (UserSort.Joined, true) => memberships.OrderByDescending(membership => membership.JoinedAt),
            (UserSort.Status, false) => memberships.OrderBy(membership => membership.Status),
            (UserSort.Status, true) => memberships.OrderByDescending(membership => membership.Status),
            (_, true) => memberships.OrderByDescending(NameInOrder),
            _ => memberships.OrderBy(NameInOrder),
        };
        return sorted.ThenBy(membership => membership.Id);
    }

    private IQueryable<Membership> Choose(Member reader, UsersFilterForm filter)
    {
        var now = Now;
        var organization = reader.Organization.Id;
        var chosen = db.Memberships.AsNoTracking().Where(membership => membership.OrganizationId == organization);
        if (!reader.May(Permission.ViewMemberRoles))
            chosen = chosen.ActiveAt(now).Holding(AdminKeys, now);
        else if (filter.Status is { } status)
            chosen = chosen.ListedAt(now).Where(membership => membership.Status == status);
        else
            chosen = chosen.Where(membership => membership.Status != MembershipStatus.Removed);

        if (filter.Admin is { } admin)
            chosen = chosen.Holding(admin == UsersFilterForm.AnyAdmin ? AdminKeys : [admin], now);
        if (filter.Role is { } role)
            chosen = chosen.Holding([role], now);
        if (filter.Workspace is { } key && workspaces.Find(key) is { } workspace)
            chosen = WhomItIsOpenTo(chosen, workspace, now);
        if (filter.Guest is { } isGuest)
            chosen = chosen.Where(membership => membership.IsGuest == isGuest);
        if (filter.Contact is { } contact)
            chosen = chosen.WithContact(contact, now);
        return filter.Text is { } text ? chosen.Named(text, bySignInAddress: reader.May(Permission.ViewMemberRoles)) : chosen;
    }

    private static IQueryable<Membership> WhomItIsOpenTo(IQueryable<Membership> memberships, Workspace workspace, DateTime now)
    {
        var active = memberships.ActiveAt(now);
        return AccessTable.Opens(workspace, [])
            ? active
            : active.Holding([.. AccessTable.RolesThatOpen(workspace).Select(role => role.Key)], now);
    }
}
