using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Audit;

namespace PartnerCenter.Data.Privacy;

/// <summary>Leaves a trace of who took the <see cref="PersonalData"/> of somebody else.</summary>
public sealed class DataDownloads(OrganizationChanges changes, PartnerCenterDb db)
{
    /// <summary>Writes it into the activity log of every organization where the person is or was a member.</summary>
    /// <param name="personId">Whose data they are.</param>
    /// <param name="by">Who takes them.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task RecordAsync(int personId, Actor by, CancellationToken cancellation = default)
    {
        var organizations = await db.Memberships
            .Where(membership => membership.PersonId == personId)
            .Select(membership => membership.OrganizationId)
            .ToListAsync(cancellation);
        foreach (var organization in organizations)
        {
            await changes.RunAsync(
                organization,
                by,
                async change => change.Record(AuditAction.PersonalDataDownloaded, await change.FindMemberOfAsync(personId, cancellation)),
                cancellation);
        }
    }
}
