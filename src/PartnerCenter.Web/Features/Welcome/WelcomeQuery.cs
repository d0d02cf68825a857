using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Preferences;

namespace PartnerCenter.Web.Features.Welcome;

/// <summary>Reads what the page of the first visit asks for.</summary>
public sealed class WelcomeQuery(PartnerCenterDb db, TimeProvider time)
{
    public async Task<WelcomePage> ReadAsync(Member member, CancellationToken cancellation, WelcomeForm? typed = null)
    {
        var membership = await MembershipAsync(member, cancellation);
        var contact = ContactStanding.Of(membership, time.GetUtcNow().UtcDateTime);
        var form = typed;
        if (form is null)
        {
            form = MailChoicesForm.From<WelcomeForm>(membership, member.ExistingWorkspaces);
            (form.UsesOther, form.Address) = contact.IsSignIn && !contact.IsWaiting ? (false, null) : (true, contact.About);
        }

        return new WelcomePage(form, member.ExistingWorkspaces, contact, membership.Person.SignInAddress);
    }

    /// <summary>The membership with its choices.</summary>
    public Task<Membership> MembershipAsync(Member member, CancellationToken cancellation) => db.Memberships
        .Include(membership => membership.Person)
        .Include(membership => membership.OptOuts)
        .SingleAsync(membership => membership.Id == member.Membership.Id, cancellation);
}
