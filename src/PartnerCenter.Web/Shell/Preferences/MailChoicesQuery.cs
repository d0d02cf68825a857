using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Web.Security;

namespace PartnerCenter.Web.Shell.Preferences;

/// <summary>Reads what a member has decided about mail, wherever a page asks for it.</summary>
public sealed class MailChoicesQuery(PartnerCenterDb db)
{
    /// <summary>The membership with its person and its choices.</summary>
    public Task<Membership> OfAsync(Member member, CancellationToken cancellation) => db.Memberships
        .Include(membership => membership.Person)
        .Include(membership => membership.OptOuts)
        .SingleAsync(membership => membership.Id == member.Membership.Id, cancellation);
}
