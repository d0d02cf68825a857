using PartnerCenter.Domain;
using PartnerCenter.Domain.Preferences;

namespace PartnerCenter.Web.Features.Unsubscribe;

/// <param name="Token">What the link carries.</param>
/// <param name="What">What it turns off.</param>
/// <param name="OrganizationKey">The key of the organization.</param>
/// <param name="OrganizationName">What it is called.</param>
/// <param name="Address">Where the mail goes, so that only its owner knows it.</param>
/// <param name="IsOff">Whether it is turned off.</param>
/// <param name="IsAllOff">Whether mail of this kind is turned off for all workspaces, so that the one of the link makes no difference.</param>
/// <param name="MayUndo">Whether it can be turned on here again.</param>
public sealed record UnsubscribePage(
    string Token, Unsubscription What, string OrganizationKey, string OrganizationName, string Address, bool IsOff, bool IsAllOff, Verdict MayUndo)
{
    /// <summary>Whether something was just done.</summary>
    public bool IsAnswer { get; init; }

    /// <summary>Why it was not done.</summary>
    public Reason? Refused { get; init; }
}
