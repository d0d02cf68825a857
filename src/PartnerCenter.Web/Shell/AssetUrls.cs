using Microsoft.AspNetCore.StaticAssets;

namespace PartnerCenter.Web.Shell;

/// <summary>
/// The fingerprinted address of a file in <c>wwwroot</c>, which a browser may keep for ever. The framework offers it to Razor
/// components only.
/// </summary>
public sealed class AssetUrls(EndpointDataSource endpoints)
{
    private readonly Lazy<Dictionary<string, string>> _byLabel = new(() => endpoints.Endpoints
        .Select(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>())
        .OfType<StaticAssetDescriptor>()
        .Select(asset => (Label: asset.Properties.FirstOrDefault(property => property.Name == "label")?.Value, asset.Route))
        .Where(asset => asset.Label is not null)
        .DistinctBy(asset => asset.Label)
        .ToDictionary(asset => asset.Label!, asset => asset.Route));

    public string this[string path] => "/" + _byLabel.Value.GetValueOrDefault(path, path);
}
