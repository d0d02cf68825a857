using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Web.Shell.Preferences;

/// <summary>How it stands with the address for a member's mail.</summary>
/// <param name="Address">Where mail goes now; null is nowhere.</param>
/// <param name="IsSignIn">Whether that is the address that the person signs in with.</param>
/// <param name="State">How it stands.</param>
/// <param name="About">The address that the state is about: one that waits comes before the one in use.</param>
/// <param name="Until">Until when an address that waits can, or could, be confirmed, in UTC.</param>
public sealed record ContactStanding(string? Address, bool IsSignIn, ContactState State, string About, DateTime? Until)
{
    /// <summary>Whether no address takes mail, and none waits to be confirmed.</summary>
    public bool IsUnreachable => Address is null && !IsWaiting;

    /// <summary>Whether an address waits to be confirmed, or waited until it was too late.</summary>
    public bool IsWaiting => Until is not null;

    /// <summary>Whether this is the address in use, or the one that waits.</summary>
    public bool Is(string? address) => string.Equals(About, address?.Trim(), StringComparison.OrdinalIgnoreCase) && (IsWaiting || !IsSignIn);

    public static ContactStanding Of(Membership membership, DateTime now)
    {
        var signIn = membership.Person.SignInAddress;
        var reached = MailPolicy.AddressOf(membership);
        return new ContactStanding(
            reached?.Address,
            reached is not { Source: AddressSource.Contact },
            membership.ContactStateAt(now),
            membership.PendingContact ?? membership.ContactAddress ?? signIn,
            membership.PendingContactUntil);
    }
}
