using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Preferences;

namespace PartnerCenter.Data.Preferences;

/// <summary>What the link of a mail changes, for whoever holds it: nobody is signed in there.</summary>
public sealed class OptOutChanges(PartnerCenterDb db, TimeProvider time)
{
    private const int MostAttempts = 3;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Turns the mail off. To do it twice changes nothing: mail programs repeat themselves.</summary>
    public Task UnsubscribeAsync(Unsubscription what, CancellationToken cancellation = default) =>
        ChooseAsync(what, member => member.Choose(what.Kind, what.Workspace, isWanted: false, new(ChangedBy.MailLink, Now)), cancellation);

    /// <summary>Takes it back.</summary>
    /// <exception cref="RuleViolationException">It was decided too long ago, or not by such a link.</exception>
    public Task UndoAsync(Unsubscription what, CancellationToken cancellation = default) => ChooseAsync(
        what,
        member =>
        {
            Unsubscription.MayUndo(member.FindOptOut(what.Kind, what.Workspace), Now).Enforce();
            member.Choose(what.Kind, what.Workspace, isWanted: true, new(ChangedBy.MailLink, Now));
        },
        cancellation);

    private async Task ChooseAsync(Unsubscription what, Action<Membership> choose, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            choose(await db.Memberships
                .Include(membership => membership.OptOuts)
                .SingleAsync(membership => membership.Id == what.MembershipId, cancellation));
            try
            {
                await db.SaveChangesAsync(cancellation);
                return;
            }
            catch (DbUpdateException) when (attempt < MostAttempts)
            {
                // Somebody decided the same at the same instant: the next attempt finds it.
                db.ChangeTracker.Clear();
            }
        }
    }
}
