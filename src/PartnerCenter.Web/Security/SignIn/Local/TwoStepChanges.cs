using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Access;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Web.Security.SignIn.Local;

/// <summary>Turns the second step of a sign-in on and off. All of it needs a sign-in of the last minutes (<see cref="FreshSignInTable"/>).</summary>
public sealed class TwoStepChanges(
    PartnerCenterDb db, AuthenticatorApps apps, SignInTries tries, AccountEvents events, CurrentUser user, IHttpContextAccessor http, TimeProvider time)
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private Person Person => user.Person!;

    private string? From => http.HttpContext?.Connection.RemoteIpAddress?.ToString();

    /// <summary>Makes the secret for an app that is being set up.</summary>
    /// <exception cref="RuleViolationException">The sign-in is too long ago.</exception>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        var account = await FindAsync(cancellation);
        if (account.IsTwoStepOn)
            return;

        account.Prepare(apps.Create());
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>The app that was set up shows by a code that it works.</summary>
    /// <returns>The recovery codes, which nobody sees again; null if the code is wrong.</returns>
    /// <exception cref="RuleViolationException">The sign-in is too long ago.</exception>
    public async Task<RecoveryCodeSet?> TurnOnAsync(string typed, CancellationToken cancellation)
    {
        var account = await FindAsync(cancellation);
        if (account.NewAppSecret is null
            || !await tries.TryBeginAsync(SignInStep.Code, Person.NormalizedSignInAddress, cancellation)
            || apps.StepOf(account.NewAppSecret, typed) is not { } step)
        {
            return null;
        }

        var codes = RecoveryCodeSet.Create();
        account.TurnOnTwoStep(step, codes, Now);
        await db.SaveChangesAsync(cancellation);
        await tries.ForgetAsync(SignInStep.Code, Person.NormalizedSignInAddress, cancellation);
        await events.RecordAsync(account.PersonId, AuditAction.TwoStepTurnedOn, From, SignInChange.TwoStepTurnedOn, cancellation);
        return codes;
    }

    /// <exception cref="RuleViolationException">The sign-in is too long ago.</exception>
    public async Task TurnOffAsync(CancellationToken cancellation)
    {
        var account = await FindAsync(cancellation);
        var wasOn = account.IsTwoStepOn;
        account.TurnOffTwoStep();
        await db.SaveChangesAsync(cancellation);
        if (wasOn)
            await events.RecordAsync(account.PersonId, AuditAction.TwoStepTurnedOff, From, SignInChange.TwoStepTurnedOff, cancellation);
    }

    /// <summary>Makes new recovery codes; those before count no more.</summary>
    /// <returns>The codes, which nobody sees again; null where there is no second step.</returns>
    /// <exception cref="RuleViolationException">The sign-in is too long ago.</exception>
    public async Task<RecoveryCodeSet?> RenewRecoveryCodesAsync(CancellationToken cancellation)
    {
        var account = await FindAsync(cancellation);
        if (!account.IsTwoStepOn)
            return null;

        var codes = RecoveryCodeSet.Create();
        account.Replace(codes);
        await db.SaveChangesAsync(cancellation);
        await events.RecordAsync(account.PersonId, AuditAction.RecoveryCodesMade, From, cancellation: cancellation);
        return codes;
    }

    private async Task<LocalAccount> FindAsync(CancellationToken cancellation)
    {
        FreshSignInTable.May(SensitiveStep.ChangeSignIn, user.Session!.IsFreshAt(Now)).Enforce();
        return await db.LocalAccounts.Include(account => account.RecoveryCodes).SingleAsync(account => account.PersonId == Person.Id, cancellation);
    }
}
