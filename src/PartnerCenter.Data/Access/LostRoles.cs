using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Audit;

namespace PartnerCenter.Data.Access;

/// <summary>Finds in the activity log how a member lost roles.</summary>
public static class LostRoles
{
    private const int MostEntries = 200;

    /// <summary>The latest entries that say that a role of this member was taken away or ended, newest first.</summary>
    public static Task<List<AuditEntry>> ReadLostRolesAsync(
        this PartnerCenterDb db, int organizationId, int membershipId, CancellationToken cancellation = default)
    {
        AuditAction[] losses = [AuditAction.RoleRevoked, AuditAction.RoleEnded];
        return db.AuditEntries.AsNoTracking()
            .Where(entry => entry.OrganizationId == organizationId && entry.SubjectMembershipId == membershipId && losses.Contains(entry.Action))
            .OrderByDescending(entry => entry.Number)
            .Take(MostEntries)
            .ToListAsync(cancellation);
    }
}
