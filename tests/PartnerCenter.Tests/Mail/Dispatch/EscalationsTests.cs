using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Mail.Dispatch;
using PartnerCenter.Tests.Support;
using static PartnerCenter.Domain.Access.RoleCatalogue;

namespace PartnerCenter.Tests.Mail.Dispatch;

public sealed class EscalationsTests : IAsyncLifetime
{
    private const int DueInDays = 28;

    private MailWorld _world = null!;
    private Organization _alpine = null!;
    private Membership _anna = null!;
    private Membership _gina = null!;

    public async Task InitializeAsync()
    {
        _world = await MailWorld.CreateAsync();
        _alpine = await _world.AddOrganizationAsync();
        _anna = await _world.AddMemberAsync(_alpine, "Anna", BillingAdmin);
        _gina = await _world.AddMemberAsync(_alpine, "Gina", GlobalAdmin);
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task An_action_that_nobody_has_read_seven_days_before_its_due_date_goes_to_the_next_administrators_up()
    {
        var uma = await _world.AddMemberAsync(_alpine, "Uma", UserManagementAdmin);
        await _world.AddMemberAsync(_alpine, "Sam", SalesAgent);
        var id = await _world.QueueAsync(Draft());

        await GoToAsync(-8);
        var before = await StepsAsync();
        await GoToAsync(-7);

        Assert.Empty(before);
        Assert.Equal(
            [(id, _alpine.Id, StepKind.Escalated, (string?)null, GlobalAdmin.Key), (id, _alpine.Id, StepKind.Escalated, null, UserManagementAdmin.Key)],
            (await StepsAsync()).Select(step => (step.CommunicationId, step.OrganizationId, step.Kind, step.By, step.To!)));
        Assert.Equal(
            [(_gina.Id, MailState.Queued), (uma.Id, MailState.Queued)],
            (await EscalatedMailsAsync()).Select(mail => (mail.MembershipId, mail.State)));
        Assert.True(await SeesAsync(_gina, id) && await SeesAsync(uma, id) && await SeesAsync(_anna, id));
    }

    [Fact]
    public async Task Nobody_else_sees_it_before()
    {
        var id = await _world.QueueAsync(Draft());

        await GoToAsync(-8);

        Assert.False(await SeesAsync(_gina, id));
    }

    [Fact]
    public async Task What_one_of_the_addressees_has_opened_stays_with_them()
    {
        await _world.AddMemberAsync(_alpine, "Bas", BillingAdmin);
        var id = await _world.QueueAsync(Draft());
        await StateAsync(_anna, id, state => state.Read(_world.Time.Now));

        await GoToAsync(-7);

        Assert.Empty(await StepsAsync());
    }

    [Fact]
    public async Task What_was_read_and_marked_as_unread_again_was_read()
    {
        var id = await _world.QueueAsync(Draft());
        await StateAsync(_anna, id, state =>
        {
            state.Read(_world.Time.Now);
            state.MarkUnread();
        });

        await GoToAsync(-7);

        Assert.Empty(await StepsAsync());
    }

    [Fact]
    public async Task What_a_mark_for_everything_covers_was_read()
    {
        var id = await _world.QueueAsync(Draft());
        await MarkAllReadAsync(_anna, id);

        await GoToAsync(-7);

        Assert.Empty(await StepsAsync());
    }

    [Fact]
    public async Task What_came_after_the_mark_for_everything_was_not_read()
    {
        var id = await _world.QueueAsync(Draft());
        await MarkAllReadAsync(_anna, id - 1);

        await GoToAsync(-7);

        Assert.Single(await StepsAsync());
    }

    [Fact]
    public async Task What_everybody_was_asked_first_goes_to_nobody()
    {
        await _world.QueueAsync(Draft(DefaultUser));

        await GoToAsync(-7);

        Assert.Empty(await StepsAsync());
        Assert.Empty(await EscalatedMailsAsync());
    }

    [Fact]
    public async Task A_reader_who_has_lost_the_role_or_left_does_not_count()
    {
        var id = await _world.QueueAsync(Draft());
        await StateAsync(_anna, id, state => state.Read(_world.Time.Now));
        await _world.First.WriteAsync(async db =>
        {
            var anna = await db.Memberships.Include(membership => membership.Roles).SingleAsync(membership => membership.Id == _anna.Id);
            anna.Revoke(anna.Roles.Single());
        });

        await GoToAsync(-7);

        Assert.Single(await StepsAsync());
    }

    [Fact]
    public async Task A_reader_who_may_not_sign_in_any_more_does_not_count()
    {
        var id = await _world.QueueAsync(Draft());
        await StateAsync(_anna, id, state => state.Read(_world.Time.Now));
        await MarkAllReadAsync(_anna, id);
        await DisableAsync(_anna);

        await GoToAsync(-7);

        Assert.Single(await StepsAsync());
    }

    [Fact]
    public async Task A_role_that_only_somebody_holds_who_may_not_sign_in_any_more_is_passed_over()
    {
        await DisableAsync(await _world.AddMemberAsync(_alpine, "Uma", UserManagementAdmin));
        await _world.QueueAsync(Draft());

        await GoToAsync(-7);

        Assert.Equal([GlobalAdmin.Key], (await StepsAsync()).Select(step => step.To));
    }

    [Fact]
    public async Task A_role_that_has_ended_is_held_by_nobody()
    {
        var uma = await _world.AddMemberAsync(_alpine, "Uma");
        await _world.First.WriteAsync(async db => (await db.Memberships.SingleAsync(membership => membership.Id == uma.Id))
            .Grant(UserManagementAdmin, "Test", _world.Time.Now, endsAt: _world.Time.Now.AddDays(1)));
        await _world.QueueAsync(Draft());

        await GoToAsync(-7);

        Assert.Equal([GlobalAdmin.Key], (await StepsAsync()).Select(step => step.To));
    }

    [Fact]
    public async Task Somebody_who_reads_it_without_being_addressed_does_not_count()
    {
        var sam = await _world.AddMemberAsync(_alpine, "Sam", SalesAgent);
        var id = await _world.QueueAsync(Draft());
        await MarkAllReadAsync(sam, id);

        await GoToAsync(-7);

        Assert.Single(await StepsAsync());
    }

    [Fact]
    public async Task What_is_done_is_left_alone()
    {
        var id = await _world.QueueAsync(Draft());
        await _world.First.WriteAsync(async db =>
        {
            var action = await db.Communications.SingleAsync(communication => communication.Id == id);
            db.Add(Completion.InOrganization(action, _alpine.Id, "The portal", _world.Time.Now));
        });

        await GoToAsync(-7);

        Assert.Empty(await StepsAsync());
    }

    [Fact]
    public async Task What_the_Global_admins_were_asked_first_goes_to_nobody()
    {
        await _world.QueueAsync(Draft(BillingAdmin, GlobalAdmin));

        await GoToAsync(-7);

        Assert.Empty(await StepsAsync());
        Assert.Empty(await EscalatedMailsAsync());
    }

    [Fact]
    public async Task What_is_addressed_to_one_member_goes_to_the_Global_admins()
    {
        var id = await _world.QueueAsync(Draft() with { Roles = [], Membership = _anna.Id });

        await GoToAsync(-7);

        Assert.Equal([GlobalAdmin.Key], (await StepsAsync()).Select(step => step.To));
        Assert.True(await SeesAsync(_gina, id));
    }

    [Fact]
    public async Task What_is_addressed_to_one_member_was_read_if_their_mark_for_everything_covers_it()
    {
        var id = await _world.QueueAsync(Draft() with { Roles = [], Membership = _anna.Id });
        await MarkAllReadAsync(_anna, id);

        await GoToAsync(-7);

        Assert.Empty(await StepsAsync());
    }

    [Fact]
    public async Task What_everybody_does_for_themselves_is_left_to_them()
    {
        await _world.QueueAsync(Draft() with { Completion = "person" });

        await GoToAsync(-7);

        Assert.Empty(await StepsAsync());
    }

    [Fact]
    public async Task A_recommended_action_is_not_escalated()
    {
        await _world.QueueAsync(MailWorld.Draft(CommunicationKind.RecommendedAction, BillingAdmin) with { DueInDays = DueInDays });

        await GoToAsync(-7);

        Assert.Empty(await StepsAsync());
    }

    [Fact]
    public async Task Each_organization_is_looked_at_on_its_own()
    {
        var harbor = await _world.AddOrganizationAsync("harbor-apps", "Harbor Apps");
        var harry = await _world.AddMemberAsync(harbor, "Harry", BillingAdmin);
        var greta = await _world.AddMemberAsync(harbor, "Greta", GlobalAdmin);
        var id = await _world.QueueAsync(Draft());
        await StateAsync(harry, id, state => state.Read(_world.Time.Now));

        await GoToAsync(-7);

        Assert.Equal([_alpine.Id], (await StepsAsync()).Select(step => step.OrganizationId));
        Assert.Equal([_gina.Id], (await EscalatedMailsAsync()).Select(mail => mail.MembershipId));
        Assert.False(await SeesAsync(greta, id));
    }

    [Fact]
    public async Task An_organization_that_was_not_named_or_is_closed_or_has_no_such_workspace_is_passed_over()
    {
        var lowland = await _world.AddOrganizationAsync("lowland-digital", "Lowland Digital");
        var outside = new Organization("outside", "Outside", _world.Time.Now);
        await _world.First.WriteAsync(db => db.Add(outside));
        await _world.AddMemberAsync(lowland, "Lena", GlobalAdmin);
        await _world.AddMemberAsync(outside, "Otto", GlobalAdmin);
        await _world.QueueAsync(Draft() with { Organizations = [_alpine.Key] });
        var toAll = await _world.QueueAsync(Draft() with { Workspace = WorkspaceCatalogue.BuiltIn.All.First(workspace => workspace.Programs.Count > 0).Key });
        await _world.First.WriteAsync(db => db.Database.ExecuteSqlRawAsync("UPDATE Organizations SET IsSuspended = 1 WHERE Key = 'alpine-cloud'"));

        await GoToAsync(-7);

        Assert.Equal([(toAll, lowland.Id)], (await StepsAsync()).Select(step => (step.CommunicationId, step.OrganizationId)));
    }

    [Fact]
    public async Task It_happens_once()
    {
        await _world.QueueAsync(Draft());

        await GoToAsync(-7);
        await GoToAsync(-6);
        await GoToAsync(3);

        Assert.Single(await StepsAsync());
        Assert.Single(await EscalatedMailsAsync());
    }

    [Fact]
    public async Task Whoever_was_addressed_first_is_not_told_again()
    {
        var both = await _world.AddMemberAsync(_alpine, "Bo", BillingAdmin, UserManagementAdmin);
        await _world.QueueAsync(Draft());

        await GoToAsync(-7);

        Assert.DoesNotContain(both.Id, (await EscalatedMailsAsync()).Select(mail => mail.MembershipId));
    }

    [Fact]
    public async Task However_near_the_due_date_is_there_is_a_day_to_read_it()
    {
        await _world.QueueAsync(Draft() with { DueInDays = 3 });

        _world.Time.Advance(TimeSpan.FromDays(1) - TimeSpan.FromTicks(1));
        await EscalateAsync(_world.First);
        var before = await StepsAsync();
        _world.Time.Advance(TimeSpan.FromTicks(1));
        await EscalateAsync(_world.First);

        Assert.Empty(before);
        Assert.Single(await StepsAsync());
    }

    [Fact]
    public async Task What_is_long_overdue_when_the_portal_comes_back_is_not_escalated_any_more()
    {
        await _world.QueueAsync(Draft());

        await GoToAsync(35);

        Assert.Empty(await StepsAsync());
    }

    [Fact]
    public async Task Several_processes_at_the_same_time_escalate_once()
    {
        var organizations = await AddOrganizationsAsync(12);
        await _world.QueueAsync(Draft());
        await _world.QueueAsync(Draft());
        _world.Time.Advance(TimeSpan.FromDays(DueInDays - 7));
        var instances = Enumerable.Range(0, 4).Select(_ => _world.Start()).ToList();

        await Task.WhenAll(instances.Select(instance => Task.Run(() => EscalateDespiteOthersAsync(instance))));

        var steps = await StepsAsync();
        Assert.Equal(2 * (organizations + 1), steps.Count);
        Assert.Equal(2 * (organizations + 1), steps.DistinctBy(step => (step.CommunicationId, step.OrganizationId)).Count());
        Assert.Equal(2 * (organizations + 1), (await EscalatedMailsAsync()).DistinctBy(mail => (mail.CommunicationId, mail.MembershipId)).Count());
    }

    [Fact]
    public async Task Another_process_goes_on_where_one_that_died_between_two_batches_stopped()
    {
        var organizations = await AddOrganizationsAsync(Escalations.BatchSize + 7);
        await _world.QueueAsync(Draft());
        _world.Time.Advance(TimeSpan.FromDays(DueInDays - 7));
        await EscalateOnceAsync(_world.First);
        await EscalateOnceAsync(_world.First);
        var before = (await StepsAsync()).Count;
        await _world.First.DisposeAsync();
        var another = _world.Start();

        await EscalateAsync(another);

        var escalated = await another.ReadAsync(db => db.CommunicationSteps.Select(step => step.OrganizationId).ToListAsync());
        Assert.Equal(Escalations.BatchSize, before);
        Assert.Equal(organizations + 1, escalated.Count);
        Assert.Equal(organizations + 1, escalated.Distinct().Count());
        Assert.Equal(organizations + 1, await another.ReadAsync(db => db.OutboxMails.CountAsync(mail => mail.Occasion == MailOccasion.Escalated)));
    }

    [Fact]
    public async Task Whoever_it_was_escalated_to_is_reminded_at_the_next_stage_and_nobody_else_is()
    {
        var harbor = await _world.AddOrganizationAsync("harbor-apps", "Harbor Apps");
        var harry = await _world.AddMemberAsync(harbor, "Harry", BillingAdmin);
        await _world.AddMemberAsync(harbor, "Greta", GlobalAdmin);
        var id = await _world.QueueAsync(Draft());
        await StateAsync(harry, id, state => state.Read(_world.Time.Now));

        await GoToAsync(-7);
        await RemindAsync();
        var onTheSameDay = await RemindedAsync("due-in-7");
        _world.Time.Advance(TimeSpan.FromDays(6));
        await RemindAsync();

        Assert.Equal([_anna.Id, harry.Id], onTheSameDay);
        Assert.Equal([_anna.Id, _gina.Id, harry.Id], await RemindedAsync("due-in-1"));
    }

    [Theory]
    [InlineData("en", "[Billing] Not read yet: Check the invoice – due 30 Mar", "You get this mail because nobody who was asked first has read it, and you have the role Global admin at Alpine Cloud.")]
    [InlineData("nl", "[Facturering] Nog niet gelezen: Controleer de factuur – uiterlijk 30 mrt", "U ontvangt dit bericht omdat niemand die eerst werd gevraagd het heeft gelezen, en u bij Alpine Cloud de rol Algemeen beheerder hebt.")]
    public async Task The_mail_says_why_it_comes(string language, string subject, string why)
    {
        await _world.First.WriteAsync(async db => db.Remove(await db.Memberships.Include(membership => membership.Roles).SingleAsync(membership => membership.Id == _gina.Id)));
        await _world.AddMemberAsync(_alpine, "Greta", language, GlobalAdmin);
        await _world.QueueAsync(Draft());
        await _world.First.DispatchAsync();
        await GoToAsync(-7);

        await _world.First.DispatchAsync();

        var sent = _world.Transport.Taken[^1];
        Assert.Equal(subject, sent.Subject);
        Assert.Contains(why, sent.Text, StringComparison.Ordinal);
        Assert.Contains(why, System.Net.WebUtility.HtmlDecode(sent.Html), StringComparison.Ordinal);
    }

    private static CommunicationDraft Draft(params Role[] roles) =>
        MailWorld.Draft(CommunicationKind.MandatoryAction, roles.Length == 0 ? [BillingAdmin] : roles) with { DueInDays = DueInDays };

    private static Task<bool> EscalateOnceAsync(MailInstance instance) => instance.WithAsync<Escalations, bool>(escalations => escalations.RunOnceAsync());

    private static async Task EscalateAsync(MailInstance instance)
    {
        while (await EscalateOnceAsync(instance))
        {
            // The next batch.
        }
    }

    private static async Task EscalateDespiteOthersAsync(MailInstance instance)
    {
        while (true)
        {
            try
            {
                await EscalateAsync(instance);
                return;
            }
            catch (DbUpdateException)
            {
                // It was second; the job looks again in its next round.
            }
        }
    }

    private async Task RemindAsync()
    {
        while (await _world.First.WithAsync<Reminders, bool>(reminders => reminders.RunOnceAsync()))
        {
            // The next batch.
        }
    }

    // Counted from the due date of what was published at the start.
    private async Task GoToAsync(int day)
    {
        _world.Time.JumpTo(FixedTime.Start.AddDays(DueInDays + day));
        await EscalateAsync(_world.First);
    }

    private async Task<int> AddOrganizationsAsync(int count)
    {
        for (var n = 1; n <= count; n++)
            await _world.AddMemberAsync(await _world.AddOrganizationAsync($"partner-{n}", $"Partner {n}"), "Gus", GlobalAdmin);
        return count;
    }

    private Task<List<CommunicationStep>> StepsAsync() => _world.First.ReadAsync(db => db.CommunicationSteps.OrderBy(step => step.Id).ToListAsync());

    private Task<List<OutboxMail>> EscalatedMailsAsync() => _world.First.ReadAsync(db =>
        db.OutboxMails.Where(mail => mail.Occasion == MailOccasion.Escalated).OrderBy(mail => mail.MembershipId).ToListAsync());

    private Task<List<int>> RemindedAsync(string stage) => _world.First.ReadAsync(db =>
        db.OutboxMails.Where(mail => mail.Occasion == stage).OrderBy(mail => mail.MembershipId).Select(mail => mail.MembershipId).ToListAsync());

    private Task StateAsync(Membership member, long id, Action<MemberState> change) =>
        _world.First.WriteAsync(db => change(db.Add(new MemberState(member.Id, id)).Entity));

    private Task MarkAllReadAsync(Membership member, long newest) => _world.First.WriteAsync(async db =>
        (await db.Memberships.Include(membership => membership.Roles).SingleAsync(membership => membership.Id == member.Id)).MarkAllRead(newest));

    private Task DisableAsync(Membership member) => _world.First.WriteAsync(async db =>
        (await db.People.SingleAsync(person => person.Id == member.PersonId)).Disable());

    private async Task<bool> SeesAsync(Membership member, long id)
    {
        var fresh = await _world.First.ReadAsync(db => db.Memberships
            .Include(membership => membership.Roles)
            .Include(membership => membership.Organization).ThenInclude(organization => organization.Enrollments)
            .AsSplitQuery()
            .SingleAsync(membership => membership.Id == member.Id));
        var reader = Reader.From(fresh, fresh.Organization.ActivePrograms, WorkspaceCatalogue.BuiltIn, "en", _world.Time.Now);
        var open = await _world.First.WithAsync<Visibility, CommunicationList>(visibility => visibility.OpenActionsAsync(reader, new(), size: 10));
        return open.Rows.Any(row => row.Id == id);
    }
}
