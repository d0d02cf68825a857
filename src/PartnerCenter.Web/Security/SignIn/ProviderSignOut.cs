using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using PartnerCenter.Domain.Access;
using PartnerCenter.Mail.Dispatch;

namespace PartnerCenter.Web.Security.SignIn;

/// <summary>Where somebody who signs out here signs out at their provider, too (OpenID Connect RP-Initiated Logout 1.0).</summary>
public sealed class ProviderSignOut(SignInProviders providers, IOptionsMonitor<OpenIdOptions> options, PortalAddress portal)
{
    /// <param name="proof">What stays of the round to the provider.</param>
    /// <returns>The address, which leads back to the start page; null where there is none, or the provider is away.</returns>
    public async Task<Uri?> FindAsync(ProviderProof? proof)
    {
        if (proof is null || providers.Find(proof.Provider) is not { } provider || await EndpointAsync(provider) is not { } endpoint)
            return null;

        var query = new Dictionary<string, string?>
        {
            ["client_id"] = provider.ClientId,
            ["post_logout_redirect_uri"] = portal.PublicUrl.AbsoluteUri,
        };
        if (proof.SignOutHint is { } hint)
            query["logout_hint"] = hint;
        return new Uri(QueryHelpers.AddQueryString(endpoint.AbsoluteUri, query));
    }

    // The policy of our pages lets forms lead to the origin of the provider and nowhere else.
    private async Task<Uri?> EndpointAsync(SignInProvider provider)
    {
        try
        {
            var document = await options.Get(provider.Scheme).Documents.ReadAsync();
            return document.EndSessionEndpoint is { } endpoint && endpoint.GetLeftPart(UriPartial.Authority) == provider.Origin ? endpoint : null;
        }
        catch (SignInRefusedException)
        {
            return null;
        }
    }
}
