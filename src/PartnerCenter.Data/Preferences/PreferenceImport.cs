using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Data.Preferences;

/// <summary>Takes over the preferences of an old system: first as a plan to look at, then all of it or nothing. To do it twice does nothing.</summary>
public sealed class PreferenceImport(PartnerCenterDb db, WorkspaceCatalogue workspaces, TimeProvider time)
{
    private const int MostAttempts = 3;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Says what the lines would do, and does nothing.</summary>
    public async Task<PreferenceImportPlan> PreviewAsync(IReadOnlyList<PreferenceCsvLine> lines, CancellationToken cancellation = default)
    {
        var plan = await PlanAsync(lines, cancellation);
        db.ChangeTracker.Clear();
        return plan;
    }

    /// <summary>Does what the plan with this fingerprint says, if it is still what would happen.</summary>
    /// <param name="lines">The lines of a <see cref="PreferenceCsv"/>.</param>
    /// <param name="fingerprint">Of the plan that was looked at; null does whatever the lines say by now.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The plan as it is now; it was carried out if it says so.</returns>
    public async Task<PreferenceImportPlan> CommitAsync(
        IReadOnlyList<PreferenceCsvLine> lines, string? fingerprint = null, CancellationToken cancellation = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await db.InTransactionAsync(() => TryAsync(lines, fingerprint, cancellation), cancellation);
            }
            catch (DbUpdateException) when (attempt < MostAttempts)
            {
                // A member decided at the same instant: the next attempt keeps what they decided.
            }
        }
    }

    private async Task<PreferenceImportPlan> TryAsync(IReadOnlyList<PreferenceCsvLine> lines, string? fingerprint, CancellationToken cancellation)
    {
        var plan = await PlanAsync(lines, cancellation);
        plan.IsDone = plan.IsAllowed && (fingerprint is null || fingerprint == plan.Fingerprint);
        if (plan.IsDone)
            await db.SaveChangesAsync(cancellation);
        db.ChangeTracker.Clear();
        return plan;
    }

    private async Task<PreferenceImportPlan> PlanAsync(IReadOnlyList<PreferenceCsvLine> lines, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        var members = new Dictionary<(string Organization, string Address), Membership>();
        foreach (var some in lines.Select(line => Person.Normalize(line.Address)).Distinct().Chunk(OrganizationChange.MostParameters))
        {
            var found = await db.Memberships
                .Include(member => member.Organization)
                .Include(member => member.Person)
                .Include(member => member.OptOuts)
                .Include(member => member.PreferenceChanges)
                .AsSplitQuery()
                .Where(member => some.Contains(member.Person.NormalizedSignInAddress))
                .ToListAsync(cancellation);
            foreach (var member in found.Where(member => !MembershipPolicy.May(MembershipVerb.Invite, member.Status).IsAllowed))
                members.Add((member.Organization.Key, member.Person.NormalizedSignInAddress), member);
        }

        return PreferenceImportPlan.Make(
            lines, line => members.GetValueOrDefault((line.Organization.ToLowerInvariant(), Person.Normalize(line.Address))), workspaces, Now);
    }
}
