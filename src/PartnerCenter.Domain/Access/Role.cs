namespace PartnerCenter.Domain.Access;

/// <summary>What a member is, and therefore may do. Its name and description stand in the vocabulary under its key.</summary>
/// <param name="Key">A stable key such as <c>billing_admin</c>; it is stored and published, so it never changes.</param>
/// <param name="Family">The group it is shown in; who may grant a role depends on it.</param>
/// <param name="ByLocation">Whether a grant may be limited to one location of the organization.</param>
/// <param name="ForGuests">Whether somebody from outside the organization can have it.</param>
public sealed record Role(string Key, RoleFamily Family, bool ByLocation = false, bool ForGuests = true);

/// <summary>The families that roles come in.</summary>
public enum RoleFamily
{
    /// <summary>Roles that manage the organization itself: its people and its money.</summary>
    Directory,

    /// <summary>Roles that serve the organization's customers.</summary>
    CustomerService,

    /// <summary>Roles for one program or workspace.</summary>
    Program,

    /// <summary>Roles in a publisher account of the marketplace.</summary>
    Publisher,

    /// <summary>What every member has without anybody granting it.</summary>
    Everyone,
}
