using PartnerCenter.Data.Communications;

namespace PartnerCenter.Web.Features.Coverage;

/// <param name="Board">Whom communications reach.</param>
public sealed record CoveragePage(CoverageBoard Board);
