namespace PartnerCenter.FaultTests.Rig;

/// <summary>
/// Who may be written to at which address, told a second time and otherwise: from the history of a member and in plain conditions, so that
/// it agrees with the portal's own table only if both are right.
/// </summary>
internal static class RuleOracle
{
    /// <summary>Between the last gate and the first word to the relay a change may slip through.</summary>
    private static readonly TimeSpan Slip = TimeSpan.FromSeconds(2);

    public static string ConfirmedAddressOf(int membership) => $"confirmed-{membership}@fault.example";

    /// <summary>What is wrong with a mail that went out; null if nothing is.</summary>
    /// <param name="member">To whom.</param>
    /// <param name="address">Where it went.</param>
    /// <param name="isPromotional">Whether nobody has to get it.</param>
    /// <param name="at">When it was announced to the relay.</param>
    public static string? Objection(Member member, string address, bool isPromotional, DateTime at)
    {
        if (!member.IsAddressed)
            return "is not addressed";
        if (member.IsDisabled)
            return "may not sign in";
        if (isPromotional && member.DeclinesPromotions)
            return "wants no promotions";

        var (isSurely, mayBe) = member.Change is { } change ? (at > change.After + Slip, at >= change.Before) : (false, false);
        var what = member.Change?.What;
        if (isSurely && what == Change.IsDisabled)
            return "may not sign in any more";
        if (isSurely && what == Change.LosesTheRole)
            return "has lost the role";
        if (isSurely && isPromotional && what == Change.OptsOutOfPromotions)
            return "wants no promotions any more";

        var before = member.Contact ?? member.SignIn;
        var after = what == Change.ConfirmsAnotherAddress ? ConfirmedAddressOf(member.Id) : before;
        var isRight = isSurely ? address == after : address == before || (mayBe && address == after);
        return isRight ? null : $"is not reached at {address}";
    }

    /// <summary>Whether a mail has to go out, whatever happens meanwhile; null if that depends on the moment.</summary>
    public static bool? HasToGo(Member member, bool isPromotional)
    {
        if (!member.IsAddressed || member.IsDisabled || (isPromotional && member.DeclinesPromotions))
            return false;
        return member.Change?.What switch
        {
            null or Change.ConfirmsAnotherAddress => true,
            Change.OptsOutOfPromotions when !isPromotional => true,
            _ => null,
        };
    }
}
