using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PartnerCenter.BadInputs;

/// <summary>An identity provider on a port of this machine, for the ways that lead there and back: it describes itself, and vouches for nobody.</summary>
internal sealed class IdentityProvider : IAsyncDisposable
{
    /// <summary>Its name in the settings and addresses of the portal.</summary>
    public const string Key = "house-id";

    private readonly WebApplication _app;

    private IdentityProvider(WebApplication app) => (_app, Address) = (app, app.Urls.Single());

    public string Address { get; }

    /// <summary>Where the portal sends people.</summary>
    public string SignInPage => $"{Address}/authorize?";

    public static async Task<IdentityProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapGet("/.well-known/openid-configuration", (HttpRequest request) =>
        {
            var address = $"http://{request.Host}";
            return new Dictionary<string, string>
            {
                ["issuer"] = address,
                ["authorization_endpoint"] = $"{address}/authorize",
                ["token_endpoint"] = $"{address}/token",
                ["jwks_uri"] = $"{address}/keys",
            };
        });
        app.MapGet("/keys", () => new { keys = Array.Empty<object>() });
        app.MapPost("/token", () => Results.BadRequest());
        await app.StartAsync();
        return new IdentityProvider(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
