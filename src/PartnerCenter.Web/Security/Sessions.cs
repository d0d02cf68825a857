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

    /// <summary>Signs a person in with a new session id, so that an id somebody planted before is worth nothing.</summary>
    public async Task StartAsync(Person person)
    {
        var now = time.GetUtcNow();
        var id = Secret.Create();
        db.Add(new SignInSession(id, person, now.UtcDateTime));
        await db.SaveChangesAsync();
        SessionCookie.Write(Context, id, now + SignInSession.Longest);
        BrowserChoice.Language.Write(Context.Response, person.Language);
    }

    /// <summary>Signs out: the row goes, so a copy of the cookie opens nothing either. What the browser has fetched ahead goes, too.</summary>
    public async Task EndAsync()
    {
        if (SessionCookie.Read(Context.Request) is { Length: > 0 } id
            && await db.Sessions.SingleOrDefaultAsync(session => session.IdHash == Secret.Hash(id)) is { } session)
        {
            db.Remove(session);
            await db.SaveChangesAsync();
        }

        SessionCookie.Delete(Context);
        Context.Response.Headers["Clear-Site-Data"] = "\"prefetchCache\"";
    }
}
