namespace PartnerCenter.Domain.Access;

/// <summary>
/// What a link says by which somebody connects the account that they sign in with to the person that was added here. Whoever has the
/// link can do that once: it counts only while the person has no account.
/// </summary>
/// <param name="PersonId">Who was added.</param>
/// <param name="MembershipId">The invitation that it came with, which must still wait for an answer; null for a link that a host command made.</param>
/// <param name="Until">When it ends, in UTC. That of an invitation ends with it, so that a newer invitation ends older links.</param>
public sealed record JoinLink(int PersonId, int? MembershipId, DateTime Until)
{
    /// <summary>How long a link lasts that a host command made.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(3);
}
