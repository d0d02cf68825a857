using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Mail.Dispatch;

namespace PartnerCenter.Web.Features.Unsubscribe;

/// <summary>Reads what an unsubscribe link is about.</summary>
public sealed class UnsubscribeQuery(PartnerCenterDb db, UnsubscribeLinks links, TimeProvider time)
{
    /// <returns>Null if the link was not made here, or for a member who is not there any more.</returns>
    public async Task<UnsubscribePage?> ReadAsync(string token, CancellationToken cancellation)
    {
        if (links.Read(token) is not { } what)
            return null;

        var member = await db.Memberships.AsNoTracking()
            .Include(membership => membership.Person)
            .Include(membership => membership.Organization)
            .Include(membership => membership.OptOuts)
            .SingleOrDefaultAsync(membership => membership.Id == what.MembershipId, cancellation);
        if (member is null)
            return null;

        var decided = member.FindOptOut(what.Kind, what.Workspace);
        var address = MailPolicy.AddressOf(member)?.Address ?? "";
        return new UnsubscribePage(
            token,
            what,
            member.Organization.Key,
            member.Organization.Name,
            MailAddressRule.Mask(address),
            decided is not null,
            what.Workspace is not null && member.FindOptOut(what.Kind, workspace: null) is not null,
            Unsubscription.MayUndo(decided, time.GetUtcNow().UtcDateTime));
    }
}
