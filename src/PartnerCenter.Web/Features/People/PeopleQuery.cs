using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;

namespace PartnerCenter.Web.Features.People;

/// <summary>Finds people for operators, whatever they are in whichever organization.</summary>
public sealed class PeopleQuery(PartnerCenterDb db)
{
    public const int MostRows = 50;

    public async Task<PeoplePage> FindAllAsync(string? text, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(text))
            return new PeoplePage("", []);

        var pattern = LikePattern.Containing(text);
        return new PeoplePage(text.Trim(), await db.People.AsNoTracking()
            .Where(person => EF.Functions.Like(person.Name, pattern, LikePattern.Escape) || EF.Functions.Like(person.SignInAddress, pattern, LikePattern.Escape))
            .OrderBy(person => person.Name)
            .ThenBy(person => person.Id)
            .Take(MostRows)
            .Select(person => new PersonRow(person.Id, person.Name, person.SignInAddress))
            .ToListAsync(cancellation));
    }

    /// <returns>Null if there is no such person.</returns>
    public async Task<PersonPage?> FindAsync(int id, CancellationToken cancellation)
    {
        var organizations = await db.Memberships.AsNoTracking()
            .Where(membership => membership.PersonId == id)
            .OrderBy(membership => membership.Organization.Name)
            .Select(membership => membership.Organization.Name)
            .ToListAsync(cancellation);
        return await db.People.AsNoTracking()
            .Where(person => person.Id == id)
            .Select(person => new PersonPage(new PersonRow(person.Id, person.Name, person.SignInAddress), person.ErasedAt != null, organizations))
            .SingleOrDefaultAsync(cancellation);
    }
}
