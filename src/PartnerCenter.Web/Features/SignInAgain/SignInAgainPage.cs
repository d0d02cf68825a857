using PartnerCenter.Domain.Access;

namespace PartnerCenter.Web.Features.SignInAgain;

/// <param name="Step">What the reader wants to do.</param>
/// <param name="ReturnUrl">Where the form is; null for whoever has it open beside this page.</param>
/// <param name="IsDone">Whether the reader has signed in just now.</param>
public sealed record SignInAgainPage(SensitiveStep Step, string? ReturnUrl, bool IsDone);
