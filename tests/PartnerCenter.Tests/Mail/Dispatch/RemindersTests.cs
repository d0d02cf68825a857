using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Mail.Dispatch;
using PartnerCenter.Tests.Support;
using static PartnerCenter.Domain.Access.RoleCatalogue;

namespace PartnerCenter.Tests.Mail.Dispatch;

public sealed class RemindersTests : IAsyncLifetime
{
    private const int DueInDays = 40;
    private const int MoreThanABatch = MailWalk.BatchSize + 103;

    private static readonly CommunicationStanding Recommended = new() { Kind = CommunicationKind.RecommendedAction };

    private MailWorld _world = null!;
    private Organization _alpine = null!;

    public async Task InitializeAsync()
    {
        _world = await MailWorld.CreateAsync();
        _alpine = await _world.AddOrganizationAsync();
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Theory]
    [InlineData(CommunicationKind.MandatoryAction, "-30 due-in-30, -7 due-in-7, -1 due-in-1, 0 due-today, 7 overdue-7, 14 overdue-14, 21 overdue-21, 28 overdue-28")]
    [InlineData(CommunicationKind.RecommendedAction, "-30 due-in-30, -7 due-in-7, -1 due-in-1, 0 due-today")]
    public async Task While_an_action_is_open_its_readers_are_reminded_once_at_each_stage(CommunicationKind kind, string days)
    {
        await _world.AddMemberAsync(_alpine, "Anna", BillingAdmin);
        await _world.QueueAsync(Draft(kind));

        List<string> reminded = [];
        for (var day = -DueInDays; day <= 50; day++)
        {
            var before = (await RemindersAsync()).Count;
            await RemindAsync();
            await RemindAsync();
            reminded.AddRange((await RemindersAsync()).Skip(before).Select(mail => $"{day} {mail.Occasion}"));
            _world.Time.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(days, string.Join(", ", reminded));
    }

    [Fact]
    public async Task When_the_clock_jumps_over_several_stages_only_the_latest_is_sent()
    {
        await _world.AddMemberAsync(_alpine, "Anna", BillingAdmin);
        await _world.QueueAsync(Draft());

        await GoToAsync(-5);
        await GoToAsync(16);
        await GoToAsync(50);

        Assert.Equal(["due-in-7", "overdue-14"], (await RemindersAsync()).Select(mail => mail.Occasion));
    }

    [Fact]
    public async Task Nobody_is_reminded_on_the_day_of_publication()
    {
        await _world.AddMemberAsync(_alpine, "Anna", BillingAdmin);
        await _world.QueueAsync(Draft() with { DueInDays = 30 });

        await RemindAsync();

        Assert.Empty(await RemindersAsync());
    }

    [Fact]
    public async Task Before_the_mails_about_the_publication_are_queued_nobody_is_reminded()
    {
        await _world.AddMemberAsync(_alpine, "Anna", BillingAdmin);
        await _world.PublishAsync(Draft());

        await GoToAsync(-7);

        Assert.Empty(await _world.MailsAsync());
    }

    [Fact]
    public async Task Whoever_gets_the_mail_about_the_publication_late_is_not_reminded_on_the_same_day()
    {
        await _world.AddMemberAsync(_alpine, "Anna", BillingAdmin);
        await _world.PublishAsync(Draft());
        _world.Time.Advance(TimeSpan.FromDays(DueInDays - 7));
        await _world.First.FanOutAsync();

        await RemindAsync();

        Assert.Equal(MailOccasion.Published, (await _world.MailAsync()).Occasion);
    }

    [Fact]
    public async Task Where_an_action_is_done_nobody_is_reminded_and_elsewhere_everybody_is()
    {
        var harbor = await _world.AddOrganizationAsync("harbor-apps", "Harbor Apps");
        await _world.AddMemberAsync(_alpine, "Anna", BillingAdmin);
        var harry = await _world.AddMemberAsync(harbor, "Harry", BillingAdmin);
        var id = await _world.QueueAsync(Draft());
        await _world.First.WriteAsync(async db =>
        {
            var action = await db.Communications.SingleAsync(communication => communication.Id == id);
            db.Add(Completion.InOrganization(action, _alpine.Id, "Anna", _world.Time.Now));
        });

        await GoToAsync(-7);

        Assert.Equal([harry.Id], (await RemindersAsync()).Select(mail => mail.MembershipId));
    }

    [Fact]
    public async Task What_somebody_archived_or_may_not_see_any_more_is_no_reason_for_a_reminder()
    {
        var anna = await _world.AddMemberAsync(_alpine, "Anna", BillingAdmin);
        var bas = await _world.AddMemberAsync(_alpine, "Bas", BillingAdmin);
        var carla = await _world.AddMemberAsync(_alpine, "Carla", BillingAdmin);
        var id = await _world.QueueAsync(Draft(CommunicationKind.RecommendedAction));
        await StateAsync(anna, id, state => state.Archive(Recommended, _world.Time.Now));
        await _world.First.WriteAsync(async db =>
        {
            var member = await db.Memberships.Include(membership => membership.Roles).SingleAsync(membership => membership.Id == bas.Id);
            member.Revoke(member.Roles.Single());
        });

        await GoToAsync(-7);

        Assert.Equal([(carla.Id, MailState.Queued)], (await RemindersAsync()).Select(mail => (mail.MembershipId, mail.State)));
    }

    [Fact]
    public async Task Whoever_snoozed_a_recommended_action_is_reminded_again_when_it_has_come_back()
    {
        var anna = await _world.AddMemberAsync(_alpine, "Anna", BillingAdmin);
        var id = await _world.QueueAsync(Draft(CommunicationKind.RecommendedAction));
        await SnoozeAsync(anna, id, _world.Time.Now.AddDays(DueInDays - 5));

        await GoToAsync(-7);
        await GoToAsync(-1);

        Assert.Equal(
            [("due-in-7", MailState.Suppressed, SuppressionReason.Snoozed), ("due-in-1", MailState.Queued, null)],
            (await RemindersAsync()).Select(mail => (mail.Occasion, mail.State, mail.SuppressedBecause)));
    }

    [Fact]
    public async Task Whoever_snoozes_between_queueing_and_sending_gets_no_mail()
    {
        var anna = await _world.AddMemberAsync(_alpine, "Anna", BillingAdmin);
        var id = await _world.QueueAsync(Draft(CommunicationKind.RecommendedAction));
        await _world.First.DispatchAsync();
        await GoToAsync(-7);
        await SnoozeAsync(anna, id, _world.Time.Now.AddDays(1));

        await _world.First.DispatchAsync();

        Assert.Equal(SuppressionReason.Snoozed, Assert.Single(await RemindersAsync()).SuppressedBecause);
        Assert.Single(_world.Transport.Taken);
    }

    [Fact]
    public async Task What_was_taken_back_is_no_reason_for_a_reminder()
    {
        await _world.AddMemberAsync(_alpine, "Anna", BillingAdmin);
        var id = await _world.QueueAsync(Draft());
        await _world.First.WriteAsync(async db =>
            (await db.Communications.Include(communication => communication.Targets).SingleAsync(communication => communication.Id == id)).Withdraw(_world.Time.Now));

        await GoToAsync(-7);

        Assert.Empty(await RemindersAsync());
    }

    [Fact]
    public async Task Several_processes_at_the_same_time_remind_everybody_once()
    {
        await _world.AddMembersAsync(_alpine, 40, BillingAdmin);
        await _world.QueueAsync(Draft());
        await _world.QueueAsync(Draft());
        _world.Time.Advance(TimeSpan.FromDays(DueInDays - 7));
        var instances = Enumerable.Range(0, 4).Select(_ => _world.Start()).ToList();

        await Task.WhenAll(instances.Select(instance => Task.Run(() => RemindDespiteOthersAsync(instance))));

        var reminders = await RemindersAsync();
        Assert.Equal(80, reminders.Count);
        Assert.Equal(80, reminders.DistinctBy(mail => (mail.CommunicationId, mail.MembershipId)).Count());
        Assert.Equal([true, true], await _world.First.ReadAsync(db => db.ReminderRounds.Select(round => round.CompletedAt != null).ToListAsync()));
    }

    [Fact]
    public async Task Another_process_goes_on_where_one_that_died_between_two_batches_stopped()
    {
        await _world.AddMembersAsync(_alpine, MoreThanABatch, BillingAdmin);
        await _world.QueueAsync(Draft());
        _world.Time.Advance(TimeSpan.FromDays(DueInDays - 7));
        await RemindOnceAsync(_world.First);
        await RemindOnceAsync(_world.First);
        var before = (await RemindersAsync()).Count;
        await _world.First.DisposeAsync();
        var another = _world.Start();

        while (await RemindOnceAsync(another))
        {
            // The next batch.
        }

        var reminded = await another.ReadAsync(db => db.OutboxMails.Where(mail => mail.Occasion == "due-in-7").Select(mail => mail.MembershipId).ToListAsync());
        Assert.Equal(MailWalk.BatchSize, before);
        Assert.Equal(MoreThanABatch, reminded.Count);
        Assert.Equal(MoreThanABatch, reminded.Distinct().Count());
    }

    [Fact]
    public async Task A_batch_that_fails_leaves_neither_mails_nor_a_moved_cursor()
    {
        await _world.AddMembersAsync(_alpine, MoreThanABatch, BillingAdmin);
        await _world.QueueAsync(Draft());
        _world.Time.Advance(TimeSpan.FromDays(DueInDays - 7));
        await RemindOnceAsync(_world.First);
        await RemindOnceAsync(_world.First);
        var cursor = await CursorAsync();
        await _world.First.WriteAsync(db => db.Database.ExecuteSqlRawAsync(
            $"CREATE TRIGGER Refuse BEFORE INSERT ON OutboxMails WHEN NEW.MembershipId = {cursor + 50} BEGIN SELECT RAISE(ABORT, 'refused'); END"));

        await Assert.ThrowsAsync<DbUpdateException>(() => RemindOnceAsync(_world.First));

        Assert.Equal((MailWalk.BatchSize, cursor), ((await RemindersAsync()).Count, await CursorAsync()));
    }

    [Fact]
    public async Task A_round_that_the_next_stage_overtakes_is_not_finished()
    {
        await _world.AddMembersAsync(_alpine, MoreThanABatch, BillingAdmin);
        await _world.QueueAsync(Draft());
        _world.Time.Advance(TimeSpan.FromDays(DueInDays - 7));
        await RemindOnceAsync(_world.First);
        await RemindOnceAsync(_world.First);

        await GoToAsync(-1);

        Assert.Equal(
            [("due-in-7", MailWalk.BatchSize), ("due-in-1", MoreThanABatch)],
            (await RemindersAsync()).GroupBy(mail => mail.Occasion).Select(group => (group.Key, group.Count())));
    }

    [Fact]
    public async Task A_relay_that_was_away_for_days_does_not_let_two_reminders_loose_at_once()
    {
        await _world.AddMemberAsync(_alpine, "Anna", BillingAdmin);
        await _world.QueueAsync(Draft());
        await _world.First.DispatchAsync();
        await GoToAsync(-7);
        await GoToAsync(-1);

        await _world.First.DispatchAsync();

        Assert.Equal(
            [("due-in-7", SuppressionReason.Overtaken, MailState.Suppressed), ("due-in-1", null, MailState.Sent)],
            (await RemindersAsync()).Select(mail => (mail.Occasion, mail.SuppressedBecause, mail.State)));
    }

    [Theory]
    [InlineData("en", -7, "[Billing] Reminder: Check the invoice – 7 days left", "A reminder: this is still open at Alpine Cloud – 7 days left.")]
    [InlineData("en", -3, "[Billing] Reminder: Check the invoice – 3 days left", "A reminder: this is still open at Alpine Cloud – 3 days left.")]
    [InlineData("en", 7, "[Billing] Reminder: Check the invoice – overdue by 7 days", "A reminder: this is still open at Alpine Cloud – overdue by 7 days.")]
    [InlineData("nl", -1, "[Facturering] Herinnering: Controleer de factuur – nog 1 dag", "Een herinnering: dit staat bij Alpine Cloud nog open – nog 1 dag.")]
    [InlineData("nl", 0, "[Facturering] Herinnering: Controleer de factuur – uiterlijk vandaag", "Een herinnering: dit staat bij Alpine Cloud nog open – uiterlijk vandaag.")]
    public async Task A_reminder_says_that_it_is_one_and_how_the_due_date_stands(string language, int day, string subject, string sentence)
    {
        await _world.AddMemberAsync(_alpine, "Anna", language, BillingAdmin);
        await _world.QueueAsync(Draft());
        await _world.First.DispatchAsync();

        await GoToAsync(day);
        await _world.First.DispatchAsync();

        var sent = _world.Transport.Taken[^1];
        Assert.Equal(subject, sent.Subject);
        Assert.Contains(sentence, sent.Text, StringComparison.Ordinal);
        Assert.Contains(sentence, System.Net.WebUtility.HtmlDecode(sent.Html), StringComparison.Ordinal);
    }

    private static CommunicationDraft Draft(CommunicationKind kind = CommunicationKind.MandatoryAction) =>
        MailWorld.Draft(kind, BillingAdmin) with { DueInDays = DueInDays };

    private static Task<bool> RemindOnceAsync(MailInstance instance) => instance.WithAsync<Reminders, bool>(reminders => reminders.RunOnceAsync());

    private static async Task RemindDespiteOthersAsync(MailInstance instance)
    {
        while (true)
        {
            try
            {
                if (!await RemindOnceAsync(instance))
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
        while (await RemindOnceAsync(_world.First))
        {
            // The next batch.
        }
    }

    // Counted from the due date of what was published at the start.
    private async Task GoToAsync(int day)
    {
        _world.Time.JumpTo(FixedTime.Start.AddDays(DueInDays + day));
        await RemindAsync();
    }

    private async Task<List<OutboxMail>> RemindersAsync() =>
        [.. (await _world.First.ReadAsync(db => db.OutboxMails.OrderBy(mail => mail.Id).ToListAsync())).Where(mail => ReminderPolicy.IsReminder(mail.Occasion))];

    private Task<int> CursorAsync() => _world.First.ReadAsync(db => db.ReminderRounds.Select(round => round.Cursor).SingleAsync());

    private Task SnoozeAsync(Membership member, long id, DateTime until) =>
        StateAsync(member, id, state => state.Snooze(Recommended, until, _world.Time.Now));

    private Task StateAsync(Membership member, long id, Action<MemberState> change) =>
        _world.First.WriteAsync(db => change(db.Add(new MemberState(member.Id, id)).Entity));
}
