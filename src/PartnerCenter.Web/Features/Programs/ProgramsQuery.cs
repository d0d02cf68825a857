using PartnerCenter.Data;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Security;

namespace PartnerCenter.Web.Features.Programs;

/// <summary>Reads the programs of an organization and what they bring.</summary>
public sealed class ProgramsQuery(PartnerCenterDb db, WorkspaceCatalogue workspaces, TimeProvider time)
{
    public ProgramsPage Read(Member member) => new(
        [.. ProgramCatalogue.All.Select(program => new ProgramRow(program, EnrollmentIn(member, program), [.. BroughtBy(program)]))],
        member.May(Permission.ManagePrograms));

    /// <returns>What would follow; null if there is nothing to suspend or to leave.</returns>
    public async Task<ProgramConfirmPage?> FindAsync(Member member, string program, bool isLeaving, CancellationToken cancellation)
    {
        if (EnrollmentIn(member, program) is not { } enrollment || (enrollment.IsSuspended && !isLeaving))
            return null;

        var left = member.Organization.ActivePrograms.Where(active => active != program).ToList();
        var existing = BroughtBy(program).Where(member.ExistingWorkspaces.Contains).ToList();
        var closing = existing.Where(workspace => !workspace.ExistsFor(left)).ToList();
        var openActions = await db.CountOpenActionsAsync(
            member.Organization.Id, [.. closing.Select(workspace => workspace.Key)], time.GetUtcNow().UtcDateTime, cancellation);
        return new ProgramConfirmPage(program, isLeaving, closing, [.. existing.Except(closing)], openActions);
    }

    private static ProgramEnrollment? EnrollmentIn(Member member, string program) =>
        member.Organization.Enrollments.Find(enrollment => enrollment.Program == program);

    private IEnumerable<Workspace> BroughtBy(string program) => workspaces.All.Where(workspace => workspace.Programs.Contains(program));
}
