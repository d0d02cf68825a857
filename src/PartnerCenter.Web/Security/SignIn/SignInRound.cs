using Microsoft.AspNetCore.Authentication;
using PartnerCenter.Domain.Access;

namespace PartnerCenter.Web.Security.SignIn;

/// <summary>What a visitor wants of one round to an identity provider. It travels sealed in the state and comes back with the answer.</summary>
public sealed record SignInRound
{
    private const string JoinItem = "join";
    private const string TenantItem = "tenant";
    private const string AgainItem = "again";
    private const string HintItem = "hint";
    private const string ChooseItem = "choose";
    private const string ConnectItem = "connect";

    /// <summary>The key of the provider.</summary>
    public required string Provider { get; init; }

    /// <summary>The token of a <see cref="JoinLink"/>; null if they have not come by one.</summary>
    public string? JoinToken { get; init; }

    /// <summary>The only tenant of Entra ID from which an account is taken; null for any that is trusted.</summary>
    public string? Tenant { get; init; }

    /// <summary>
    /// The hash of the id of a session: an account that is new is connected to its person, if it lasts until then. Null if none is to be
    /// connected.
    /// </summary>
    public string? ConnectsTo { get; init; }

    /// <summary>Whether the provider must ask them anew who they are, also if they are signed in there.</summary>
    public bool MustProveAgain { get; init; }

    /// <summary>Whether the provider must let them choose an account, also if it knows one already.</summary>
    public bool MustChoose { get; init; }

    /// <summary>Whom the provider should suggest; null for nobody.</summary>
    public string? Hint { get; init; }

    /// <param name="returnTo">A path of the portal to go to afterwards.</param>
    internal AuthenticationProperties ToProperties(string returnTo)
    {
        var properties = new AuthenticationProperties { RedirectUri = returnTo };
        Add(JoinItem, JoinToken);
        Add(TenantItem, Tenant);
        Add(HintItem, Hint);
        Add(ConnectItem, ConnectsTo);
        Add(AgainItem, MustProveAgain ? AgainItem : null);
        Add(ChooseItem, MustChoose ? ChooseItem : null);
        return properties;

        void Add(string item, string? value)
        {
            if (value is not null)
                properties.Items[item] = value;
        }
    }

    internal static SignInRound From(AuthenticationProperties properties, string provider)
    {
        return new SignInRound
        {
            Provider = provider,
            JoinToken = Read(JoinItem),
            Tenant = Read(TenantItem),
            Hint = Read(HintItem),
            ConnectsTo = Read(ConnectItem),
            MustProveAgain = Read(AgainItem) is not null,
            MustChoose = Read(ChooseItem) is not null,
        };

        string? Read(string item) => properties.Items.TryGetValue(item, out var value) ? value : null;
    }

    /// <summary>What is asked of the provider beyond the usual (OpenID Connect Core 1.0, section 3.1.2.1).</summary>
    internal IEnumerable<KeyValuePair<string, string?>> Wishes()
    {
        // Whoever is asked for a limit must say when somebody last proved who they are.
        yield return new("max_age", MustProveAgain ? "0" : $"{(int)SignInSession.Longest.TotalSeconds}");
        if (MustProveAgain)
            yield return new("prompt", "login");
        else if (MustChoose)
            yield return new("prompt", "select_account");

        if (Hint is not null)
            yield return new("login_hint", Hint);
    }
}
