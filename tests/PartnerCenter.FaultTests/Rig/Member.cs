namespace PartnerCenter.FaultTests.Rig;

/// <summary>
/// A member as the test knows them, without asking the portal: what was true when, written down by whoever changed it. All but the last
/// two never changes here.
/// </summary>
/// <param name="Id">The membership.</param>
/// <param name="SignIn">The address with which the person signs in.</param>
/// <param name="IsAddressed">Whether they held the role that is addressed, when it was published.</param>
internal sealed record Member(int Id, string SignIn, bool IsAddressed)
{
    /// <summary>Whether they do not want promotional mail, from the start.</summary>
    public bool DeclinesPromotions { get; init; }

    /// <summary>Whether they may not sign in, from the start.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>The confirmed address for mail, from the start.</summary>
    public string? Contact { get; init; }

    /// <summary>What happened to them later, at most one thing each.</summary>
    public MemberChange? Change { get; set; }
}

/// <summary>Something that changes who may be written to.</summary>
/// <param name="What">What it is.</param>
/// <param name="Before">When the database was asked to write it down, in UTC: until then it was surely not so.</param>
/// <param name="After">When the database had written it down, in UTC: from then on it was surely so.</param>
internal sealed record MemberChange(Change What, DateTime Before, DateTime After);

internal enum Change
{
    OptsOutOfPromotions,
    LosesTheRole,
    IsDisabled,
    ConfirmsAnotherAddress,
}
