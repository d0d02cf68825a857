using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Web.Security.SignIn;
using PartnerCenter.Web.Security.SignIn.Local;

namespace PartnerCenter.Web.Security;

/// <summary>
/// Lets somebody who is signed in prove once more who they are. Every way of signing in ends in <see cref="Sessions.StartAsync"/>: what
/// begins then is a session of whoever proved it, and has nothing of the one before.
/// </summary>
public sealed class ProofOfIdentity(Sessions sessions, SignInProviders providers, LocalSignInSettings local, CurrentUser user)
{
    /// <summary>Leads to the proof, and from there to an address of the portal.</summary>
    /// <param name="localUrl">Where to go afterwards; it must be local.</param>
    public async Task<IActionResult> AskAgainAsync(string localUrl)
    {
        var back = Uri.EscapeDataString(localUrl);
        if (user.Session?.Provider is { } provider && providers.Find(provider) is not null)
            return new LocalRedirectResult($"/sign-in/{provider}?again=true&returnUrl={back}");

        if (user.Session?.Provider == LocalSignInSettings.Key && local.IsOn)
            return new LocalRedirectResult($"/sign-in/{LocalSignInSettings.Key}?returnUrl={back}");

        // In the demo, by choosing who one is. The session ends before that, so that nobody goes back to it without the proof.
        await sessions.EndAsync();
        return new LocalRedirectResult($"/?returnUrl={back}");
    }
}
