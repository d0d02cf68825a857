using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Web.Security;

namespace PartnerCenter.Web.Shell.Preferences;

/// <summary>Saves what a member decides about mail, wherever a page asks for it.</summary>
public sealed class MailChoicesSaver(MailChoicesQuery choices, PartnerCenterDb db, TimeProvider time)
{
    private const int MostAttempts = 3;

    /// <param name="member">Who decides.</param>
    /// <param name="form">What is decided.</param>
    /// <param name="by">By which page.</param>
    /// <param name="also">What else changes in the same step.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The membership as it is saved.</returns>
    public async Task<Membership> SaveAsync(Member member, MailChoicesForm form, ChangedBy by, Action<Membership> also, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var membership = await choices.OfAsync(member, cancellation);
            form.ApplyTo(membership, member.ExistingWorkspaces, new(by, time.GetUtcNow().UtcDateTime));
            also(membership);
            try
            {
                await db.SaveChangesAsync(cancellation);
                return membership;
            }
            catch (DbUpdateException) when (attempt < MostAttempts)
            {
                // The same form sent twice, or a link in a mail that was followed at the same instant.
                db.ChangeTracker.Clear();
            }
        }
    }
}
