using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Organizations;

namespace PartnerCenter.Data.Organizations;

/// <summary>Enrolls an organization in programs and takes it out again; that opens and closes workspaces.</summary>
public sealed class ProgramChanges(OrganizationChanges changes, PartnerCenterDb db)
{
    /// <summary>Enrolls in a program; a second time changes nothing.</summary>
    /// <param name="organizationId">Where.</param>
    /// <param name="actor">Who enrolls it.</param>
    /// <param name="program">A key of <see cref="ProgramCatalogue"/>.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task EnrollAsync(int organizationId, Actor actor, string program, CancellationToken cancellation = default) =>
        RunAsync(
            organizationId,
            actor,
            program,
            AuditAction.ProgramEnrolled,
            opens: true,
            (organization, _) => organization.Enrollments.Exists(enrollment => enrollment.Program == program),
            (organization, now) => organization.Enroll(program, now),
            cancellation);

    /// <summary>Closes what the program brings for now; a second time changes nothing.</summary>
    /// <inheritdoc cref="EnrollAsync"/>
    /// <exception cref="RuleViolationException">The organization is not enrolled (any more).</exception>
    public Task SuspendAsync(int organizationId, Actor actor, string program, CancellationToken cancellation = default) =>
        RunAsync(
            organizationId,
            actor,
            program,
            AuditAction.ProgramSuspended,
            opens: false,
            (_, enrollment) => enrollment is { IsSuspended: true },
            (organization, _) => organization.SuspendProgram(program),
            cancellation);

    /// <summary>Opens again what was closed for now; a second time changes nothing.</summary>
    /// <inheritdoc cref="SuspendAsync"/>
    public Task ResumeAsync(int organizationId, Actor actor, string program, CancellationToken cancellation = default) =>
        RunAsync(
            organizationId,
            actor,
            program,
            AuditAction.ProgramResumed,
            opens: true,
            (_, enrollment) => enrollment is { IsSuspended: false },
            (organization, _) => organization.ResumeProgram(program),
            cancellation);

    /// <summary>Ends the enrollment.</summary>
    /// <inheritdoc cref="SuspendAsync"/>
    public Task LeaveAsync(int organizationId, Actor actor, string program, CancellationToken cancellation = default) =>
        RunAsync(
            organizationId,
            actor,
            program,
            AuditAction.ProgramLeft,
            opens: false,
            (_, _) => false,
            (organization, _) => organization.LeaveProgram(program),
            cancellation);

    private Task RunAsync(
        int organizationId,
        Actor actor,
        string program,
        AuditAction action,
        bool opens,
        Func<Organization, ProgramEnrollment?, bool> isSo,
        Action<Organization, DateTime> apply,
        CancellationToken cancellation) =>
        changes.RunAsync(
            organizationId,
            actor,
            async change =>
            {
                change.Require(Permission.ManagePrograms);
                if (!isSo(change.Organization, change.Organization.Enrollments.Find(enrollment => enrollment.Program == program)))
                {
                    apply(change.Organization, change.Now);
                    change.Record(action, topic: program);
                    if (opens)
                        await OpenToMembersAsync(organizationId, cancellation);
                }
            },
            cancellation);

    private async Task OpenToMembersAsync(int organizationId, CancellationToken cancellation)
    {
        var members = await db.Memberships
            .Where(membership => membership.OrganizationId == organizationId && !membership.MustCatchUp)
            .ToListAsync(cancellation);
        foreach (var member in members)
            member.GainAccess();
    }
}
