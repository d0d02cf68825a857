using PartnerCenter.Web.Shell.Communications;
using PartnerCenter.Web.Shell.Support;

namespace PartnerCenter.Web.Features.HelpSupport;

/// <param name="Requests">The support requests that the member sees, those that wait for an answer first.</param>
/// <param name="Open">The open communications of the workspace: actions first.</param>
public sealed record HelpSupportPage(IReadOnlyList<SupportListRow> Requests, IReadOnlyList<CommunicationRow> Open);
