using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.StaticAssets;

namespace PartnerCenter.Web.Shell;

/// <summary>
/// The fingerprinted address of a file in <c>wwwroot</c>, which a browser may keep for ever. The framework offers it to Razor
/// components only.
/// </summary>
public sealed class AssetUrls(EndpointDataSource endpoints)
{
    private const string Folder = "js/";

    private readonly Lazy<Dictionary<string, string>> _byLabel = new(() => endpoints.Endpoints
        .Select(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>())
        .OfType<StaticAssetDescriptor>()
        .Select(asset => (Label: asset.Properties.FirstOrDefault(property => property.Name == "label")?.Value, asset.Route))
        .Where(asset => asset.Label is not null)
        .DistinctBy(asset => asset.Label)
        .ToDictionary(asset => asset.Label!, asset => asset.Route));

    private string? _version;

    public string this[string path] => "/" + _byLabel.Value.GetValueOrDefault(path, path);

    /// <summary>
    /// The addresses of all modules. They import each other by names, which know no fingerprints: so they stand side by side in a folder
    /// that has another name as soon as one of them is another.
    /// </summary>
    public IEnumerable<string> Modules => Labels.Select(label => Module(label[Folder.Length..]));

    // The compressed forms of a file have labels, too.
    private IEnumerable<string> Labels => _byLabel.Value.Keys
        .Where(label => label.StartsWith(Folder, StringComparison.Ordinal) && label.EndsWith(".js", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    private string Version => _version ??= Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(Labels.Select(label => this[label])))))[..10];

    /// <summary>The address of a module in that folder.</summary>
    public string Module(string file) => $"/{Folder}{Version}/{file}";

    /// <summary>The address of the file that is meant by one in that folder; null for every other address.</summary>
    public string? FileAt(string? address)
    {
        if (address?.Split('/') is not ["", "js", var version, { Length: > 0 } file])
            return null;

        // A page of another release asks for what it knows: it gets what there is, and must not keep it.
        return version == Version ? this[Folder + file] : $"/{Folder}{file}";
    }
}
