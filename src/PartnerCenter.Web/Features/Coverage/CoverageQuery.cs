using PartnerCenter.Web.Security;

namespace PartnerCenter.Web.Features.Coverage;

/// <summary>Reads whom communications reach in the organization.</summary>
public sealed class CoverageQuery(Data.Communications.Coverage coverage)
{
    public async Task<CoveragePage> ReadAsync(Member member, CancellationToken cancellation) =>
        new(await coverage.ReadAsync(member.Reader, member.ExistingWorkspaces, cancellation));
}
