using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Preferences;

namespace PartnerCenter.Domain.Organizations;

/// <summary>One person in one organization. It holds the roles, the preferences and whatever else is "mine here".</summary>
public sealed class Membership
{
    private Membership()
    {
    }

    public Membership(Organization organization, Person person, DateTime now)
    {
        Organization = organization;
        Person = person;
        EmailLanguage = person.Language;
        JoinedAt = now;
    }

    public int Id { get; private set; }

    public int OrganizationId { get; private set; }

    public Organization Organization { get; private set; } = null!;

    public int PersonId { get; private set; }

    public Person Person { get; private set; } = null!;

    public DateTime JoinedAt { get; private set; }

    public bool IsInactive { get; private set; }

    /// <summary>Comes from outside the organization.</summary>
    public bool IsGuest { get; private set; }

    public string? JobTitle { get; private set; }

    /// <summary>The language of mails to this member; the pages follow <see cref="Person.Language"/>.</summary>
    public string EmailLanguage { get; private set; } = Languages.Default;

    /// <summary>Where mail goes instead of the sign-in address, once it is verified.</summary>
    public string? ContactAddress { get; private set; }

    public ContactState ContactState { get; private set; }

    /// <summary>Everything that reached this member directly is read up to and including this communication.</summary>
    public long ReadUpTo { get; private set; }

    public int Version { get; private set; }

    public List<RoleAssignment> Roles { get; private set; } = [];

    public List<OptOut> OptOuts { get; private set; } = [];

    /// <summary>Grants a role.</summary>
    /// <param name="role">The role.</param>
    /// <param name="grantedBy">The name of who grants it, as it will be shown.</param>
    /// <param name="now">The time in UTC.</param>
    /// <param name="location">Where the role counts; null means in the entire organization.</param>
    /// <param name="endsAt">When it ends, in UTC; null means that it stays.</param>
    /// <exception cref="ArgumentException">The role cannot be granted, or not for one location.</exception>
    public RoleAssignment Grant(Role role, string grantedBy, DateTime now, Location? location = null, DateTime? endsAt = null)
    {
        if (role.Family == RoleFamily.Everyone)
            throw new ArgumentException($"Every member has {role.Key}; nobody grants it.", nameof(role));
        if (location is not null && !role.ByLocation)
            throw new ArgumentException($"{role.Key} counts in the entire organization.", nameof(location));

        var assignment = new RoleAssignment(role.Key, grantedBy, now, location, endsAt);
        Roles.Add(assignment);
        return assignment;
    }

    public void Revoke(RoleAssignment assignment) => Roles.Remove(assignment);

    /// <summary>Marks everything that this member can see now as read.</summary>
    /// <param name="newest">The newest communication that the member can see.</param>
    public void MarkAllRead(long newest)
    {
        ReadUpTo = Math.Max(ReadUpTo, newest);
        foreach (var assignment in Roles)
            assignment.MarkAllRead(newest);
    }

    public void BecomeGuest() => IsGuest = true;

    public void Deactivate() => IsInactive = true;

    public void DescribeAs(string? jobTitle, string emailLanguage)
    {
        JobTitle = string.IsNullOrWhiteSpace(jobTitle) ? null : jobTitle.Trim();
        EmailLanguage = emailLanguage;
    }

    /// <summary>Sends mail to an address that the member has shown to be theirs.</summary>
    public void UseVerifiedContact(string address)
    {
        ContactAddress = address;
        ContactState = ContactState.Verified;
    }
}

/// <summary>What is known of a member's contact address.</summary>
public enum ContactState
{
    /// <summary>None was given: mail goes to the sign-in address.</summary>
    None,

    Verified,

    /// <summary>The receiver refused it for good: mail goes to the sign-in address until it is mended.</summary>
    Bounced,
}
