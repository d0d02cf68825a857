using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Security;

namespace PartnerCenter.Web.Features.Roles;

/// <summary>Reads what somebody needs to see before they change roles.</summary>
public sealed class RolesQuery(PartnerCenterDb db, Visibility visibility, WorkspaceCatalogue catalogue, TimeProvider time)
{
    private const int MostActions = 50;
    private const int MostToPick = 50;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<IReadOnlyList<Membership>> MembersAsync(Member actor, IReadOnlyCollection<int> ids, CancellationToken cancellation)
    {
        var wanted = ids.Distinct().Take(BulkRolesForm.MostMembers).ToList();
        return await Changeable(actor)
            .Where(membership => wanted.Contains(membership.Id))
            .OrderBy(membership => membership.Person.Name)
            .ToListAsync(cancellation);
    }

    public async Task<PickMembersPage> PickAsync(Member actor, string? words, CancellationToken cancellation)
    {
        var members = Changeable(actor);
        if (!string.IsNullOrWhiteSpace(words))
        {
            var pattern = LikePattern.Containing(words);
            members = members.Where(membership =>
                EF.Functions.Like(membership.Person.Name, pattern, LikePattern.Escape)
                || EF.Functions.Like(membership.Person.SignInAddress, pattern, LikePattern.Escape));
        }

        var rows = await members.OrderBy(membership => membership.Person.Name).ThenBy(membership => membership.Id).Take(MostToPick + 1).ToListAsync(cancellation);
        return new PickMembersPage(words, [.. rows.Take(MostToPick)], rows.Count > MostToPick);
    }

    public async Task<RolesPage> EditAsync(Member actor, Membership member, RolesForm form, CancellationToken cancellation) => new(
        member,
        form,
        [.. GrantableOrHeld(actor, member).GroupBy(row => row.Role.Family)],
        await LocationsAsync(actor, cancellation));

    public async Task<BulkRolesPage> BulkAsync(Member actor, BulkRolesForm form, IReadOnlyList<Membership> members, CancellationToken cancellation)
    {
        var differences = new List<DifferenceRow>();
        if (form.Roles.Count > 0)
        {
            foreach (var member in members)
                differences.Add(await DifferenceAsync(actor, member, form.DifferenceFor(member), cancellation));
        }

        return new BulkRolesPage(
            form,
            members,
            [.. RoleCatalogue.All.Where(role => members.Any(member => MayChange(actor, role, member))).GroupBy(role => role.Family)],
            await LocationsAsync(actor, cancellation),
            differences);
    }

    /// <summary>Whether the actor may give a role to a member, or take one that the member has.</summary>
    public bool MayChange(Member actor, Role role, Membership member) => RefusalOf(actor, role, member) is null;

    /// <summary>Why these roles cannot be given just now, however else it stands with them; null when they can.</summary>
    public static Reason? SignInMissingFor(Member actor, IEnumerable<Role> roles) =>
        FirstRefusal(roles.Select(role => FreshSignInTable.MayGrant(role, actor.HasFreshSignIn)));

    public async Task<DifferenceRow> DifferenceAsync(Member actor, Membership member, RoleDifference difference, CancellationToken cancellation)
    {
        var (before, after) = (KeysBefore(member), KeysAfter(member, difference));
        var reader = Reader.From(member, actor.Organization.ActivePrograms, catalogue, actor.Person.Language, Now);
        var seenBefore = await visibility.OpenActionsAsync(reader.WithRoles(before), new(), MostActions, cancellation);
        var seenAfter = await visibility.OpenActionsAsync(reader.WithRoles(after), new(), MostActions, cancellation);
        return new DifferenceRow
        {
            Member = member,
            Roles = difference,
            WorkspacesGained = [.. actor.ExistingWorkspaces.Where(workspace => AccessTable.Opens(workspace, after) && !AccessTable.Opens(workspace, before))],
            WorkspacesLost = [.. actor.ExistingWorkspaces.Where(workspace => AccessTable.Opens(workspace, before) && !AccessTable.Opens(workspace, after))],
            ActionsGained = [.. seenAfter.Rows.ExceptBy(seenBefore.Rows.Select(row => row.Id), row => row.Id)],
            ActionsLost = [.. seenBefore.Rows.ExceptBy(seenAfter.Rows.Select(row => row.Id), row => row.Id)],
            RefusedBecause = RefusalOf(actor, member, difference),
        };
    }

    private static Reason? FirstRefusal(IEnumerable<Verdict> verdicts) => verdicts.Select(verdict => verdict.RefusedBecause).FirstOrDefault(reason => reason is not null);

    private List<string> KeysBefore(Membership member) => [.. member.Roles.Where(grant => grant.CountsAt(Now)).Select(grant => grant.Role)];

    private List<string> KeysAfter(Membership member, RoleDifference difference) =>
        [.. member.Roles.Except(difference.Lost).Where(grant => grant.CountsAt(Now)).Select(grant => grant.Role), .. difference.GainedRoles];

    private IEnumerable<RoleRow> GrantableOrHeld(Member actor, Membership member)
    {
        foreach (var role in RoleCatalogue.All)
        {
            var held = member.Roles.Where(grant => grant.Role == role.Key).ToList();
            var refusal = RefusalOf(actor, role, member);
            if (held.Count > 0 || refusal is null)
                yield return new RoleRow(role, refusal, held);
        }
    }

    private Reason? RefusalOf(Member actor, Role role, Membership member)
    {
        var isHeld = member.Roles.Exists(grant => grant.Role == role.Key);
        return (isHeld
            ? GrantPolicy.MayRevoke(actor.Membership, role, member, Now)
            : GrantPolicy.MayGrant(actor.Membership, role, member, Now)).RefusedBecause;
    }

    private Reason? RefusalOf(Member actor, Membership member, RoleDifference difference) => FirstRefusal(
    [
        MembershipPolicy.May(MembershipVerb.ChangeRoles, member.Status),
        .. difference.Lost.Select(grant => GrantPolicy.MayRevoke(actor.Membership, RoleCatalogue.Find(grant.Role)!, member, Now)),
        .. difference.Gained.Select(wanted => GrantPolicy.MayGrant(actor.Membership, wanted.Role, member, Now)),
        .. difference.Gained.Select(wanted => FreshSignInTable.MayGrant(wanted.Role, actor.HasFreshSignIn)),
        .. difference.Gained.Where(wanted => wanted.EndsAt <= Now).Select(_ => Verdict.Refused(Reasons.EndDateInThePast)),
    ]);

    private IQueryable<Membership> Changeable(Member actor) => db.Memberships.AsNoTracking()
        .Include(membership => membership.Person)
        .Include(membership => membership.Roles).ThenInclude(grant => grant.Location)
        .Where(membership => membership.OrganizationId == actor.Organization.Id && membership.Status != MembershipStatus.Removed);

    private async Task<IReadOnlyList<Location>> LocationsAsync(Member actor, CancellationToken cancellation) => await db.Organizations.AsNoTracking()
        .Where(organization => organization.Id == actor.Organization.Id)
        .SelectMany(organization => organization.Locations)
        .OrderBy(location => location.Name)
        .ToListAsync(cancellation);
}
