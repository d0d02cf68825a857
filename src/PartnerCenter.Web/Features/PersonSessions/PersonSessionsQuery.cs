using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Web.Shell.Access;

namespace PartnerCenter.Web.Features.PersonSessions;

/// <summary>Finds where a person is signed in.</summary>
public sealed class PersonSessionsQuery(PartnerCenterDb db, TimeProvider time)
{
    public async Task<PersonSessionsPage> ReadAsync(string? address, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(address))
            return new PersonSessionsPage(null, null, []);

        var normalized = Person.Normalize(address);
        var person = await db.People.AsNoTracking().SingleOrDefaultAsync(person => person.NormalizedSignInAddress == normalized, cancellation);
        return new PersonSessionsPage(
            address,
            person,
            person is null ? [] : await db.Sessions.OfPerson(person.Id, time.GetUtcNow().UtcDateTime).Select(SessionRow.Of).ToListAsync(cancellation));
    }

    /// <returns>The sign-in address of a person; null if there is none with this id.</returns>
    public Task<string?> AddressOfAsync(int personId, CancellationToken cancellation) =>
        db.People.Where(person => person.Id == personId).Select(person => person.SignInAddress).SingleOrDefaultAsync(cancellation);
}
