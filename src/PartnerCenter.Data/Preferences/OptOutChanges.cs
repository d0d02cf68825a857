using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Preferences;

namespace PartnerCenter.Data.Preferences;

/// <summary>What the link of a mail changes, for whoever holds it: nobody is signed in there.</summary>
public sealed class OptOutChanges(PartnerCenterDb db, TimeProvider time)
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <returns>The decision that stands; null while mail is wanted.</returns>
    public Task<OptOut?> FindAsync(Unsubscription what, CancellationToken cancellation = default) => db.OptOuts.SingleOrDefaultAsync(
        optOut => optOut.MembershipId == what.MembershipId && optOut.Kind == what.Kind && optOut.Workspace == what.Workspace, cancellation);

    /// <summary>Turns the mail off. To do it twice changes nothing: mail programs repeat themselves.</summary>
    public async Task UnsubscribeAsync(Unsubscription what, CancellationToken cancellation = default)
    {
        if (await FindAsync(what, cancellation) is not null)
            return;

        db.Add(new OptOut(what.MembershipId, what.Kind, what.Workspace, Now));
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            if (await FindAsync(what, cancellation) is null)
                throw;
        }
    }

    /// <summary>Takes it back.</summary>
    /// <exception cref="RuleViolationException">It was decided too long ago.</exception>
    public async Task UndoAsync(Unsubscription what, CancellationToken cancellation = default)
    {
        var decided = await FindAsync(what, cancellation);
        Unsubscription.MayUndo(decided, Now).Enforce();
        if (decided is null)
            return;

        db.Remove(decided);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody else was first, and it is what was wanted.
        }
    }
}
