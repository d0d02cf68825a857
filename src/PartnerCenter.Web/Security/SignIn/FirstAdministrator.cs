using PartnerCenter.Web.Hosting;

namespace PartnerCenter.Web.Security.SignIn;

/// <summary>
/// Who may enter an organization as its administrator while no other administrator can sign in: <c>SignIn:FirstAdministrators</c>. Whoever
/// runs the machine knows the account; nobody has to be believed who only says so.
/// </summary>
/// <param name="Organization">The key of the organization.</param>
/// <param name="Provider">The key of the provider.</param>
/// <param name="Tenant">The tenant at Entra ID; null at other providers.</param>
/// <param name="Subject">The object id at Entra ID, the <c>sub</c> elsewhere.</param>
public sealed record FirstAdministrator(string Organization, string Provider, string? Tenant, string Subject)
{
    public bool Names(ProvenIdentity identity, string provider) =>
        provider == Provider && identity.Subject == Subject && identity.Tenant == Tenant;

    /// <exception cref="StartupException">It names no account.</exception>
    internal static FirstAdministrator Read(IConfigurationSection section, IReadOnlyList<SignInProvider> providers)
    {
        if (providers.FirstOrDefault(provider => provider.Key == section["Provider"]) is not { } found)
            throw new StartupException($"{section.Path}:Provider is '{section["Provider"]}'; it must be the key of one of SignIn:Providers.");
        if (section["Subject"] is not { Length: > 0 } subject)
            throw new StartupException($"{section.Path}:Subject is missing: the object id of the account at Entra ID, its sub elsewhere.");
        if (!found.IsEntra)
            return new FirstAdministrator(section.Key, found.Key, null, subject);

        return Guid.TryParseExact(section["Tenant"], "D", out var tenant) && Guid.TryParseExact(subject, "D", out var account)
            ? new FirstAdministrator(section.Key, found.Key, $"{tenant:D}", $"{account:D}")
            : throw new StartupException($"{section.Path} must name Tenant and Subject by their ids, which are GUIDs.");
    }
}
