using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Domain.Access;
using PartnerCenter.Web.Shell.Access;

namespace PartnerCenter.Web.Features.MySessions;

/// <summary>Reads where somebody is signed in.</summary>
public sealed class MySessionsQuery(PartnerCenterDb db, TimeProvider time)
{
    /// <param name="current">The session of the reader.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<MySessionsPage> ReadAsync(SignInSession current, CancellationToken cancellation)
    {
        var rows = await db.Sessions.OfPerson(current.PersonId, time.GetUtcNow().UtcDateTime).Select(SessionRow.Of).ToListAsync(cancellation);
        return new MySessionsPage(rows.Single(row => row.Key == current.IdHash), [.. rows.Where(row => row.Key != current.IdHash)]);
    }
}
