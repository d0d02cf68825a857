using PartnerCenter.Web.Security.SignIn.Local;

namespace PartnerCenter.Web.Features.TwoStepSignIn;

/// <param name="Since">Since when a code is asked for, in UTC; null while it is not.</param>
/// <param name="RecoveryCodesLeft">How many recovery codes were not used yet.</param>
/// <param name="NewApp">The app that is being set up, if one is.</param>
/// <param name="IsFresh">Whether the reader has signed in lately enough to change any of it.</param>
public sealed record TwoStepSignInPage(DateTime? Since, int RecoveryCodesLeft, AppSetup? NewApp, bool IsFresh);
