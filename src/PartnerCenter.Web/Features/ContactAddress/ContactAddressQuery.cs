using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Preferences;

namespace PartnerCenter.Web.Features.ContactAddress;

/// <summary>Reads how it stands with the address for a member's mail.</summary>
public sealed class ContactAddressQuery(PartnerCenterDb db, TimeProvider time)
{
    public async Task<ContactAddressPage> ReadAsync(Member member, ContactAddressForm form, CancellationToken cancellation)
    {
        var id = member.Membership.Id;
        var membership = await db.Memberships.AsNoTracking()
            .Include(membership => membership.Person)
            .SingleAsync(membership => membership.Id == id, cancellation);
        var contact = ContactStanding.Of(membership, time.GetUtcNow().UtcDateTime);
        var latest = await db.OutboxMails
            .Where(mail => mail.MembershipId == id && mail.ContactVerificationId != null)
            .OrderByDescending(mail => mail.Id)
            .Select(mail => new LatestMailRow(mail.State, mail.QueuedAt))
            .FirstOrDefaultAsync(cancellation);
        return new ContactAddressPage(
            contact,
            membership.Person.SignInAddress,
            contact.IsSignIn && membership.SignInAddressChosenAt is not null && !contact.IsWaiting,
            contact.IsWaiting ? latest : null,
            form);
    }
}
