using PartnerCenter.Domain.Organizations;
using PartnerCenter.Web.Shell.Communications;

namespace PartnerCenter.Web.Features.MyActions;

/// <param name="Rows">The open mandatory actions, the overdue ones first, then by due date.</param>
/// <param name="Directories">The person's directories.</param>
/// <param name="WithMore">The directories of which not all are shown.</param>
public sealed record MyActionsPage(
    IReadOnlyList<MyActionRow> Rows, IReadOnlyList<Organization> Directories, IReadOnlyList<Organization> WithMore);

/// <param name="Organization">Where it is to be done.</param>
/// <param name="Action">What is to be done.</param>
public sealed record MyActionRow(Organization Organization, CommunicationRow Action);
