using Microsoft.AspNetCore.Mvc;

namespace PartnerCenter.Web.Security;

/// <summary>
/// Lets somebody who is signed in prove once more who they are. Every way of signing in has its own, and each ends in
/// <see cref="Sessions.StartAsync"/>: what begins then is a session of whoever proved it, and has nothing of the one before.
/// </summary>
public interface IProofOfIdentity
{
    /// <summary>Leads to the proof, and from there to an address of the portal.</summary>
    /// <param name="localUrl">Where to go afterwards; it must be local.</param>
    Task<IActionResult> AskAgainAsync(string localUrl);
}

/// <summary>On the start page, by choosing who one is. The session ends before that, so that nobody goes back to it without the proof.</summary>
public sealed class ProofOnStartPage(Sessions sessions) : IProofOfIdentity
{
    public async Task<IActionResult> AskAgainAsync(string localUrl)
    {
        await sessions.EndAsync();
        return new LocalRedirectResult($"/?returnUrl={Uri.EscapeDataString(localUrl)}");
    }
}
