using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Access;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Web.Security.SignIn;
using PartnerCenter.Web.Security.SignIn.Local;

namespace PartnerCenter.Web.Features.Join;

/// <summary>Finds what the link of an invitation leads to.</summary>
public sealed class JoinQuery(PartnerCenterDb db, SignInProviders providers, LocalSignInSettings local, TimeProvider time)
{
    /// <param name="link">What the link says.</param>
    /// <param name="visitor">Who is signed in; null if nobody is.</param>
    /// <param name="token">The link as it came.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>Null for whoever has nothing to connect: the person themselves, and everybody where nobody signs in or an account is known.</returns>
    public async Task<JoinPage?> ReadAsync(JoinLink link, Person? visitor, string token, CancellationToken cancellation)
    {
        var isKnown = !await db.WithoutAccount().AnyAsync(person => person.Id == link.PersonId, cancellation);
        if ((providers.All.Count == 0 && !local.IsOn) || visitor?.Id == link.PersonId || isKnown)
            return null;

        var joining = await db.FindJoiningAsync(link, time.GetUtcNow().UtcDateTime, cancellation);
        var invited = await db.Memberships.AsNoTracking()
            .Where(membership => membership.Id == link.MembershipId)
            .Select(membership => new { membership.Organization.Name, membership.InvitedBy })
            .SingleOrDefaultAsync(cancellation);
        return joining is null
            ? new JoinPage(token, IsOver: true, null, null, null, visitor?.Name, [])
            : new JoinPage(token, IsOver: false, invited?.Name, invited?.InvitedBy, local.IsOn ? joining.SignInAddress : null, visitor?.Name, providers.All);
    }

    /// <returns>The page that the link is about, which asks for a sign-in where one is needed.</returns>
    public async Task<string> GoalOfAsync(JoinLink link, CancellationToken cancellation) =>
        await db.Memberships.Where(membership => membership.Id == link.MembershipId).Select(membership => membership.Organization.Key).SingleOrDefaultAsync(cancellation) is { } key
            ? $"/invitations/{key}"
            : "/";
}
