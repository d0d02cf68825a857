using System.Globalization;

namespace PartnerCenter.Domain.Communications;

/// <summary>
/// Who a communication is addressed to, as one key to seek by: a role in one organization, a role in all organizations, or one
/// membership.
/// </summary>
public readonly record struct Addressee
{
    private Addressee(string key) => Key = key;

    /// <summary>Such as <c>12/billing_admin</c>, <c>*/billing_admin</c> or <c>m/345</c>.</summary>
    public string Key { get; }

    /// <param name="role">The key of the role.</param>
    /// <param name="organizationId">The organization; null means all of them.</param>
    public static Addressee Role(string role, int? organizationId) =>
        new($"{organizationId?.ToString(CultureInfo.InvariantCulture) ?? "*"}/{role}");

    public static Addressee Member(int membershipId) => new(string.Create(CultureInfo.InvariantCulture, $"m/{membershipId}"));
}
