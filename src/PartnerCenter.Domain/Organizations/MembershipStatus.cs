namespace PartnerCenter.Domain.Organizations;

/// <summary>How a membership stands. What can be done with it then stands in <see cref="MembershipPolicy"/>.</summary>
public enum MembershipStatus
{
    /// <summary>Signs in and works.</summary>
    Active,

    /// <summary>Was asked to join and has not answered yet.</summary>
    Invited,

    /// <summary>Kept out for now; roles and preferences stay.</summary>
    Disabled,

    /// <summary>Gone, by an administrator's or their own decision; can be brought back for <see cref="MembershipPolicy.RestorableFor"/>.</summary>
    Removed,
}
