using PartnerCenter.Data.Demo;

namespace PartnerCenter.Web.Features.SignIn;

/// <param name="DemoPeople">Whom one may sign in as; empty outside the demo.</param>
/// <param name="ReturnUrl">Where to go afterwards.</param>
public sealed record SignInPage(IReadOnlyList<DemoPerson> DemoPeople, string? ReturnUrl);
