using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;

namespace PartnerCenter.Data.Preferences;

/// <summary>What follows when an address of a member refuses mail for good.</summary>
public static class Bounces
{
    /// <summary>
    /// Stops using the address, asks the member for another one, and tells the administrators if mail can't reach the member at all; each
    /// once. An address that is not in use any more changes nothing. The versions of membership and person see to it that of two mails
    /// that find out at one instant only one asks. Nothing is saved here.
    /// </summary>
    /// <param name="db">The database.</param>
    /// <param name="mail">The mail that was refused.</param>
    /// <param name="now">The time in UTC.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public static async Task NoteBounceAsync(this PartnerCenterDb db, OutboxMail mail, DateTime now, CancellationToken cancellation = default)
    {
        var member = await db.Memberships
            .Include(membership => membership.Organization)
            .Include(membership => membership.Person)
            .SingleAsync(membership => membership.Id == mail.MembershipId, cancellation);
        var isNews = mail.AddressSource switch
        {
            AddressSource.Contact => member.ContactBounced(mail.Address!, now),
            AddressSource.SignIn => member.Person.RefuseMail(mail.Address!, now),
            _ => false,
        };
        if (!isNews || MailPolicy.AddressOf(member) is { Source: AddressSource.Contact })
            return;

        await db.TellOnceAsync(PortalNotices.AddressRefused(member, mail.Address!, now), cancellation);
        if (MailPolicy.AddressOf(member) is null)
            await db.TellOnceAsync(PortalNotices.MemberUnreachable(member, now), cancellation);
    }

    /// <summary>What was asked and told about members whom mail did not reach is settled. Nothing is saved here.</summary>
    public static async Task SettleBouncesAsync(
        this PartnerCenterDb db, IEnumerable<int> memberships, DateTime now, CancellationToken cancellation = default)
    {
        var topics = memberships.SelectMany(id => new[] { PortalNotices.TopicOfReachability(id), PortalNotices.TopicOfUnreachable(id) }).ToList();
        foreach (var settled in await db.About(topics).ToListAsync(cancellation))
            settled.Withdraw(now);
    }

    private static async Task TellOnceAsync(this PartnerCenterDb db, Communication notice, CancellationToken cancellation)
    {
        if (!await db.About(notice.Topic!).AnyAsync(cancellation))
            db.Add(notice);
    }
}
