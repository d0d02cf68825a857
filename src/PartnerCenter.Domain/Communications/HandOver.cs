namespace PartnerCenter.Domain.Communications;

/// <summary>An action of an organization that one member asked a colleague to do. Of each action there is at most one at a time.</summary>
public sealed class HandOver
{
    private HandOver()
    {
    }

    /// <param name="communicationId">Which action.</param>
    /// <param name="organizationId">In which organization.</param>
    /// <param name="fromMembershipId">Who asks.</param>
    /// <param name="toMembershipId">Who is asked; somebody who sees the action themselves.</param>
    /// <param name="now">The time in UTC.</param>
    public HandOver(long communicationId, int organizationId, int fromMembershipId, int toMembershipId, DateTime now)
    {
        CommunicationId = communicationId;
        OrganizationId = organizationId;
        FromMembershipId = fromMembershipId;
        ToMembershipId = toMembershipId;
        OfferedAt = now;
    }

    public long CommunicationId { get; private set; }

    public int OrganizationId { get; private set; }

    public int FromMembershipId { get; private set; }

    public int ToMembershipId { get; private set; }

    public DateTime OfferedAt { get; private set; }

    /// <summary>When the colleague said yes; null while they have not answered.</summary>
    public DateTime? AcceptedAt { get; private set; }

    public int Version { get; private set; }

    /// <summary>How a member of the organization stands to it.</summary>
    public HandOverSide SideOf(int membershipId) => membershipId switch
    {
        _ when membershipId == FromMembershipId => HandOverSide.Giver,
        _ when membershipId != ToMembershipId => HandOverSide.Onlooker,
        _ => AcceptedAt is null ? HandOverSide.Asked : HandOverSide.Taker,
    };

    /// <summary>The other one of the two between whom it is.</summary>
    public int OtherThan(int membershipId) => membershipId == FromMembershipId ? ToMembershipId : FromMembershipId;

    /// <summary>The colleague takes it on.</summary>
    public void Accept(DateTime now) => AcceptedAt ??= now;
}
