using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Domain.Preferences;

/// <summary>
/// One mail that asks whether an address is a member's own. Its link and its code are known here by their hashes only; what becomes of
/// it stands in <see cref="ContactPolicy"/>.
/// </summary>
public sealed class ContactVerification
{
    private ContactVerification()
    {
    }

    public ContactVerification(Membership membership, string address, ContactSecret secret, DateTime now)
    {
        MembershipId = membership.Id;
        Address = address;
        TokenHash = secret.TokenHash;
        CodeHash = secret.CodeHash;
        SentAt = now;
        ExpiresAt = now + ContactPolicy.Lasts;
    }

    public long Id { get; private set; }

    public int MembershipId { get; private set; }

    public string Address { get; private set; } = "";

    public string TokenHash { get; private set; } = "";

    public string CodeHash { get; private set; } = "";

    /// <summary>When the mail was asked for, in UTC.</summary>
    public DateTime SentAt { get; private set; }

    public DateTime ExpiresAt { get; private set; }

    public int WrongCodes { get; private set; }

    public VerificationState State { get; private set; }

    public int Version { get; private set; }

    public bool IsOpenAt(DateTime now) => MayConfirmAt(now).IsAllowed;

    public Verdict MayConfirmAt(DateTime now) => ContactPolicy.MayConfirm(State, ExpiresAt, now);

    /// <summary>The member followed the link.</summary>
    /// <exception cref="RuleViolationException">It was confirmed, replaced or cancelled, or it is too late.</exception>
    public void Confirm(DateTime now)
    {
        MayConfirmAt(now).Enforce();
        State = VerificationState.Confirmed;
    }

    /// <summary>The member typed a code. A wrong one is counted, so it has to be saved as well.</summary>
    /// <returns>Whether it was the right one.</returns>
    /// <exception cref="RuleViolationException">It was confirmed, replaced or cancelled, it is too late, or there were too many wrong codes.</exception>
    public bool TryConfirm(string code, DateTime now)
    {
        MayConfirmAt(now).Enforce();
        ContactPolicy.MayTry(WrongCodes).Enforce();
        if (ContactSecret.IsCode(code, TokenHash, CodeHash))
        {
            State = VerificationState.Confirmed;
            return true;
        }

        WrongCodes++;
        return false;
    }

    /// <summary>Another mail takes its place.</summary>
    public void Replace() => Close(VerificationState.Replaced);

    /// <summary>The member wants it no more.</summary>
    public void Cancel() => Close(VerificationState.Cancelled);

    private void Close(VerificationState state)
    {
        if (State == VerificationState.Open)
            State = state;
    }
}

/// <summary>What became of a mail that asks for a confirmation. Whether it is too late for it is a question of time and not stored.</summary>
public enum VerificationState
{
    Open,
    Confirmed,

    /// <summary>A later mail counts instead.</summary>
    Replaced,

    Cancelled,
}
