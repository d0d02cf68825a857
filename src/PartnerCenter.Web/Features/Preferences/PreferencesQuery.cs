using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Web.Security;

namespace PartnerCenter.Web.Features.Preferences;

/// <summary>Reads My Preferences.</summary>
public sealed class PreferencesQuery(PartnerCenterDb db)
{
    public async Task<PreferencesPage> ReadAsync(Member member, CancellationToken cancellation)
    {
        var membership = await MembershipAsync(member, cancellation);
        return new PreferencesPage(
            PreferencesForm.From(membership, member.ExistingWorkspaces),
            membership.ContactAddress ?? member.Person.SignInAddress,
            member.ExistingWorkspaces);
    }

    /// <summary>The membership with its choices.</summary>
    public Task<Membership> MembershipAsync(Member member, CancellationToken cancellation) => db.Memberships
        .Include(membership => membership.OptOuts)
        .SingleAsync(membership => membership.Id == member.Membership.Id, cancellation);
}
