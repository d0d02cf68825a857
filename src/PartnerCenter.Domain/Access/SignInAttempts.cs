namespace PartnerCenter.Domain.Access;

/// <summary>
/// How often somebody tried to sign in under a name without success, and until when no further try is looked at. It is kept for
/// every name that is tried, whether or not somebody goes by it: so nobody learns from it who has an account.
/// </summary>
public sealed class SignInAttempts
{
    private SignInAttempts()
    {
    }

    /// <param name="nameHash">The hash of the name (<see cref="HashOf"/>).</param>
    public SignInAttempts(string nameHash) => NameHash = nameHash;

    public string NameHash { get; private set; } = "";

    /// <summary>How many tries there were since the last success.</summary>
    public int Count { get; private set; }

    public DateTime LastAt { get; private set; }

    /// <summary>When the next try is looked at, in UTC.</summary>
    public DateTime NextAt { get; private set; }

    public int Version { get; private set; }

    /// <summary>The hash under which tries of a step are kept for a name.</summary>
    /// <param name="step">What is tried.</param>
    /// <param name="normalizedAddress">The name, normalized as that of a <see cref="Organizations.Person"/>.</param>
    public static string HashOf(SignInStep step, string normalizedAddress) => Secret.Hash($"{step}\n{normalizedAddress}");

    /// <summary>
    /// Counts a try before it is looked at, so that many at one instant are many. A success takes it all back. What is not looked at
    /// does not count.
    /// </summary>
    /// <returns>Whether it is looked at.</returns>
    public bool TryBegin(DateTime now)
    {
        if (now < NextAt)
            return false;

        if (Count > 0 && now - LastAt >= SignInDelay.Forgotten)
            Count = 0;
        Count++;
        LastAt = now;
        NextAt = now + SignInDelay.After(Count);
        return true;
    }
}

/// <summary>What somebody tries to guess.</summary>
public enum SignInStep
{
    Password,

    /// <summary>The code of the second step. Whoever gets this far knows the password, so this has a count of its own.</summary>
    Code,
}

/// <summary>How long a name rests after tries without success. It grows, and ends always: nobody is locked out for good.</summary>
public static class SignInDelay
{
    /// <summary>How many tries cost no time.</summary>
    public const int Free = 3;

    /// <summary>The longest a name rests.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>After this long without a try, the count begins anew.</summary>
    public static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);

    // 2^10 seconds are more than the longest.
    private const int MostDoublings = 10;

    /// <param name="failures">How many tries there were without success.</param>
    public static TimeSpan After(int failures)
    {
        if (failures <= Free)
            return TimeSpan.Zero;

        var delay = TimeSpan.FromSeconds(1 << Math.Min(failures - Free, MostDoublings));
        return delay < Longest ? delay : Longest;
    }
}
