using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Web.Hosting;

/// <summary>
/// Hosts to which a link of a communication leads without a question: those that the operator names, and those of the systems that
/// workspaces lead to.
/// </summary>
public sealed class TrustedHosts
{
    /// <summary>The setting with the hosts, as <c>learn.example.com</c>, <c>*.example.com</c> for all below it, or <c>example.com:8443</c>.</summary>
    public const string Setting = "Portal:TrustedHosts";

    private const string AllBelow = "*.";

    private readonly HashSet<string> _hosts;
    private readonly string[] _endings;

    private TrustedHosts(IReadOnlyList<string> hosts)
    {
        _hosts = hosts.Where(host => !host.StartsWith(AllBelow, StringComparison.Ordinal)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        _endings = [.. hosts.Where(host => host.StartsWith(AllBelow, StringComparison.Ordinal)).Select(host => host[1..])];
    }

    /// <exception cref="StartupException">An entry is no host.</exception>
    public static TrustedHosts Read(IConfiguration configuration, WorkspaceCatalogue workspaces)
    {
        var named = SettingList.Read(configuration, Setting);
        if (named.FirstOrDefault(entry => !IsHost(entry)) is { } wrong)
            throw new StartupException($"{Setting} names '{wrong}'; it must name hosts, such as learn.example.com or *.example.com.");
        return new([.. named, .. workspaces.All.Select(workspace => workspace.WorkUrl).OfType<Uri>().Select(HostOf)]);
    }

    /// <param name="address">An https address, as <see cref="Domain.Communications.LinkPolicy.TryReadWeb"/> reads it.</param>
    public bool Contains(Uri address)
    {
        var host = HostOf(address);
        return _hosts.Contains(host) || Array.Exists(_endings, ending => host.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A host with its port where it is not the usual one.</summary>
    public static string HostOf(Uri address) => address.IsDefaultPort ? address.IdnHost : $"{address.IdnHost}:{address.Port}";

    // An ending must be somebody's: "*.com" would trust everybody.
    private static bool IsHost(string entry)
    {
        var host = entry.StartsWith(AllBelow, StringComparison.Ordinal) ? entry[AllBelow.Length..] : entry;
        return Uri.TryCreate($"https://{host}", UriKind.Absolute, out var address)
            && HostOf(address).Equals(host, StringComparison.OrdinalIgnoreCase)
            && (host.Length == entry.Length || address.IdnHost.Contains('.', StringComparison.Ordinal));
    }
}
