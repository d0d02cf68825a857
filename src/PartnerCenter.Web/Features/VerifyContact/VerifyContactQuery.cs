using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Preferences;

namespace PartnerCenter.Web.Features.VerifyContact;

/// <summary>Finds what a link asks to confirm.</summary>
public sealed class VerifyContactQuery(PartnerCenterDb db, TimeProvider time)
{
    /// <returns>Null if there is no such link, or if it was sent for somebody else.</returns>
    public async Task<VerifyContactPage?> ReadAsync(Person person, string token, CancellationToken cancellation)
    {
        var (hash, now) = (Secret.Hash(token), time.GetUtcNow().UtcDateTime);
        var found = await (
            from verification in db.ContactVerifications.AsNoTracking()
            where verification.TokenHash == hash
            join membership in db.Memberships.ActiveAt(now) on verification.MembershipId equals membership.Id
            where membership.PersonId == person.Id
            select new { Verification = verification, membership.Organization })
            .SingleOrDefaultAsync(cancellation);
        return found is null
            ? null
            : new VerifyContactPage(
                token,
                found.Verification.MembershipId,
                found.Organization.Id,
                found.Organization.Key,
                found.Organization.Name,
                found.Verification.Address,
                found.Verification.State == VerificationState.Confirmed,
                found.Verification.MayConfirmAt(now));
    }
}
