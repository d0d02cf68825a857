using System.Text.RegularExpressions;

namespace PartnerCenter.Web.Features.Design;

/// <summary>Reads the tokens from the style sheet that has them, so that none is forgotten.</summary>
public sealed partial class DesignQuery(IWebHostEnvironment environment, TimeProvider time)
{
    private const string Sheet = "css/tokens.css";

    public async Task<DesignPage> ReadAsync(CancellationToken cancellation)
    {
        await using var file = environment.WebRootFileProvider.GetFileInfo(Sheet).CreateReadStream();
        using var reader = new StreamReader(file);
        var sheet = await reader.ReadToEndAsync(cancellation);

        // What follows the first block says it again for who chose something.
        var tokens = Token().Matches(sheet[..sheet.IndexOf('}', StringComparison.Ordinal)])
            .Select(token => new TokenRow(token.Groups["name"].Value, token.Groups["value"].Value))
            .ToLookup(token => token.IsColour);
        return new DesignPage([.. tokens[true]], [.. tokens[false]], time.GetUtcNow().UtcDateTime);
    }

    [GeneratedRegex("--(?<name>[a-z0-9-]+): (?<value>[^;]+);", RegexOptions.NonBacktracking)]
    private static partial Regex Token();
}
