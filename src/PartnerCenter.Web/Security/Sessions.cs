using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Web.Shell;

namespace PartnerCenter.Web.Security;

/// <summary>Starts and ends sessions. Whatever establishes who somebody is, the demo or an identity provider, ends here.</summary>
public sealed class Sessions(PartnerCenterDb db, IHttpContextAccessor http, TimeProvider time)
{
    private HttpContext Context => http.HttpContext ?? throw new InvalidOperationException("There is no request.");

    /// <summary>
    /// Signs a person in with a new session id, so that an id somebody planted before is worth nothing. The session that the browser had
    /// until then ends, whoever's it was, and nothing of it goes over to the new one.
    /// </summary>
    /// <param name="person">Who it is.</param>
    /// <param name="proof">What an identity provider said; null where none was asked.</param>
    public async Task StartAsync(Person person, ProviderProof? proof = null)
    {
        var now = time.GetUtcNow();
        var id = Secret.Create();
        db.Add(new SignInSession(id, person, now.UtcDateTime, proof, OriginOf(Context)));
        await db.SaveChangesAsync();
        await RemoveAsync();
        SessionCookie.Write(Context, id, now + SignInSession.Longest);
        BrowserChoice.Language.Write(Context.Response, person.Language);
    }

    /// <summary>Ends the sessions that began with this session of a provider. One that is not known ends nothing.</summary>
    public async Task EndAtProviderAsync(string provider, string? session, CancellationToken cancellation)
    {
        if (session is not { Length: > 0 and <= ProviderProof.Longest })
            return;

        db.RemoveRange(await db.Sessions.Where(mine => mine.ProviderSession == session && mine.Provider == provider).ToListAsync(cancellation));
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Signs out: the row goes, so a copy of the cookie opens nothing either. What the browser has fetched ahead goes, too.</summary>
    /// <returns>What an identity provider had said, so that one can sign out there, too; null where none was asked.</returns>
    public async Task<ProviderProof?> EndAsync()
    {
        var proof = (await RemoveAsync())?.Proof;
        SessionCookie.Delete(Context);
        Context.Response.Headers["Clear-Site-Data"] = "\"prefetchCache\"";
        return proof;
    }

    private static SessionOrigin OriginOf(HttpContext context)
    {
        var (browser, system) = BrowserTable.Recognize(context.Request.Headers.UserAgent.ToString());
        return new SessionOrigin(browser, system, NetworkAddress.Mask(context.Connection.RemoteIpAddress));
    }

    private async Task<SignInSession?> RemoveAsync()
    {
        if (SessionCookie.Read(Context.Request) is not { Length: > 0 } id
            || await db.Sessions.SingleOrDefaultAsync(session => session.IdHash == Secret.Hash(id)) is not { } session)
            return null;

        db.Remove(session);
        try
        {
            await db.SaveChangesAsync();
        }
        catch (DbUpdateConcurrencyException)
        {
            // Another request ended it at the same instant.
            db.Entry(session).State = EntityState.Detached;
        }

        return session;
    }
}
