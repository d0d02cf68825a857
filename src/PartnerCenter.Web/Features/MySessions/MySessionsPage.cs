using PartnerCenter.Web.Shell.Access;

namespace PartnerCenter.Web.Features.MySessions;

/// <param name="Current">The session of this browser.</param>
/// <param name="Others">All others, the one that was used last first.</param>
public sealed record MySessionsPage(SessionRow Current, IReadOnlyList<SessionRow> Others);
