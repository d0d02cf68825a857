namespace PartnerCenter.Domain.Access;

/// <summary>
/// The table of steps that give lasting power or that nobody can take back: who finds a browser that somebody left open must not take
/// them. They need somebody who has signed in just now (ASVS 5.0 7.5.1 and 7.5.3). API keys are not among them, because no page makes one: a host command does.
/// </summary>
public static class FreshSignInTable
{
    /// <summary>How long somebody counts as having signed in just now.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(15);

    private static readonly Dictionary<SensitiveStep, Reason> Rows = new()
    {
        [SensitiveStep.GrantAdministrator] = Reasons.SignInAgainToGrant((int)Lasts.TotalMinutes),
        [SensitiveStep.ChangeContactAddress] = Reasons.SignInAgainForContact((int)Lasts.TotalMinutes),
        [SensitiveStep.DecideWhoComes] = Reasons.SignInAgainToDecideWhoComes((int)Lasts.TotalMinutes),
        [SensitiveStep.ConnectAccount] = Reasons.SignInAgainToConnect((int)Lasts.TotalMinutes),
        [SensitiveStep.ErasePerson] = Reasons.SignInAgainToErase((int)Lasts.TotalMinutes),
        [SensitiveStep.ChangeSignIn] = Reasons.SignInAgainForAccount((int)Lasts.TotalMinutes),
    };

    /// <summary>Whether somebody may take a step, as far as their sign-in goes.</summary>
    /// <param name="step">The step.</param>
    /// <param name="hasFreshSignIn">Whether they have signed in just now.</param>
    public static Verdict May(SensitiveStep step, bool hasFreshSignIn) => hasFreshSignIn ? Verdict.Allowed : Verdict.Refused(Rows[step]);

    /// <summary>The same for giving somebody a role: that is such a step if the role can give others.</summary>
    /// <param name="role">The role.</param>
    /// <param name="hasFreshSignIn">Whether who gives it has signed in just now.</param>
    public static Verdict MayGrant(Role role, bool hasFreshSignIn) =>
        GrantTable.Administrators.Contains(role) ? May(SensitiveStep.GrantAdministrator, hasFreshSignIn) : Verdict.Allowed;

    /// <summary>What is said to who has not signed in just now.</summary>
    public static Reason WhyOf(SensitiveStep step) => Rows[step];

    /// <returns>The step that a reason refuses for want of a fresh sign-in; null if it is about something else.</returns>
    public static SensitiveStep? StepOf(Reason reason) => Rows.Where(row => row.Value.Key == reason.Key).Select(row => (SensitiveStep?)row.Key).SingleOrDefault();
}

/// <summary>What needs a fresh sign-in.</summary>
public enum SensitiveStep
{
    /// <summary>Giving somebody a role that can give roles (<see cref="GrantTable.Administrators"/>).</summary>
    GrantAdministrator,

    /// <summary>Naming another address for mail.</summary>
    ChangeContactAddress,

    /// <summary>Deciding which accounts let people into the organization.</summary>
    DecideWhoComes,

    /// <summary>Connecting another account by which one signs in.</summary>
    ConnectAccount,

    /// <summary>Forgetting who somebody was.</summary>
    ErasePerson,

    /// <summary>Turning two-step sign-in on or off, and having new recovery codes made. A password is changed with the one before.</summary>
    ChangeSignIn,
}
