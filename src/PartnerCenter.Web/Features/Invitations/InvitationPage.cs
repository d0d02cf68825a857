using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Web.Features.Invitations;

/// <param name="Invited">The membership that waits for an answer.</param>
/// <param name="HasExpired">Whether it is too late.</param>
/// <param name="MayBeCalled">Whether the person is new in the portal, so that nobody knows them by another name.</param>
/// <param name="Form">What was typed.</param>
public sealed record InvitationPage(Membership Invited, bool HasExpired, bool MayBeCalled, InvitationForm Form);
