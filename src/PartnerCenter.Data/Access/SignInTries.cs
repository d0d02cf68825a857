using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Engines;
using PartnerCenter.Domain.Access;

namespace PartnerCenter.Data.Access;

/// <summary>
/// Counts tries to sign in, for all instances together, before anybody looks at what was typed: of a hundred guesses at one instant, as
/// many are looked at as of a hundred in a row.
/// </summary>
public sealed class SignInTries(PartnerCenterDb db, TimeProvider time)
{
    /// <param name="step">What is tried.</param>
    /// <param name="normalizedAddress">Under which name.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>Whether the try is looked at: not while the name rests (<see cref="SignInDelay"/>).</returns>
    public async Task<bool> TryBeginAsync(SignInStep step, string normalizedAddress, CancellationToken cancellation = default)
    {
        var hash = SignInAttempts.HashOf(step, normalizedAddress);
        while (true)
        {
            var attempts = await db.SignInAttempts.SingleOrDefaultAsync(attempts => attempts.NameHash == hash, cancellation) ?? db.Add(new SignInAttempts(hash)).Entity;
            var isLookedAt = attempts.TryBegin(time.GetUtcNow().UtcDateTime);
            try
            {
                if (isLookedAt)
                    await db.SaveChangesAsync(cancellation);
                return isLookedAt;
            }
            catch (DbUpdateException fault) when (fault is DbUpdateConcurrencyException || (fault.InnerException is DbException cause && cause.IsRefusal()))
            {
                // Another try came at the same instant, and counts first.
            }
            finally
            {
                db.Entry(attempts).State = EntityState.Detached;
            }
        }
    }

    /// <summary>Somebody succeeded: what went before does not count any more.</summary>
    public async Task ForgetAsync(SignInStep step, string normalizedAddress, CancellationToken cancellation = default)
    {
        var hash = SignInAttempts.HashOf(step, normalizedAddress);
        if (await db.SignInAttempts.SingleOrDefaultAsync(attempts => attempts.NameHash == hash, cancellation) is not { } attempts)
            return;

        db.Remove(attempts);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Another try came at the same instant, and goes on counting.
            db.Entry(attempts).State = EntityState.Detached;
        }
    }
}
