using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Domain.Access;

/// <summary>
/// That somebody signs in at the portal itself: by their sign-in address and a password, and by a code of an app as a second step if
/// they turned that on. Password and recovery codes are known by slow hashes only; the secret of the app is sealed.
/// </summary>
public sealed class LocalAccount
{
    /// <summary>How many characters the sealed secret of an app can have.</summary>
    public const int LongestSealedSecret = 500;

    /// <summary>How many characters the hash of a password can have.</summary>
    public const int LongestPasswordHash = 200;

    private readonly List<RecoveryCode> _recoveryCodes = [];

    private LocalAccount()
    {
    }

    /// <param name="person">Whose account it is.</param>
    /// <param name="passwordHash">What <paramref name="person"/>'s password is checked by.</param>
    /// <param name="now">The time in UTC.</param>
    public LocalAccount(Person person, string passwordHash, DateTime now)
    {
        Person = person;
        PersonId = person.Id;
        SetPassword(passwordHash, now);
    }

    public int PersonId { get; private set; }

    public Person Person { get; private set; } = null!;

    public string PasswordHash { get; private set; } = "";

    /// <summary>When the person chose the password, in UTC.</summary>
    public DateTime PasswordSetAt { get; private set; }

    /// <summary>The secret that the app makes its codes from, sealed; null while there is none.</summary>
    public string? AppSecret { get; private set; }

    /// <summary>The secret of an app that is being set up: it counts once a code of it was typed. Sealed.</summary>
    public string? NewAppSecret { get; private set; }

    /// <summary>The step of time whose code was used last (RFC 6238, section 5.2: a code counts once); null before the first.</summary>
    public long? LastStep { get; private set; }

    /// <summary>Since when the second step is asked for, in UTC; null while it is not.</summary>
    public DateTime? TwoStepSince { get; private set; }

    /// <summary>What the recovery codes are hashed with; null while there are none.</summary>
    public string? RecoverySalt { get; private set; }

    /// <summary>Those that were not used yet.</summary>
    public IReadOnlyList<RecoveryCode> RecoveryCodes => _recoveryCodes;

    public int Version { get; private set; }

    /// <summary>Whether sign-in asks for a code, too.</summary>
    public bool IsTwoStepOn => TwoStepSince is not null;

    /// <summary>The person chose another password.</summary>
    public void SetPassword(string passwordHash, DateTime now) => (PasswordHash, PasswordSetAt) = (passwordHash, now);

    /// <summary>The password is the same, and its hash is made as hashes are made today.</summary>
    public void Rehash(string passwordHash) => PasswordHash = passwordHash;

    /// <summary>An app is being set up; until a code of it was typed, everything stays as it was.</summary>
    public void Prepare(string sealedSecret) => NewAppSecret = sealedSecret;

    /// <summary>The app that was set up has shown that it works.</summary>
    /// <param name="step">The step of time of the code that was typed: it does not count once more.</param>
    /// <param name="codes">What replaces the app when it is lost.</param>
    /// <param name="now">The time in UTC.</param>
    public void TurnOnTwoStep(long step, RecoveryCodeSet codes, DateTime now)
    {
        (AppSecret, NewAppSecret, LastStep, TwoStepSince) = (NewAppSecret ?? throw new InvalidOperationException("No app was set up."), null, step, now);
        Replace(codes);
    }

    public void TurnOffTwoStep()
    {
        (AppSecret, NewAppSecret, LastStep, TwoStepSince, RecoverySalt) = (null, null, null, null, null);
        _recoveryCodes.Clear();
    }

    /// <summary>These count from now on, and none of those before.</summary>
    public void Replace(RecoveryCodeSet codes)
    {
        RecoverySalt = codes.Salt;
        _recoveryCodes.Clear();
        _recoveryCodes.AddRange(codes.Codes.Select(code => new RecoveryCode(codes.HashOf(code))));
    }

    /// <summary>Uses up a code of the app.</summary>
    /// <param name="step">Its step of time.</param>
    /// <returns>False if that one, or a later one, was used before.</returns>
    public bool TrySpend(long step)
    {
        if (step <= LastStep)
            return false;

        LastStep = step;
        return true;
    }

    /// <summary>Uses up a recovery code.</summary>
    /// <returns>False if it is none, or was used before.</returns>
    public bool TrySpendRecoveryCode(string typed)
    {
        if (RecoverySalt is not { } salt || RecoveryCodeSet.Read(typed) is not { } code)
            return false;

        var hash = RecoveryCodeSet.HashOf(code, salt);
        return _recoveryCodes.RemoveAll(one => one.Hash == hash) > 0;
    }
}

/// <summary>One of the codes that stand in for a lost app. Who uses it takes it away.</summary>
public sealed class RecoveryCode
{
    private RecoveryCode()
    {
    }

    internal RecoveryCode(string hash) => Hash = hash;

    public int PersonId { get; private set; }

    public string Hash { get; private set; } = "";
}
