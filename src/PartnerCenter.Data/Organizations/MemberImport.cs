using PartnerCenter.Data.Access;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;

namespace PartnerCenter.Data.Organizations;

/// <summary>Brings in many people and roles at once: first as a plan to look at, then all of it or nothing.</summary>
public sealed class MemberImport(OrganizationChanges changes, MemberChanges members)
{
    /// <summary>Says what the lines would do, and does nothing.</summary>
    /// <param name="organizationId">Where.</param>
    /// <param name="actor">Who would do it.</param>
    /// <param name="lines">The lines of a <see cref="MemberCsv"/>.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="RuleViolationException">The actor may not invite or assign roles (any more).</exception>
    public Task<MemberImportPlan> PreviewAsync(int organizationId, Actor actor, IReadOnlyList<MemberCsvLine> lines, CancellationToken cancellation = default) =>
        changes.PreviewAsync(organizationId, actor, change => PlanAsync(change, lines, cancellation), cancellation);

    /// <summary>Does what the plan with this fingerprint says, if it is still what would happen.</summary>
    /// <param name="organizationId">Where.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="lines">The lines of a <see cref="MemberCsv"/>.</param>
    /// <param name="language">The language of the invitations.</param>
    /// <param name="fingerprint">Of the plan that was looked at.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The plan as it is now; it was carried out if it says so.</returns>
    /// <exception cref="RuleViolationException">A rule forbids a part of it, so that nothing was done.</exception>
    public Task<MemberImportPlan> CommitAsync(
        int organizationId, Actor actor, IReadOnlyList<MemberCsvLine> lines, string language, string fingerprint, CancellationToken cancellation = default) =>
        changes.RunAsync(
            organizationId,
            actor,
            async change =>
            {
                var plan = await PlanAsync(change, lines, cancellation);
                if (!plan.IsAllowed || plan.Fingerprint != fingerprint)
                    return plan;

                await members.InviteAsync(change, [.. plan.ToInvite.Select(person => InvitationOf(person, language))], cancellation);
                foreach (var person in plan.ToChange)
                {
                    if (person.MovesGuestEnd)
                        MemberChanges.MoveGuestEnd(change, person.Member, LastDay.EndOf(person.Guest!.Value.Until));
                    RoleChanges.Apply(change, person.Member, new RoleDifference(person.Gained, person.Replaced));
                }

                change.Record(AuditAction.MembersImported, after: Summary(plan), note: plan.Fingerprint);
                plan.IsDone = true;
                return plan;
            },
            cancellation);

    private static async Task<MemberImportPlan> PlanAsync(OrganizationChange change, IReadOnlyList<MemberCsvLine> lines, CancellationToken cancellation)
    {
        change.Require(Permission.ManageUsers);
        change.Require(Permission.AssignRoles);
        return await MemberImportPlan.MakeAsync(change, lines, cancellation);
    }

    private static Invitation InvitationOf(MemberImportPlan.PersonPlan person, string language) => new(
        person.Member.Person.SignInAddress,
        person.Name,
        language,
        person.Member.IsGuest,
        person.Member.EndsAt,
        person.Gained);

    private static string Summary(MemberImportPlan plan) => string.Join(", ", new[] { MemberImportEffect.Invite, MemberImportEffect.Grant, MemberImportEffect.Change }
        .Select(effect => $"{effect}: {plan.Count(effect)}"));
}
