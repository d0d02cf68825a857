using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Web.Features.Programs;

/// <param name="Programs">All programs there are.</param>
/// <param name="MayManage">Whether the reader may change the enrollments.</param>
public sealed record ProgramsPage(IReadOnlyList<ProgramRow> Programs, bool MayManage);

/// <param name="Key">The key of the program.</param>
/// <param name="Enrollment">Null when the organization is not enrolled.</param>
/// <param name="Brings">The workspaces that it brings.</param>
public sealed record ProgramRow(string Key, ProgramEnrollment? Enrollment, IReadOnlyList<Workspace> Brings);

/// <summary>What suspending or leaving a program would do.</summary>
/// <param name="Key">The key of the program.</param>
/// <param name="IsLeaving">Whether the enrollment would end, not only rest.</param>
/// <param name="Closing">The workspaces that would close.</param>
/// <param name="Staying">The workspaces that another program brings as well.</param>
/// <param name="OpenActions">How many actions lie in those that would close.</param>
public sealed record ProgramConfirmPage(
    string Key, bool IsLeaving, IReadOnlyList<Workspace> Closing, IReadOnlyList<Workspace> Staying, int OpenActions);
