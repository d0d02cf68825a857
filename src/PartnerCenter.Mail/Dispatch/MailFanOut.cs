using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Mail.Dispatch;

/// <summary>
/// Turns a published communication into mails: walks the members it is addressed to, asks the policy for each, and writes one row
/// per mail that waits or is suppressed. The cursor is saved with the rows, so a process that dies goes on where it stopped.
/// </summary>
public sealed class MailFanOut(PartnerCenterDb db, WorkspaceCatalogue workspaces, TimeProvider time)
{
    public const int BatchSize = 500;

    private const string Published = "published";

    /// <summary>Does the next batch of the oldest communication that is not fanned out yet.</summary>
    /// <returns>False when there is nothing left to do.</returns>
    public async Task<bool> RunOnceAsync(CancellationToken cancellation = default)
    {
        var communication = await db.Communications
            .Include(communication => communication.Targets)
            .Where(communication => communication.FannedOutAt == null)
            .OrderBy(communication => communication.Id)
            .FirstOrDefaultAsync(cancellation);
        if (communication is null)
            return false;

        var now = time.GetUtcNow().UtcDateTime;
        var members = AddressedBy(communication)
            .Where(membership => membership.Id > communication.FanOutCursor)
            .OrderBy(membership => membership.Id)
            .Take(BatchSize);
        var cases = await MailCase.LoadAsync(db, workspaces, communication, members, now, cancellation);

        foreach (var mailCase in cases)
        {
            var membership = mailCase.Membership;
            db.Add(OutboxMail.From(
                MailPolicy.Decide(mailCase.Facts(), now),
                communication,
                membership.Id,
                membership.OrganizationId,
                Published,
                membership.EmailLanguage,
                now));
        }

        if (cases.Count < BatchSize)
            communication.CompleteFanOut(now);
        else
            communication.AdvanceFanOut(cases.Max(mailCase => mailCase.Membership.Id));

        await db.SaveChangesAsync(cancellation);
        return true;
    }

    // A draft names every role in every one of its organizations, so the targets are the product of the two lists.
    private IQueryable<Membership> AddressedBy(Communication communication)
    {
        var members = communication.Targets.Where(target => target.MembershipId is not null).Select(target => target.MembershipId!.Value).ToList();
        if (members.Count > 0)
            return db.Memberships.Where(membership => members.Contains(membership.Id));

        var all = db.Memberships.AsQueryable();
        if (communication.Targets.TrueForAll(target => target.OrganizationId is not null))
        {
            var organizations = communication.Targets.Select(target => target.OrganizationId!.Value).Distinct().ToList();
            all = all.Where(membership => organizations.Contains(membership.OrganizationId));
        }

        var roles = communication.Targets.Select(target => target.Role!).Distinct().ToList();
        return roles.Contains(RoleCatalogue.DefaultUser.Key)
            ? all
            : all.Where(membership => membership.Roles.Any(assignment => roles.Contains(assignment.Role)));
    }
}
