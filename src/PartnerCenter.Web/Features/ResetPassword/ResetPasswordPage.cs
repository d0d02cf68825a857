namespace PartnerCenter.Web.Features.ResetPassword;

/// <param name="Token">What the link carries.</param>
/// <param name="Address">Whose password it is for; null if it is over.</param>
public sealed record ResetPasswordPage(string Token, string? Address);
