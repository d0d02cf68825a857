namespace PartnerCenter.Domain.Communications;

/// <summary>What a communication is. What follows from it stands in <see cref="CommunicationPolicy"/>.</summary>
/// <remarks>The numbers are stored as a sort and filter key of <see cref="CommunicationTarget"/>: they never change.</remarks>
public enum CommunicationKind
{
    /// <summary>Must be completed by its due date.</summary>
    MandatoryAction = 1,

    /// <summary>Should be completed, for the partner's own good.</summary>
    RecommendedAction = 2,

    /// <summary>Tells how something stands that the partner is engaged in.</summary>
    TransactionalNotification = 3,

    /// <summary>Tells of something that may be of interest.</summary>
    PromotionalNotification = 4,

    /// <summary>Mail about the person's own account (verification, invitation, role change, decision on a request); never shown in the portal.</summary>
    AccountMail = 5,
}
