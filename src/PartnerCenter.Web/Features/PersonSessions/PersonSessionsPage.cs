using PartnerCenter.Domain.Organizations;
using PartnerCenter.Web.Shell.Access;

namespace PartnerCenter.Web.Features.PersonSessions;

/// <param name="Address">The sign-in address that was looked for; null before that.</param>
/// <param name="Person">Whose it is; null if nobody's.</param>
/// <param name="Rows">Where the person is signed in.</param>
public sealed record PersonSessionsPage(string? Address, Person? Person, IReadOnlyList<SessionRow> Rows);
