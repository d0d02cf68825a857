using Microsoft.AspNetCore.Authentication;

namespace PartnerCenter.Web.Security.SignIn;

/// <summary>Why somebody who came back from an identity provider is not signed in. Each has a sentence on the page that they see.</summary>
public enum SignInRefusal
{
    /// <summary>They turned back at the provider.</summary>
    Cancelled,

    /// <summary>The answer belongs to no round that this browser began, or to one that is over.</summary>
    WrongRound,

    /// <summary>What the provider said about them cannot be believed.</summary>
    NotBelieved,

    /// <summary>The provider does not answer, or not in a way that can be read.</summary>
    ProviderAway,

    /// <summary>Their tenant at Entra ID is none that partners of this portal use.</summary>
    UnknownTenant,

    /// <summary>They are a guest in that tenant: their own tenant should say who they are.</summary>
    Guest,

    /// <summary>They came from another tenant than they had chosen.</summary>
    OtherTenant,

    /// <summary>The link of their invitation was used, has ended or was taken back.</summary>
    LinkOver,

    /// <summary>They followed a link for somebody else than their account belongs to.</summary>
    OtherAccount,

    /// <summary>They are new, and somebody else has the address that they go by.</summary>
    AddressTaken,

    /// <summary>They were to prove who they are anew, and the provider did not ask them.</summary>
    NotProvedAgain,

    /// <summary>Nobody here has this identity, or the person may not sign in; strangers are not told which.</summary>
    NoAccount,

    /// <summary>Outside Development a session goes over https only.</summary>
    NeedsHttps,
}

/// <summary>A sign-in that ends here.</summary>
/// <param name="reason">What the visitor is told.</param>
/// <param name="detail">What the log is told: words of ours, never anything that came from outside.</param>
/// <param name="cause">What lies behind it.</param>
public sealed class SignInRefusedException(SignInRefusal reason, string detail, Exception? cause = null) : Exception(detail, cause)
{
    public SignInRefusal Reason { get; } = reason;

    /// <summary>What a failed round comes down to; null for a fault that has nothing to do with the provider, such as the database's.</summary>
    public static SignInRefusedException? Explain(Exception? failure) => failure switch
    {
        SignInRefusedException refused => refused,
        HttpRequestException or TaskCanceledException => new(SignInRefusal.ProviderAway, "the provider cannot be reached in time", failure),
        System.Text.Json.JsonException => new(SignInRefusal.ProviderAway, "the provider's answer cannot be read", failure),
        AuthenticationFailureException => failure.Data["error"] switch
        {
            null => new(SignInRefusal.WrongRound, "state, correlation or code is missing or wrong", failure),
            "access_denied" => new(SignInRefusal.Cancelled, "the visitor or the provider said no", failure),
            "server_error" or "temporarily_unavailable" => new(SignInRefusal.ProviderAway, "the provider says that it is away", failure),
            _ => new(SignInRefusal.NotBelieved, "the provider answered with an error", failure),
        },
        _ => null,
    };
}

/// <summary>Tells the page of errors what became of a sign-in.</summary>
/// <param name="Reason">What the visitor is told.</param>
public sealed record SignInRefused(SignInRefusal Reason)
{
    /// <summary>Answers with the page that says why.</summary>
    public static void Answer(HttpContext context, SignInRefusal reason)
    {
        context.Features.Set(new SignInRefused(reason));
        context.Response.StatusCode = reason switch
        {
            SignInRefusal.ProviderAway => StatusCodes.Status503ServiceUnavailable,
            SignInRefusal.UnknownTenant or SignInRefusal.Guest or SignInRefusal.NoAccount or SignInRefusal.OtherAccount or SignInRefusal.AddressTaken
                => StatusCodes.Status403Forbidden,
            _ => StatusCodes.Status400BadRequest,
        };
    }
}
