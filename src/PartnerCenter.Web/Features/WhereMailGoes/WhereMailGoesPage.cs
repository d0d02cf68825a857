using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Shell.Preferences;

namespace PartnerCenter.Web.Features.WhereMailGoes;

/// <param name="Contact">How it stands with the address for mail.</param>
/// <param name="AboutAccount">What becomes of mail about the account itself: roles, invitations and the like.</param>
/// <param name="Rows">One row for each workspace that the member may open.</param>
/// <param name="LatestTest">The latest test mail; null if there was none.</param>
public sealed record WhereMailGoesPage(
    ContactStanding Contact, MailDecision AboutAccount, IReadOnlyList<WorkspaceMailRow> Rows, TestMailRow? LatestTest);

/// <param name="Workspace">Which workspace.</param>
/// <param name="Decisions">What becomes of mail about it, by kind.</param>
public sealed record WorkspaceMailRow(Workspace Workspace, IReadOnlyDictionary<CommunicationKind, MailDecision> Decisions);

/// <param name="AskedAt">When the member asked for it, in UTC.</param>
/// <param name="Address">Where it went, or is to go; null before that is known.</param>
/// <param name="State">How far it has come; null while it waits for its turn to be queued.</param>
/// <param name="SuppressedBecause">The rule that stopped it.</param>
public sealed record TestMailRow(DateTime AskedAt, string? Address, MailState? State, SuppressionReason? SuppressedBecause);
