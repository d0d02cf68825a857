namespace PartnerCenter.Domain.Organizations;

/// <summary>That a member has a role: where it counts, who granted it, since when and until when.</summary>
public sealed class RoleAssignment
{
    private RoleAssignment()
    {
    }

    internal RoleAssignment(string role, string grantedBy, DateTime grantedAt, Location? location, DateTime? endsAt)
    {
        Role = role;
        GrantedBy = grantedBy;
        GrantedAt = grantedAt;
        Location = location;
        EndsAt = endsAt;
    }

    public int Id { get; private set; }

    public int MembershipId { get; private set; }

    /// <summary>The key of the role.</summary>
    public string Role { get; private set; } = "";

    public int? LocationId { get; private set; }

    /// <summary>Where the role counts; null means in the entire organization.</summary>
    public Location? Location { get; private set; }

    public string GrantedBy { get; private set; } = "";

    public DateTime GrantedAt { get; private set; }

    public DateTime? EndsAt { get; private set; }

    /// <summary>
    /// Everything that this role brought is read up to and including this communication. It starts at 0 with the grant, so that a
    /// role granted later makes its open communications unread.
    /// </summary>
    public long ReadUpTo { get; private set; }

    public bool CountsAt(DateTime now) => EndsAt is null || EndsAt > now;

    internal void MarkAllRead(long newest) => ReadUpTo = Math.Max(ReadUpTo, newest);
}
