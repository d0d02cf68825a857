using PartnerCenter.Data.Demo;

namespace PartnerCenter.Web.Features.SignIn;

/// <param name="DemoPeople">Whom one may sign in as; empty outside the demo.</param>
/// <param name="Others">Who else there is in the demo: invited or imported while it was tried out, the latest first.</param>
/// <param name="ReturnUrl">Where to go afterwards.</param>
public sealed record SignInPage(IReadOnlyList<DemoPerson> DemoPeople, IReadOnlyList<OtherPersonRow> Others, string? ReturnUrl);

public sealed record OtherPersonRow(string Name, string Address);
