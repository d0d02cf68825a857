using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Communications;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Data.Organizations;

public sealed class ProgramChangesTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryDatabase _database = new();
    private Organization _alpine = null!;
    private Membership _admin = null!;

    private Actor Admin => new("Anna Winter", _admin.Id, "192.0.2.7");

    public async Task InitializeAsync()
    {
        _alpine = await _database.Scenario.OrganizationAsync("alpine-cloud", ProgramCatalogue.Reseller);
        _admin = await _database.Scenario.MemberAsync(_alpine, RoleCatalogue.GlobalAdmin);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Every_step_of_an_enrollment_is_in_the_log_with_who_and_from_where()
    {
        await RunAsync(changes => changes.EnrollAsync(_alpine.Id, Admin, ProgramCatalogue.CoSell));
        await RunAsync(changes => changes.SuspendAsync(_alpine.Id, Admin, ProgramCatalogue.CoSell));
        await RunAsync(changes => changes.ResumeAsync(_alpine.Id, Admin, ProgramCatalogue.CoSell));
        await RunAsync(changes => changes.LeaveAsync(_alpine.Id, Admin, ProgramCatalogue.CoSell));

        var log = await LogAsync();
        Assert.Equal(
            [AuditAction.ProgramEnrolled, AuditAction.ProgramSuspended, AuditAction.ProgramResumed, AuditAction.ProgramLeft],
            log.Select(entry => entry.Action));
        Assert.All(log, entry => Assert.Equal(("Anna Winter", "192.0.2.7", ProgramCatalogue.CoSell), (entry.Actor, entry.From, entry.Topic)));
        Assert.Equal([ProgramCatalogue.Reseller], await EnrollmentsAsync());
    }

    [Fact]
    public async Task What_is_so_already_is_not_written_down_again()
    {
        await RunAsync(changes => changes.EnrollAsync(_alpine.Id, Admin, ProgramCatalogue.Reseller));
        await RunAsync(changes => changes.ResumeAsync(_alpine.Id, Admin, ProgramCatalogue.Reseller));
        await RunAsync(changes => changes.SuspendAsync(_alpine.Id, Admin, ProgramCatalogue.Reseller));
        await RunAsync(changes => changes.SuspendAsync(_alpine.Id, Admin, ProgramCatalogue.Reseller));

        Assert.Equal([AuditAction.ProgramSuspended], (await LogAsync()).Select(entry => entry.Action));
    }

    [Fact]
    public async Task Nobody_suspends_resumes_or_leaves_what_the_organization_is_not_enrolled_in()
    {
        Func<ProgramChanges, Task>[] all =
        [
            changes => changes.SuspendAsync(_alpine.Id, Admin, ProgramCatalogue.CoSell),
            changes => changes.ResumeAsync(_alpine.Id, Admin, ProgramCatalogue.CoSell),
            changes => changes.LeaveAsync(_alpine.Id, Admin, ProgramCatalogue.CoSell),
        ];

        foreach (var one in all)
            Assert.Equal(Reasons.NotEnrolled, (await Assert.ThrowsAsync<RuleViolationException>(() => RunAsync(one))).Reason);
        Assert.Empty(await LogAsync());
    }

    [Fact]
    public async Task A_member_without_the_right_changes_no_program()
    {
        var billing = await _database.Scenario.MemberAsync(_alpine, RoleCatalogue.BillingAdmin);

        var refused = await Assert.ThrowsAsync<RuleViolationException>(() =>
            RunAsync(changes => changes.LeaveAsync(_alpine.Id, new Actor("Ben", billing.Id), ProgramCatalogue.Reseller)));

        Assert.Equal(Reasons.NotYoursAnyMore, refused.Reason);
        Assert.Equal([ProgramCatalogue.Reseller], await EnrollmentsAsync());
    }

    [Fact]
    public async Task Open_actions_of_a_workspace_are_counted_once_each_whoever_sees_them_and_not_when_done()
    {
        var billing = await _database.Scenario.MemberAsync(_alpine, RoleCatalogue.BillingAdmin, RoleCatalogue.AdminAgent);
        await _database.Scenario.PublishAsync(Drafts.RecommendedAction("billing_admin", "admin_agent"));
        await _database.Scenario.PublishAsync(Drafts.MandatoryAction("billing_admin").ForMembership(billing.Id));
        await _database.Scenario.PublishAsync(Drafts.RecommendedAction("owner"));
        await _database.Scenario.PublishAsync(Drafts.TransactionalNotification());
        var done = await _database.Scenario.PublishAsync(Drafts.RecommendedAction());
        await _database.As(billing).CompleteAsync(done);

        Assert.Equal((2, 0), (await CountAsync(WorkspaceCatalogue.Billing), await CountAsync(WorkspaceCatalogue.Customers)));
    }

    [Fact]
    public async Task An_open_action_for_every_member_is_counted_once()
    {
        await _database.Scenario.MemberAsync(_alpine);
        await _database.Scenario.PublishAsync(Drafts.RecommendedAction("default_user"));

        Assert.Equal(1, await CountAsync(WorkspaceCatalogue.Billing));
    }

    [Fact]
    public async Task Members_catch_up_on_what_a_program_opens_and_not_on_what_one_closes()
    {
        Assert.False(await MustCatchUpAfterAsync(changes => changes.EnrollAsync(_alpine.Id, Admin, ProgramCatalogue.Reseller)));
        Assert.True(await MustCatchUpAfterAsync(changes => changes.EnrollAsync(_alpine.Id, Admin, ProgramCatalogue.CoSell)));
        Assert.False(await MustCatchUpAfterAsync(changes => changes.SuspendAsync(_alpine.Id, Admin, ProgramCatalogue.CoSell)));
        Assert.True(await MustCatchUpAfterAsync(changes => changes.ResumeAsync(_alpine.Id, Admin, ProgramCatalogue.CoSell)));
        Assert.False(await MustCatchUpAfterAsync(changes => changes.LeaveAsync(_alpine.Id, Admin, ProgramCatalogue.CoSell)));
    }

    [Fact]
    public async Task A_program_opens_also_where_others_than_the_administrator_have_caught_up()
    {
        await _database.Scenario.MemberAsync(_alpine, RoleCatalogue.BillingAdmin);
        foreach (var act in new Func<ProgramChanges, Task>[]
        {
            changes => changes.EnrollAsync(_alpine.Id, Admin, ProgramCatalogue.CoSell),
            changes => changes.SuspendAsync(_alpine.Id, Admin, ProgramCatalogue.CoSell),
            changes => changes.ResumeAsync(_alpine.Id, Admin, ProgramCatalogue.CoSell),
        })
        {
            await _database.WithAsync<PartnerCenterDb, int>(async db =>
            {
                foreach (var member in await db.Memberships.ToListAsync())
                    member.CaughtUp();
                return await db.SaveChangesAsync();
            });
            await RunAsync(act);
        }

        Assert.Equal([true, true], await _database.QueryAsync(db => db.Memberships.Select(membership => membership.MustCatchUp).ToListAsync()));
    }

    private async Task<bool> MustCatchUpAfterAsync(Func<ProgramChanges, Task> act)
    {
        await _database.WithAsync<PartnerCenterDb, int>(async db =>
        {
            (await db.Memberships.SingleAsync()).CaughtUp();
            return await db.SaveChangesAsync();
        });
        await RunAsync(act);
        return await _database.QueryAsync(db => db.Memberships.Select(membership => membership.MustCatchUp).SingleAsync());
    }

    private Task<int> CountAsync(string workspace) =>
        _database.QueryAsync(db => db.CountOpenActionsAsync(_alpine.Id, [workspace], _database.Time.Now));

    private Task RunAsync(Func<ProgramChanges, Task> act) => _database.WithAsync<ProgramChanges, bool>(async changes =>
    {
        await act(changes);
        return true;
    });

    private Task<List<AuditEntry>> LogAsync() => _database.QueryAsync(db => db.AuditEntries.OrderBy(entry => entry.Number).ToListAsync());

    private Task<List<string>> EnrollmentsAsync() => _database.QueryAsync(db =>
        db.Organizations.SelectMany(organization => organization.Enrollments).Select(enrollment => enrollment.Program).ToListAsync());
}
