using System.Globalization;

namespace PartnerCenter.Domain.Communications;

/// <summary>That an action is done: for an organization, or for one member, as the communication says.</summary>
public sealed class Completion
{
    private Completion()
    {
    }

    private Completion(long communicationId, string completedFor, string completedBy, string? note, DateTime now)
    {
        CommunicationId = communicationId;
        CompletedFor = completedFor;
        CompletedBy = completedBy;
        Note = string.IsNullOrWhiteSpace(note) ? null : note.Trim();
        CompletedAt = now;
    }

    public long CommunicationId { get; private set; }

    /// <summary>For whom: <c>o/12</c> or <c>m/345</c>. Together with the communication it is unique, so that nothing is done twice.</summary>
    public string CompletedFor { get; private set; } = "";

    public string CompletedBy { get; private set; } = "";

    public DateTime CompletedAt { get; private set; }

    public string? Note { get; private set; }

    /// <exception cref="RuleViolationException">This is no action.</exception>
    public static Completion Of(Communication communication, Reader reader, string completedBy, string? note, DateTime now)
    {
        CommunicationPolicy.MayComplete(communication.Kind).Enforce();
        var completedFor = communication.Completion == CompletionScope.Organization
            ? ForOrganization(reader.OrganizationId)
            : ForMember(reader.MembershipId);
        return new Completion(communication.Id, completedFor, completedBy, note, now);
    }

    /// <summary>The portal saw by itself that an action of a whole organization is done.</summary>
    /// <exception cref="RuleViolationException">This is no action.</exception>
    public static Completion InOrganization(Communication communication, int organizationId, string completedBy, DateTime now)
    {
        CommunicationPolicy.MayComplete(communication.Kind).Enforce();
        return new Completion(communication.Id, ForOrganization(organizationId), completedBy, note: null, now);
    }

    public static string ForOrganization(int organizationId) => string.Create(CultureInfo.InvariantCulture, $"o/{organizationId}");

    public static string ForMember(int membershipId) => string.Create(CultureInfo.InvariantCulture, $"m/{membershipId}");
}
