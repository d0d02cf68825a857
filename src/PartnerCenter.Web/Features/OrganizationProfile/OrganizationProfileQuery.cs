using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;

namespace PartnerCenter.Web.Features.OrganizationProfile;

/// <summary>Reads what the organization is called and where it is.</summary>
public sealed class OrganizationProfileQuery(PartnerCenterDb db, Here here, TimeProvider time)
{
    public async Task<OrganizationProfilePage> ReadAsync(Member member, CancellationToken cancellation)
    {
        var id = member.Organization.Id;
        var locations = await LocationsOf(id)
            .OrderBy(location => location.Name).ThenBy(location => location.Id)
            .ToListAsync(cancellation);
        var counts = await GrantsByLocationAsync(id, cancellation);
        return new OrganizationProfilePage(
            member.Organization,
            await db.Memberships.ActiveAt(time.GetUtcNow().UtcDateTime).CountAsync(membership => membership.OrganizationId == id, cancellation),
            [
                .. locations.Select(location => new LocationRow(
                    location.Id, location.Name, location.City, NameOf(location.Country), counts.GetValueOrDefault(location.Id))),
            ],
            new RenameForm { Name = member.Organization.Name });
    }

    public LocationPage NewLocation(LocationForm form) => new(Id: null, Grants: 0, form, Countries());

    public async Task<LocationPage?> FindLocationAsync(Member member, int id, CancellationToken cancellation)
    {
        var location = await LocationsOf(member.Organization.Id).SingleOrDefaultAsync(location => location.Id == id, cancellation);
        if (location is null)
            return null;

        var counts = await GrantsByLocationAsync(member.Organization.Id, cancellation);
        var form = new LocationForm { Name = location.Name, City = location.City, Country = location.Country };
        return new LocationPage(id, counts.GetValueOrDefault(id), form, Countries());
    }

    private IQueryable<Location> LocationsOf(int organizationId) => db.Organizations.AsNoTracking()
        .Where(organization => organization.Id == organizationId)
        .SelectMany(organization => organization.Locations);

    private async Task<Dictionary<int, int>> GrantsByLocationAsync(int organizationId, CancellationToken cancellation) => await db.Memberships
        .Where(membership => membership.OrganizationId == organizationId)
        .SelectMany(membership => membership.Roles)
        .Where(grant => grant.LocationId != null)
        .GroupBy(grant => grant.LocationId!.Value)
        .Select(grants => new { grants.Key, Count = grants.Count() })
        .ToDictionaryAsync(grants => grants.Key, grants => grants.Count, cancellation);

    private CountryRow[] Countries() =>
        [.. CountryTable.All.Select(code => new CountryRow(code, NameOf(code))).OrderBy(country => country.Name, StringComparer.CurrentCulture)];

    // The framework names a country in the language of a culture that is spoken there; there is one for every pair.
    private string NameOf(string country) =>
        CountryTable.Has(country) ? new RegionInfo($"{here.Language}-{country}").NativeName : country;
}
