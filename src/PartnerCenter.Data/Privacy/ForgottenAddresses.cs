using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Data.Privacy;

/// <summary>Erasing somebody must not bring back the mail that they had turned off, or that nobody takes, when they come back.</summary>
public static class ForgottenAddresses
{
    /// <summary>Turns off for members whom nobody knew until now what is known to be unwanted under their address.</summary>
    public static async Task RememberForgottenAsync(
        this PartnerCenterDb db, IReadOnlyCollection<Membership> newcomers, DateTime now, CancellationToken cancellation = default)
    {
        var members = newcomers.ToLookup(member => ForgottenAddress.HashOf(member.Person.SignInAddress));
        foreach (var some in members.Select(member => member.Key).Chunk(OrganizationChange.MostParameters))
        {
            foreach (var address in await db.ForgottenAddresses.AsNoTracking().Where(row => some.Contains(row.AddressHash)).ToListAsync(cancellation))
            {
                foreach (var member in members[address.AddressHash])
                    Remember(address, member, now);
            }
        }
    }

    private static void Remember(ForgottenAddress address, Membership member, DateTime now)
    {
        if (address.Objects)
            member.Complain(now);
        if (address.RefusesMail)
            member.Person.RefuseMail(member.Person.SignInAddress, now);
    }
}
