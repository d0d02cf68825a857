using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Preferences;

namespace PartnerCenter.Data.Preferences;

/// <summary>Sends members the mail by which they try whether mail arrives, the way that every other mail goes.</summary>
public sealed class TestMails(PartnerCenterDb db, TimeProvider time)
{
    /// <exception cref="RuleViolationException">The member has tried it too often.</exception>
    public async Task SendAsync(int membershipId, CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var (topic, since) = (PortalNotices.TopicOfTest(membershipId), now - TestMailPolicy.CountedFor);
        var sent = await db.Communications
            .Where(communication => communication.Topic == topic && communication.PublishedAt > since)
            .Select(communication => communication.PublishedAt)
            .ToListAsync(cancellation);
        TestMailPolicy.May(sent, now).Enforce();

        var member = await db.Memberships
            .Include(membership => membership.Organization)
            .SingleAsync(membership => membership.Id == membershipId, cancellation);
        db.Add(PortalNotices.TestMail(member, now));
        await db.SaveChangesAsync(cancellation);
    }
}
