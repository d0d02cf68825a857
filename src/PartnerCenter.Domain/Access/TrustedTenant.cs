using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Domain.Access;

/// <summary>
/// A tenant at Entra ID whose word about its people is taken. Anybody can have a tenant and call people there as they like, so the word
/// of any other counts for nothing.
/// </summary>
public sealed class TrustedTenant
{
    private TrustedTenant()
    {
    }

    /// <param name="tenant">Its id, a GUID.</param>
    /// <param name="organization">Whose tenant it is; null for that of the company that runs the program.</param>
    /// <param name="now">The time in UTC.</param>
    public TrustedTenant(Guid tenant, Organization? organization, DateTime now)
    {
        Tenant = IdOf(tenant);
        Organization = organization;
        TrustedAt = now;
    }

    /// <summary>The id as tokens write it: 36 lower-case letters, digits and hyphens.</summary>
    public string Tenant { get; private set; } = "";

    public int? OrganizationId { get; private set; }

    public Organization? Organization { get; private set; }

    public DateTime TrustedAt { get; private set; }

    /// <summary>Whether people of the tenant whom nobody invited become members without a role, who can ask for access.</summary>
    public bool AdmitsStrangers { get; private set; }

    /// <summary>Whether people may come who are guests in the tenant.</summary>
    public bool AdmitsGuests { get; private set; }

    public int Version { get; private set; }

    /// <summary>The id as it is kept in <see cref="Tenant"/>.</summary>
    public static string IdOf(Guid tenant) => $"{tenant:D}";

    /// <summary>Decides who may come. Of a tenant that belongs to no organization nobody can become a member.</summary>
    public void Admit(bool strangers, bool guests) => (AdmitsStrangers, AdmitsGuests) = (strangers && (OrganizationId is not null || Organization is not null), guests);
}
