using PartnerCenter.Domain.Access;
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
        [MembershipVerb.EndSessions] = [Active],
    };

    // Whoever invites ten people at once needs to know of each what to do instead.
    private static readonly Dictionary<MembershipStatus, Reason> NotToInvite = new()
    {
        [Active] = Reasons.AlreadyMember,
        [Invited] = Reasons.AlreadyInvited,
        [Disabled] = Reasons.MemberIsBlocked,
    };

    // Who may not take every role from a member may not keep them out, let them in again, or sign them out.
    private static readonly MembershipVerb[] DecidesWhoIsIn =
        [MembershipVerb.Disable, MembershipVerb.Enable, MembershipVerb.Remove, MembershipVerb.Restore, MembershipVerb.EndSessions];

    private static readonly MembershipVerb[] KeepsOut = [MembershipVerb.Disable, MembershipVerb.Remove];

    /// <summary>Whether a membership that stands like this takes the verb.</summary>
    public static Verdict May(MembershipVerb verb, MembershipStatus status) =>
        Table[verb].Contains(status) ? Verdict.Allowed
        : verb == MembershipVerb.Invite ? Verdict.Refused(NotToInvite[status])
        : Verdict.Refused(Reasons.NotAsMembershipStands);

    /// <summary>Whether one member may do this to another as both are now. A change decides again, on fresh rows.</summary>
    /// <param name="verb">What would be done.</param>
    /// <param name="actor">Who would do it.</param>
    /// <param name="member">Whom it would be done to.</param>
    /// <param name="globalAdmins">The members of the organization with the role Global admin.</param>
    /// <param name="now">The time in UTC.</param>
    public static Verdict May(
        MembershipVerb verb, Membership actor, Membership member, IReadOnlyCollection<Membership> globalAdmins, DateTime now)
    {
        var stands = verb == MembershipVerb.Restore ? member.MayRestoreAt(now) : May(verb, member.Status);
        if (!stands.IsAllowed || !DecidesWhoIsIn.Contains(verb))
            return stands;
        if (GrantPolicy.MayKeepOut(actor, member, now) is { IsAllowed: false } refused)
            return refused;
        return KeepsOut.Contains(verb) && member.IsLastingGlobalAdmin && globalAdmins.Count(admin => admin.IsLastingGlobalAdmin) <= 1
            ? Verdict.Refused(Reasons.LastGlobalAdmin)
            : Verdict.Allowed;
    }
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

    /// <summary>Sign the member out everywhere.</summary>
    EndSessions,
}
