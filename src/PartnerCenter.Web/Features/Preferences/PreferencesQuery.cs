using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Preferences;

namespace PartnerCenter.Web.Features.Preferences;

/// <summary>Reads My Preferences.</summary>
public sealed class PreferencesQuery(PartnerCenterDb db, TimeProvider time)
{
    public async Task<PreferencesPage> ReadAsync(Member member, CancellationToken cancellation, MailChoicesForm? typed = null)
    {
        var membership = await MembershipAsync(member, cancellation);
        return new PreferencesPage(
            new MailChoices(typed ?? MailChoicesForm.From<MailChoicesForm>(membership, member.ExistingWorkspaces), member.ExistingWorkspaces),
            ContactStanding.Of(membership, time.GetUtcNow().UtcDateTime));
    }

    /// <summary>The membership with its choices.</summary>
    public Task<Membership> MembershipAsync(Member member, CancellationToken cancellation) => db.Memberships
        .Include(membership => membership.Person)
        .Include(membership => membership.OptOuts)
        .SingleAsync(membership => membership.Id == member.Membership.Id, cancellation);
}
