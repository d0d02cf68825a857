using PartnerCenter.Data.Demo;
using PartnerCenter.Web.Security.SignIn;

namespace PartnerCenter.Web.Features.SignIn;

/// <param name="Providers">The identity providers that one can sign in with.</param>
/// <param name="TakesPasswords">Whether one can sign in at the portal itself.</param>
/// <param name="DemoPeople">Whom one may sign in as; empty outside the demo.</param>
/// <param name="Others">Who else there is in the demo: invited or imported while it was tried out, the latest first.</param>
/// <param name="ReturnUrl">Where to go afterwards.</param>
/// <param name="IsAnother">Whether somebody wants to sign in with another account than before.</param>
public sealed record SignInPage(
    IReadOnlyList<SignInProvider> Providers,
    bool TakesPasswords,
    IReadOnlyList<DemoPerson> DemoPeople,
    IReadOnlyList<OtherPersonRow> Others,
    string? ReturnUrl,
    bool IsAnother);

public sealed record OtherPersonRow(string Name, string Address);
