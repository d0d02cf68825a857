using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Data.Organizations;

/// <summary>Changes what an organization is called and where it is.</summary>
public sealed class ProfileChanges(OrganizationChanges changes, PartnerCenterDb db)
{
    /// <summary>Gives the organization another name.</summary>
    public Task RenameAsync(int organizationId, Actor actor, string name, CancellationToken cancellation = default) =>
        changes.RunAsync(
            organizationId,
            actor,
            change =>
            {
                change.Require(Permission.ManageOrganizationProfile);
                var before = change.Organization.Name;
                change.Organization.Rename(name);
                if (change.Organization.Name != before)
                    change.Record(AuditAction.OrganizationRenamed, before: before, after: change.Organization.Name);
                return Task.CompletedTask;
            },
            cancellation);

    /// <exception cref="RuleViolationException">There is no such country.</exception>
    public Task AddLocationAsync(int organizationId, Actor actor, string name, string city, string country, CancellationToken cancellation = default) =>
        changes.RunAsync(
            organizationId,
            actor,
            change =>
            {
                change.Require(Permission.ManageLocations);
                RequireCountry(country);
                var location = new Location(name, city, country);
                change.Organization.Locations.Add(location);
                change.Record(AuditAction.LocationAdded, topic: location.Name, after: Describe(location));
                return Task.CompletedTask;
            },
            cancellation);

    /// <returns>False if there is no such location.</returns>
    /// <exception cref="RuleViolationException">There is no such country.</exception>
    public Task<bool> ChangeLocationAsync(
        int organizationId, Actor actor, int locationId, string name, string city, string country, CancellationToken cancellation = default) =>
        changes.RunAsync(
            organizationId,
            actor,
            change =>
            {
                change.Require(Permission.ManageLocations);
                if (change.Organization.Locations.Find(location => location.Id == locationId) is not { } location)
                    return Task.FromResult(false);
                RequireCountry(country);
                var before = Describe(location);
                location.Describe(name, city, country);
                if (Describe(location) != before)
                    change.Record(AuditAction.LocationChanged, topic: location.Name, before: before, after: Describe(location));
                return Task.FromResult(true);
            },
            cancellation);

    /// <summary>Removes a location. A role that was limited to it would otherwise count everywhere, so none may be left.</summary>
    /// <returns>False if there is no such location.</returns>
    /// <exception cref="RuleViolationException">A role counts for it.</exception>
    public Task<bool> RemoveLocationAsync(int organizationId, Actor actor, int locationId, CancellationToken cancellation = default) =>
        changes.RunAsync(
            organizationId,
            actor,
            async change =>
            {
                change.Require(Permission.ManageLocations);
                if (change.Organization.Locations.Find(location => location.Id == locationId) is not { } location)
                    return false;

                var holders = await db.Memberships
                    .Include(membership => membership.Person)
                    .Include(membership => membership.Roles)
                    .Where(membership => membership.Roles.Any(grant => grant.LocationId == locationId))
                    .ToListAsync(cancellation);
                if (!holders.TrueForAll(holder => holder.IsGoneForGoodAt(change.Now)))
                    throw new RuleViolationException(Reasons.LocationIsUsed);

                // Nobody can change what these had, and nobody gets it back.
                foreach (var holder in holders)
                {
                    foreach (var grant in holder.Roles.Where(grant => grant.LocationId == locationId).ToList())
                    {
                        holder.Revoke(grant);
                        change.Record(AuditAction.RoleEnded, holder, grant.Role, before: location.Name);
                    }
                }

                change.Organization.Locations.Remove(location);
                change.Record(AuditAction.LocationRemoved, topic: location.Name, before: Describe(location));
                return true;
            },
            cancellation);

    private static void RequireCountry(string country)
    {
        if (!CountryTable.Has(country))
            throw new RuleViolationException(Reasons.UnknownCountry);
    }

    // For the log: data that any language can show.
    private static string Describe(Location location) => $"{location.Name}, {location.City}, {location.Country}";
}
