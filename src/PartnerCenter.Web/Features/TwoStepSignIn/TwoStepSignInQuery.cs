using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Security.SignIn.Local;

namespace PartnerCenter.Web.Features.TwoStepSignIn;

/// <summary>Reads how it stands with the second step of somebody's sign-in.</summary>
public sealed class TwoStepSignInQuery(PartnerCenterDb db, AuthenticatorApps apps, CurrentUser user, TimeProvider time)
{
    public async Task<TwoStepSignInPage> ReadAsync(CancellationToken cancellation)
    {
        var (person, isFresh) = (user.Person!, user.Session!.IsFreshAt(time.GetUtcNow().UtcDateTime));
        var account = await db.LocalAccounts.AsNoTracking().Include(account => account.RecoveryCodes).SingleAsync(account => account.PersonId == person.Id, cancellation);

        // Whoever finds a browser open must not copy the secret.
        return new TwoStepSignInPage(
            account.TwoStepSince,
            account.RecoveryCodes.Count,
            isFresh && account.NewAppSecret is { } secret ? apps.Describe(secret, person.SignInAddress) : null,
            isFresh);
    }
}
