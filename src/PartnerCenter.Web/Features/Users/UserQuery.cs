using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Web.Security;

namespace PartnerCenter.Web.Features.Users;

/// <summary>Reads the page of one member.</summary>
public sealed class UserQuery(PartnerCenterDb db, TimeProvider time)
{
    private const int LatestLines = 10;

    private static readonly (MembershipVerb Verb, string Path, bool IsConfirmed)[] Verbs =
    [
        (MembershipVerb.Resend, "resend", false),
        (MembershipVerb.Withdraw, "withdraw", false),
        (MembershipVerb.EndSessions, "end-sessions", true),
        (MembershipVerb.Enable, "unblock", false),
        (MembershipVerb.Disable, "block", true),
        (MembershipVerb.Remove, "remove", true),
        (MembershipVerb.Restore, "restore", false),
    ];

    /// <returns>Null if the organization has no such member.</returns>
    public async Task<UserPage?> FindAsync(Member reader, int id, CancellationToken cancellation)
    {
        if (await WithRoles(reader).SingleOrDefaultAsync(membership => membership.Id == id, cancellation) is not { } member)
            return null;

        var now = time.GetUtcNow().UtcDateTime;
        var globalAdmins = await WithRoles(reader).GlobalAdmins().ToListAsync(cancellation);
        return new UserPage(
            member,
            member.HasInvitationExpiredAt(now),
            member.ContactStateAt(now),
            member.PendingContact is { } pending ? MailAddressRule.Mask(pending) : null,
            [.. member.Roles.Where(grant => grant.CountsAt(now)).OrderBy(grant => grant.GrantedAt).ThenBy(grant => grant.Id)],
            [
                .. from row in Verbs
                   where MembershipPolicy.May(row.Verb, member.Status).IsAllowed && (row.Verb != MembershipVerb.Restore || member.HasJoined)
                   select new UserVerbRow(
                       row.Verb, row.Path, row.IsConfirmed, MembershipPolicy.May(row.Verb, reader.Membership, member, globalAdmins, now)),
            ],
            reader.May(Permission.ManageUsers),
            reader.May(Permission.AssignRoles) && MembershipPolicy.May(MembershipVerb.ChangeRoles, member.Status).IsAllowed,
            member.IsGuest ? GrantPolicy.MayKeepOut(reader.Membership, member, now) : null,
            reader.May(Permission.ViewActivityLog) ? await ActivityAsync(reader, id, cancellation) : null,
            GuestEndForm.From(member));
    }

    private IQueryable<Membership> WithRoles(Member reader)
    {
        var organization = reader.Organization.Id;
        return db.Memberships.AsNoTracking()
            .Include(membership => membership.Person)
            .Include(membership => membership.Roles).ThenInclude(grant => grant.Location)
            .Where(membership => membership.OrganizationId == organization);
    }

    private Task<List<AuditEntry>> ActivityAsync(Member reader, int id, CancellationToken cancellation)
    {
        var organization = reader.Organization.Id;
        return db.AuditEntries.AsNoTracking()
            .Where(entry => entry.OrganizationId == organization && entry.SubjectMembershipId == id)
            .OrderByDescending(entry => entry.Number)
            .Take(LatestLines)
            .ToListAsync(cancellation);
    }
}
