using static PartnerCenter.Domain.Organizations.MembershipStatus;

namespace PartnerCenter.Domain.Organizations;

/// <summary>The table of what can be done with a membership as it stands. Pages and verbs both ask it.</summary>
public static class MembershipPolicy
{
    /// <summary>How long an invitation can be accepted.</summary>
    public static readonly TimeSpan InvitationLasts = TimeSpan.FromDays(14);

    /// <summary>How long somebody who was removed can be brought back as they were.</summary>
    public static readonly TimeSpan RestorableFor = TimeSpan.FromDays(30);

    private static readonly Dictionary<MembershipVerb, IReadOnlyList<MembershipStatus>> Table = new()
    {
        [MembershipVerb.Invite] = [Removed],
        [MembershipVerb.Accept] = [Invited],
        [MembershipVerb.Resend] = [Invited],
        [MembershipVerb.Withdraw] = [Invited],
        [MembershipVerb.ChangeRoles] = [Active, Invited, Disabled],
        [MembershipVerb.Disable] = [Active],
        [MembershipVerb.Enable] = [Disabled],
        [MembershipVerb.Remove] = [Active, Disabled],
        [MembershipVerb.Restore] = [Removed],
        [MembershipVerb.Leave] = [Active],
    };

    // Whoever invites ten people at once needs to know of each what to do instead.
    private static readonly Dictionary<MembershipStatus, Reason> NotToInvite = new()
    {
        [Active] = Reasons.AlreadyMember,
        [Invited] = Reasons.AlreadyInvited,
        [Disabled] = Reasons.MemberIsBlocked,
    };

    /// <summary>Whether a membership that stands like this takes the verb.</summary>
    public static Verdict May(MembershipVerb verb, MembershipStatus status) =>
        Table[verb].Contains(status) ? Verdict.Allowed
        : verb == MembershipVerb.Invite ? Verdict.Refused(NotToInvite[status])
        : Verdict.Refused(Reasons.NotAsMembershipStands);
}

/// <summary>What can be done with a membership.</summary>
public enum MembershipVerb
{
    /// <summary>Ask somebody who is no member, or not any more.</summary>
    Invite,

    Accept,
    Resend,
    Withdraw,
    ChangeRoles,
    Disable,
    Enable,
    Remove,
    Restore,
    Leave,
}
