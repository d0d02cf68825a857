namespace PartnerCenter.Web.Shell.Access;

/// <summary>The form by which somebody signs in at the portal itself.</summary>
/// <param name="Address">The address as it was typed, or of who is to sign in again; null for an empty field.</param>
/// <param name="ReturnUrl">Where to go afterwards.</param>
/// <param name="IsAgain">Whether somebody who is signed in has to show it once more.</param>
public sealed record PasswordSignIn(string? Address, string? ReturnUrl, bool IsAgain);
