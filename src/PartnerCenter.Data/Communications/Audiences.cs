using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;

namespace PartnerCenter.Data.Communications;

/// <summary>Finds to whom communications are addressed.</summary>
public static class Audiences
{
    private static readonly Dictionary<string, int> Places = RoleCatalogue.All.Select((role, place) => (role.Key, place)).ToDictionary();

    /// <summary>The keys of the roles in an organization that each of some communications is addressed to, in the order of the catalogue.</summary>
    public static async Task<ILookup<long, string>> ReadAudiencesAsync(
        this PartnerCenterDb db, int organizationId, IReadOnlyCollection<long> communications, CancellationToken cancellation = default) =>
        (await db.CommunicationTargets.AsNoTracking()
            .Where(target => communications.Contains(target.CommunicationId) && target.Role != null)
            .Where(target => target.OrganizationId == organizationId || target.OrganizationId == null)
            .Select(target => new { target.CommunicationId, target.Role })
            .Distinct()
            .ToListAsync(cancellation))
        .OrderBy(target => Places.GetValueOrDefault(target.Role!, int.MaxValue))
        .ToLookup(target => target.CommunicationId, target => target.Role!);
}
