using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Data;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Data.Communications;

public sealed class CommunicationVerbsTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryDatabase _database = new();
    private Organization _alpine = null!;
    private Membership _member = null!;

    private MemberView Mine => _database.As(_member);

    public async Task InitializeAsync()
    {
        _alpine = await _database.Scenario.OrganizationAsync();
        _member = await _database.Scenario.MemberAsync(_alpine, RoleCatalogue.BillingAdmin);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Reading_is_kept_with_the_time_of_the_first_time()
    {
        var id = await PublishAsync(Drafts.PromotionalNotification());
        await Mine.ReadAsync(id);
        _database.Time.Advance(TimeSpan.FromHours(1));

        await Mine.ReadAsync(id);

        Assert.Equal(FixedTime.Start, (await StateAsync(id))!.ReadAt);
        Assert.True((await Mine.FindAsync(id))!.IsRead);
    }

    [Fact]
    public async Task A_mandatory_action_is_not_archived_and_nothing_is_stored()
    {
        var id = await PublishAsync(Drafts.MandatoryAction());

        var violation = await Assert.ThrowsAsync<RuleViolationException>(() => Mine.ArchiveAsync(id));

        Assert.Same(Reasons.MandatoryActionStays, violation.Reason);
        Assert.Null(await StateAsync(id));
        Assert.Equal([id], await Mine.OpenActionsAsync());
    }

    [Fact]
    public async Task A_mandatory_action_that_is_done_lies_among_the_completed_and_is_not_archived_either()
    {
        var id = await PublishAsync(Drafts.MandatoryAction());
        await Mine.CompleteAsync(id);

        await Assert.ThrowsAsync<RuleViolationException>(() => Mine.ArchiveAsync(id));

        Assert.Equal([id], await Mine.CompletedAsync());
        Assert.Empty(await Mine.ArchivedAsync());
    }

    [Fact]
    public async Task What_is_restored_is_where_it_was_before()
    {
        var id = await PublishAsync(Drafts.RecommendedAction());
        await Mine.ArchiveAsync(id);

        var isFound = await Mine.RestoreAsync(id);

        Assert.True(isFound);
        Assert.Equal([id], await Mine.OpenActionsAsync());
        Assert.Empty(await Mine.ArchivedAsync());
        Assert.True((await Mine.FindAsync(id))!.IsRead);
    }

    [Fact]
    public async Task Restoring_what_was_never_archived_changes_nothing()
    {
        var id = await PublishAsync(Drafts.RecommendedAction());

        var isFound = await Mine.RestoreAsync(id);

        Assert.True(isFound);
        Assert.False((await Mine.FindAsync(id))!.IsRead);
        Assert.Equal([id], await Mine.OpenActionsAsync());
    }

    [Fact]
    public async Task Completing_says_who_did_it_when_and_with_which_note_and_counts_as_reading()
    {
        var id = await PublishAsync(Drafts.MandatoryAction());

        var isFound = await Mine.CompleteAsync(id, "Paid by card.");

        var found = (await Mine.FindAsync(id))!;
        Assert.True(isFound);
        Assert.Equal(
            (_member.Person.Name, FixedTime.Start, "Paid by card."),
            (found.Completion!.CompletedBy, found.Completion.CompletedAt, found.Completion.Note));
        Assert.True(found.IsRead);
        Assert.Equal(0, (await Mine.CountAsync()).Badge);
    }

    [Fact]
    public async Task Whoever_completes_second_is_told_who_was_first_and_when()
    {
        var colleague = await _database.Scenario.MemberAsync(_alpine, await _database.Scenario.PersonAsync("Gita Rao"), RoleCatalogue.BillingAdmin);
        var id = await PublishAsync(Drafts.MandatoryAction());
        await Mine.CompleteAsync(id, "First.");
        _database.Time.Advance(TimeSpan.FromHours(1));

        var violation = await Assert.ThrowsAsync<RuleViolationException>(() => _database.As(colleague).CompleteAsync(id, "Second."));

        Assert.Equal(Reasons.AlreadyCompleted(_member.Person.Name, FixedTime.Start).Arguments, violation.Reason.Arguments);
        var done = Assert.Single(await _database.QueryAsync(db => db.Completions.ToListAsync()));
        Assert.Equal((_member.Person.Name, "First.", FixedTime.Start), (done.CompletedBy, done.Note, done.CompletedAt));
    }

    [Theory]
    [InlineData(CommunicationKind.TransactionalNotification)]
    [InlineData(CommunicationKind.PromotionalNotification)]
    public async Task A_notification_is_not_completed_and_nothing_is_stored(CommunicationKind kind)
    {
        var id = await PublishAsync(Drafts.Of(kind));

        await Assert.ThrowsAsync<RuleViolationException>(() => Mine.CompleteAsync(id));

        Assert.Empty(await _database.QueryAsync(db => db.Completions.ToListAsync()));
        Assert.Null(await StateAsync(id));
    }

    [Fact]
    public async Task What_is_not_for_the_member_is_as_if_it_did_not_exist_and_nothing_is_stored()
    {
        var foreign = await PublishAsync(Drafts.RecommendedAction("owner"));

        foreach (var id in new[] { foreign, 4711 })
        {
            Assert.False(await Mine.ReadAsync(id));
            Assert.False(await Mine.ArchiveAsync(id));
            Assert.False(await Mine.RestoreAsync(id));
            Assert.False(await Mine.CompleteAsync(id));
        }

        Assert.Empty(await _database.QueryAsync(db => db.MemberStates.ToListAsync()));
        Assert.Empty(await _database.QueryAsync(db => db.Completions.ToListAsync()));
    }

    [Fact]
    public async Task Marking_all_read_writes_no_row_for_each_communication()
    {
        for (var i = 0; i < 3; i++)
            await PublishAsync(Drafts.PromotionalNotification());
        _database.Time.Advance(TimeSpan.FromMinutes(1));

        await Mine.ReadAllAsync();

        Assert.Empty(await _database.QueryAsync(db => db.MemberStates.ToListAsync()));
        Assert.Equal(0, (await Mine.CountAsync()).Badge);
    }

    [Fact]
    public async Task Marking_all_read_does_not_reach_beyond_what_the_member_can_see()
    {
        var mine = await PublishAsync(Drafts.PromotionalNotification());
        await PublishAsync(Drafts.PromotionalNotification("owner"));
        _database.Time.Advance(TimeSpan.FromMinutes(1));

        await Mine.ReadAllAsync();

        await AssertReadUpToAsync(mine);
    }

    [Fact]
    public async Task What_is_younger_than_a_minute_is_marked_read_one_by_one()
    {
        var settled = await PublishAsync(Drafts.PromotionalNotification());
        _database.Time.Advance(TimeSpan.FromSeconds(1));
        var opened = await PublishAsync(Drafts.PromotionalNotification());
        await Mine.ReadAsync(opened);
        var young = await PublishAsync(Drafts.MandatoryAction("owner", "billing_admin", "default_user"));
        var foreign = await PublishAsync(Drafts.PromotionalNotification("owner"));
        _database.Time.Advance(TimeSpan.FromSeconds(59));

        await Mine.ReadAllAsync();

        await AssertReadUpToAsync(settled);
        Assert.Null(await StateAsync(settled));
        Assert.Equal(FixedTime.Start.AddSeconds(1), (await StateAsync(opened))!.ReadAt);
        Assert.Equal(_database.Time.Now, (await StateAsync(young))!.ReadAt);
        Assert.Null(await StateAsync(foreign));
        Assert.True((await Mine.FindAsync(young))!.IsRead);
    }

    [Fact]
    public async Task What_an_escalation_brings_is_unread_however_much_was_marked_as_read_before()
    {
        var forOwners = await PublishAsync(Drafts.MandatoryAction("owner"));
        await PublishAsync(Drafts.PromotionalNotification());
        _database.Time.Advance(TimeSpan.FromMinutes(1));
        await Mine.ReadAllAsync();

        await _database.Scenario.EscalateAsync(forOwners, "billing_admin", "alpine-cloud");

        Assert.False((await Mine.FindAsync(forOwners))!.IsRead);
        Assert.Equal([forOwners], await Mine.OpenActionsAsync(new CommunicationFilter { Unread = true }));

        await Mine.ReadAllAsync();

        Assert.True((await Mine.FindAsync(forOwners))!.IsRead);
        Assert.Empty(await Mine.OpenActionsAsync(new CommunicationFilter { Unread = true }));
    }

    // SQL Server gives out ids in the order of the inserts and shows rows in the order of the commits: 7 can come after 8 was seen.
    [Fact]
    public async Task What_appears_below_what_was_seen_stays_unread()
    {
        await PublishAsync(Drafts.PromotionalNotification());
        _database.Time.Advance(TimeSpan.FromMinutes(5));
        var late = await PublishAsync(Drafts.PromotionalNotification());
        await ShowAsync(late, isCommitted: false);
        var seen = await PublishAsync(Drafts.PromotionalNotification());
        Assert.True(late < seen);

        await Mine.ReadAllAsync();
        await ShowAsync(late, isCommitted: true);

        Assert.True((await Mine.FindAsync(seen))!.IsRead);
        Assert.False((await Mine.FindAsync(late))!.IsRead);
        Assert.Equal(1, (await Mine.CountAsync()).Badge);
    }

    [Fact]
    public async Task Marking_all_read_in_two_tabs_at_the_same_instant_fails_in_neither()
    {
        var id = await PublishAsync(Drafts.PromotionalNotification());
        await using var scope = _database.Scope();
        MeetBeforeSaving(scope, async () =>
        {
            await Mine.ReadAllAsync();
            return true;
        });
        var reader = await _database.Scenario.ReaderAsync(_member);

        await scope.ServiceProvider.GetRequiredService<CommunicationVerbs>().ReadAllAsync(reader);

        Assert.True((await Mine.FindAsync(id))!.IsRead);
        Assert.Single(await _database.QueryAsync(db => db.MemberStates.ToListAsync()));
    }

    [Fact]
    public async Task Completing_twice_by_the_same_person_is_done_once()
    {
        var id = await PublishAsync(Drafts.MandatoryAction());
        await Mine.CompleteAsync(id, "First.");

        var isFound = await Mine.CompleteAsync(id, "Again.");

        Assert.True(isFound);
        Assert.Equal("First.", (await Mine.FindAsync(id))!.Completion!.Note);
        Assert.Single(await _database.QueryAsync(db => db.CommunicationSteps.ToListAsync()));
    }

    [Fact]
    public async Task Whoever_completes_second_is_told_also_by_somebody_of_the_same_name()
    {
        var namesake = await _database.Scenario.MemberAsync(_alpine, await _database.Scenario.PersonAsync(_member.Person.Name), RoleCatalogue.BillingAdmin);
        var id = await PublishAsync(Drafts.MandatoryAction());
        await Mine.CompleteAsync(id, "First.");

        var violation = await Assert.ThrowsAsync<RuleViolationException>(() => _database.As(namesake).CompleteAsync(id, "Second."));

        Assert.Equal("Reason.AlreadyCompleted", violation.Reason.Key);
    }

    [Fact]
    public async Task What_everybody_does_for_themselves_is_done_once_whoever_has_the_same_name()
    {
        var namesake = await _database.Scenario.MemberAsync(_alpine, await _database.Scenario.PersonAsync(_member.Person.Name), RoleCatalogue.BillingAdmin);
        var id = await PublishAsync(Drafts.MandatoryAction() with { Completion = "person" });
        await Mine.CompleteAsync(id);

        Assert.True(await Mine.CompleteAsync(id));
        Assert.True(await _database.As(namesake).CompleteAsync(id));

        Assert.Equal(2, await _database.QueryAsync(db => db.Completions.CountAsync()));
    }

    [Fact]
    public async Task What_is_reopened_is_open_for_everybody_again_and_its_history_stays()
    {
        var colleague = await _database.Scenario.MemberAsync(_alpine, await _database.Scenario.PersonAsync("Gita Rao"), RoleCatalogue.BillingAdmin);
        var id = await PublishAsync(Drafts.MandatoryAction());
        await Mine.CompleteAsync(id, "Too early.");

        await _database.As(colleague).ReopenAsync(id);

        Assert.Equal([id], await Mine.OpenActionsAsync());
        Assert.Empty(await Mine.CompletedAsync());
        var steps = await _database.QueryAsync(db => db.CommunicationSteps.OrderBy(step => step.Id).ToListAsync());
        Assert.Equal(
            [(StepKind.Completed, _member.Person.Name, "Too early."), (StepKind.Reopened, "Gita Rao", null)],
            steps.Select(step => (step.Kind, step.By, step.Note)));
    }

    [Fact]
    public async Task What_is_open_is_not_reopened()
    {
        var id = await PublishAsync(Drafts.MandatoryAction());

        var violation = await Assert.ThrowsAsync<RuleViolationException>(() => Mine.ReopenAsync(id));

        Assert.Same(Reasons.NotCompleted, violation.Reason);
    }

    [Fact]
    public async Task What_is_put_off_is_gone_until_its_day_and_then_comes_back_by_itself()
    {
        var id = await PublishAsync(Drafts.RecommendedAction() with { DueInDays = 10 });

        await Mine.SnoozeAsync(id, FixedTime.Start.AddDays(3));

        Assert.Empty(await Mine.OpenActionsAsync());
        Assert.Equal([id], await Mine.SnoozedAsync());
        Assert.Equal((0, 0), ((await Mine.CountAsync()).OpenActions, (await Mine.CountAsync()).Badge));
        _database.Time.Advance(TimeSpan.FromDays(3));
        Assert.Equal([id], await Mine.OpenActionsAsync());
        Assert.Empty(await Mine.SnoozedAsync());
    }

    [Fact]
    public async Task What_was_put_off_can_be_taken_up_early()
    {
        var id = await PublishAsync(Drafts.RecommendedAction());
        await Mine.SnoozeAsync(id, FixedTime.Start.AddDays(3));

        await Mine.WakeAsync(id);

        Assert.Equal([id], await Mine.OpenActionsAsync());
    }

    [Fact]
    public async Task What_was_put_off_and_completed_is_among_the_open_actions_when_it_is_reopened()
    {
        var id = await PublishAsync(Drafts.RecommendedAction());
        await Mine.SnoozeAsync(id, FixedTime.Start.AddDays(3));
        await Mine.CompleteAsync(id);

        await Mine.ReopenAsync(id);

        Assert.Equal([id], await Mine.OpenActionsAsync());
    }

    [Fact]
    public async Task What_is_marked_unread_is_unread_whatever_was_read_before()
    {
        var (one, other) = (await PublishAsync(Drafts.PromotionalNotification()), await PublishAsync(Drafts.PromotionalNotification()));
        _database.Time.Advance(TimeSpan.FromHours(1));
        await Mine.ReadAsync(other);
        await Mine.ReadAllAsync();

        await Mine.MarkUnreadAsync(one);
        await Mine.MarkUnreadAsync(other);

        Assert.Equal(2, (await Mine.CountAsync()).Badge);
        Assert.False((await Mine.FindAsync(one))!.IsRead);
        await Mine.ReadAllAsync();
        Assert.Equal(0, (await Mine.CountAsync()).Badge);
    }

    [Fact]
    public async Task A_batch_does_what_it_may_and_says_what_stays_and_why()
    {
        long[] news = [await PublishAsync(Drafts.PromotionalNotification()), await PublishAsync(Drafts.RecommendedAction())];
        var mandatory = await PublishAsync(Drafts.MandatoryAction());
        var foreign = await PublishAsync(Drafts.RecommendedAction("owner"));

        var result = await Mine.DoWithAllAsync(CommunicationVerb.Archive, [.. news, mandatory, foreign, 4711, news[0]]);

        Assert.Equal(news, result.Done.Order());
        Assert.Equal([new Refusal(Reasons.MandatoryActionStays, 1)], result.Refused);
        Assert.Equal(2, result.Missing);
        Assert.Equal(news.OrderDescending(), (await Mine.ArchivedAsync()).OrderDescending());
        Assert.Equal([mandatory], await Mine.OpenActionsAsync());
    }

    public static TheoryData<CommunicationVerb, bool> WhatBatchesDo => new()
    {
        { CommunicationVerb.Read, true },
        { CommunicationVerb.MarkUnread, false },
    };

    [Theory]
    [MemberData(nameof(WhatBatchesDo))]
    public async Task A_batch_tells_what_was_so_before_from_what_it_changed(CommunicationVerb verb, bool changesTheUnread)
    {
        var (read, unread) = (await PublishAsync(Drafts.PromotionalNotification()), await PublishAsync(Drafts.PromotionalNotification()));
        await Mine.ReadAsync(read);

        var result = await Mine.DoWithAllAsync(verb, read, unread);

        Assert.Equal([read, unread], result.Done.Order());
        Assert.Equal([changesTheUnread ? unread : read], result.Changed);
    }

    [Fact]
    public async Task What_a_mark_for_everything_made_read_is_not_changed_by_reading_it()
    {
        var id = await PublishAsync(Drafts.PromotionalNotification());
        _database.Time.Advance(TimeSpan.FromHours(1));
        await Mine.ReadAllAsync();

        Assert.Empty((await Mine.DoWithAllAsync(CommunicationVerb.Read, id)).Changed);
    }

    [Fact]
    public async Task Archiving_and_restoring_change_what_lay_elsewhere()
    {
        var (archived, open) = (await PublishAsync(Drafts.PromotionalNotification()), await PublishAsync(Drafts.PromotionalNotification()));
        await Mine.ArchiveAsync(archived);

        Assert.Equal([open], (await Mine.DoWithAllAsync(CommunicationVerb.Archive, archived, open)).Changed);
        await Mine.RestoreAsync(open);
        Assert.Equal([archived], (await Mine.DoWithAllAsync(CommunicationVerb.Restore, archived, open)).Changed);
    }

    [Fact]
    public async Task An_action_goes_to_a_colleague_and_back_and_each_step_is_kept()
    {
        var gita = await _database.Scenario.MemberAsync(_alpine, await _database.Scenario.PersonAsync("Gita Rao"), RoleCatalogue.BillingAdmin);
        var theirs = _database.As(gita);
        var id = await PublishAsync(Drafts.MandatoryAction());

        await Mine.HandOverAsync(id, gita, "You know this better.");
        Assert.Equal((HandOverSide.Giver, HandOverSide.Asked), ((await Mine.FindAsync(id))!.HandOver!.Side, (await theirs.FindAsync(id))!.HandOver!.Side));
        await theirs.AcceptAsync(id);
        Assert.Equal(HandOverSide.Taker, (await theirs.FindAsync(id))!.HandOver!.Side);
        await theirs.ReturnAsync(id, "Not any more.");

        Assert.Null((await Mine.FindAsync(id))!.HandOver);
        Assert.Equal(
            [(StepKind.HandedOver, "You know this better."), (StepKind.Accepted, null), (StepKind.Returned, "Not any more.")],
            await _database.QueryAsync(async db => (await db.CommunicationSteps.OrderBy(step => step.Id).ToListAsync()).Select(step => (step.Kind, step.Note)).ToList()));
        var mails = await _database.QueryAsync(db => db.CommunicationTargets.Where(target => target.Kind == (int)CommunicationKind.AccountMail).ToListAsync());
        Assert.Equal([gita.Id, _member.Id], mails.OrderBy(mail => mail.CommunicationId).Select(mail => mail.MembershipId!.Value));
    }

    [Fact]
    public async Task Each_step_of_a_hand_over_takes_back_the_mail_about_the_one_before()
    {
        var gita = await _database.Scenario.MemberAsync(_alpine, await _database.Scenario.PersonAsync("Gita Rao"), RoleCatalogue.BillingAdmin);
        var (returned, completed) = (await PublishAsync(Drafts.MandatoryAction()), await PublishAsync(Drafts.MandatoryAction()));

        await Mine.HandOverAsync(returned, gita);
        await Mine.HandOverAsync(completed, gita);
        Assert.Equal([gita.Id, gita.Id], await ToldAsync());
        await _database.As(gita).ReturnAsync(returned);
        await _database.As(gita).CompleteAsync(completed);
        Assert.Equal([_member.Id], await ToldAsync());
        await Mine.CompleteAsync(returned);

        Assert.Empty(await ToldAsync());
    }

    [Fact]
    public async Task The_same_action_in_another_organization_keeps_its_mails()
    {
        var harbor = await _database.Scenario.OrganizationAsync("harbor-apps");
        var (harry, greta) = (await _database.Scenario.MemberAsync(harbor, RoleCatalogue.BillingAdmin), await _database.Scenario.MemberAsync(harbor, RoleCatalogue.BillingAdmin));
        var id = await PublishAsync(Drafts.MandatoryAction());
        await _database.As(harry).HandOverAsync(id, greta);

        await Mine.CompleteAsync(id);

        Assert.Equal([greta.Id], await ToldAsync());
    }

    [Theory]
    [InlineData("left")]
    [InlineData("kept out")]
    [InlineData("may not sign in")]
    public async Task Whoever_cannot_work_there_any_more_is_not_told_that_an_action_is_given_back(string because)
    {
        var gita = await _database.Scenario.MemberAsync(_alpine, await _database.Scenario.PersonAsync("Gita Rao"), RoleCatalogue.BillingAdmin);
        var id = await PublishAsync(Drafts.MandatoryAction());
        await Mine.HandOverAsync(id, gita);
        await _database.Scenario.ChangeAsync(_member, member =>
        {
            if (because == "left")
                member.Leave(_database.Time.Now);
            else if (because == "kept out")
                member.Disable(_database.Time.Now);
            else
                member.Person.Disable();
            return member;
        });

        await _database.As(gita).ReturnAsync(id);

        Assert.Empty(await ToldAsync());
    }

    [Fact]
    public async Task Nobody_takes_on_or_returns_what_was_not_handed_to_them()
    {
        var gita = await _database.Scenario.MemberAsync(_alpine, await _database.Scenario.PersonAsync("Gita Rao"), RoleCatalogue.BillingAdmin);
        var third = await _database.Scenario.MemberAsync(_alpine, await _database.Scenario.PersonAsync("Third Party"), RoleCatalogue.BillingAdmin);
        var id = await PublishAsync(Drafts.MandatoryAction());
        await Mine.HandOverAsync(id, gita);

        foreach (var attempt in new[] { () => _database.As(third).AcceptAsync(id), () => _database.As(third).ReturnAsync(id), () => Mine.AcceptAsync(id) })
            Assert.Same(Reasons.NotHandedToYou, (await Assert.ThrowsAsync<RuleViolationException>(attempt)).Reason);
        var twice = await Assert.ThrowsAsync<RuleViolationException>(() => _database.As(third).HandOverAsync(id, _member));
        Assert.Equal(["Gita Rao"], twice.Reason.Arguments);
    }

    [Fact]
    public async Task Only_a_colleague_who_sees_an_action_is_asked_to_take_it_on()
    {
        await _database.Scenario.MemberAsync(_alpine, await _database.Scenario.PersonAsync("Gita Rao"), RoleCatalogue.BillingAdmin);
        var without = await _database.Scenario.MemberAsync(_alpine, await _database.Scenario.PersonAsync("No Role"));
        var elsewhere = await _database.Scenario.MemberAsync(
            await _database.Scenario.OrganizationAsync("elsewhere"), await _database.Scenario.PersonAsync("Elsewhere"), RoleCatalogue.BillingAdmin);
        var id = await PublishAsync(Drafts.MandatoryAction());

        foreach (var other in new[] { without, elsewhere, _member })
            Assert.Same(Reasons.NoSuchColleague, (await Assert.ThrowsAsync<RuleViolationException>(() => Mine.HandOverAsync(id, other))).Reason);

        Assert.Null((await Mine.FindAsync(id))!.HandOver);
    }

    [Fact]
    public async Task Of_two_who_hand_an_action_over_at_the_same_instant_one_is_told_who_has_it()
    {
        var gita = await _database.Scenario.MemberAsync(_alpine, await _database.Scenario.PersonAsync("Gita Rao"), RoleCatalogue.BillingAdmin);
        var third = await _database.Scenario.MemberAsync(_alpine, await _database.Scenario.PersonAsync("Third Party"), RoleCatalogue.BillingAdmin);
        var id = await PublishAsync(Drafts.MandatoryAction());
        await using var scope = _database.Scope();
        MeetBeforeSaving(scope, () => _database.As(third).HandOverAsync(id, gita));
        var reader = await _database.Scenario.ReaderAsync(_member);

        var violation = await Assert.ThrowsAsync<RuleViolationException>(() => scope.ServiceProvider.GetRequiredService<CommunicationVerbs>()
            .HandOverAsync(reader, id, new Colleague(third.Id, "Third Party"), "Ben Keller", note: null));

        Assert.Equal(["Gita Rao"], violation.Reason.Arguments);
    }

    [Fact]
    public async Task Whoever_takes_on_what_is_taken_back_at_the_same_instant_is_told()
    {
        var gita = await _database.Scenario.MemberAsync(_alpine, await _database.Scenario.PersonAsync("Gita Rao"), RoleCatalogue.BillingAdmin);
        var id = await PublishAsync(Drafts.MandatoryAction());
        await Mine.HandOverAsync(id, gita);
        await using var scope = _database.Scope();
        MeetBeforeSaving(scope, () => Mine.ReturnAsync(id));
        var reader = await _database.Scenario.ReaderAsync(gita);

        var violation = await Assert.ThrowsAsync<RuleViolationException>(
            () => scope.ServiceProvider.GetRequiredService<CommunicationVerbs>().AcceptAsync(reader, id, "Gita Rao"));

        Assert.Same(Reasons.NotHandedToYou, violation.Reason);
    }

    [Fact]
    public async Task Completing_ends_a_hand_over()
    {
        var gita = await _database.Scenario.MemberAsync(_alpine, await _database.Scenario.PersonAsync("Gita Rao"), RoleCatalogue.BillingAdmin);
        var id = await PublishAsync(Drafts.MandatoryAction());
        await Mine.HandOverAsync(id, gita);

        await _database.As(gita).CompleteAsync(id);

        Assert.Empty(await _database.QueryAsync(db => db.HandOvers.ToListAsync()));
    }

    [Fact]
    public async Task What_is_completed_at_the_instant_at_which_it_is_handed_over_is_with_nobody()
    {
        var gita = await _database.Scenario.MemberAsync(_alpine, await _database.Scenario.PersonAsync("Gita Rao"), RoleCatalogue.BillingAdmin);
        var id = await PublishAsync(Drafts.MandatoryAction());
        await using var scope = _database.Scope();
        MeetBeforeSaving(scope, () => _database.As(gita).CompleteAsync(id));
        var reader = await _database.Scenario.ReaderAsync(_member);

        var violation = await Assert.ThrowsAsync<RuleViolationException>(() => scope.ServiceProvider.GetRequiredService<CommunicationVerbs>()
            .HandOverAsync(reader, id, new Colleague(gita.Id, "Gita Rao"), "Ben Keller", note: null));

        Assert.Equal(Reasons.AlreadyCompleted("Gita Rao", FixedTime.Start).Arguments, violation.Reason.Arguments);
        Assert.Empty(await _database.QueryAsync(db => db.HandOvers.ToListAsync()));
        Assert.Empty(await ToldAsync());
    }

    [Fact]
    public async Task What_is_handed_over_at_the_instant_at_which_it_is_completed_is_with_nobody()
    {
        var gita = await _database.Scenario.MemberAsync(_alpine, await _database.Scenario.PersonAsync("Gita Rao"), RoleCatalogue.BillingAdmin);
        var id = await PublishAsync(Drafts.MandatoryAction());
        await using var scope = _database.Scope();
        MeetBeforeSaving(scope, () => _database.As(gita).HandOverAsync(id, _member));
        var reader = await _database.Scenario.ReaderAsync(_member);

        await scope.ServiceProvider.GetRequiredService<CommunicationVerbs>().CompleteAsync(reader, id, "Ben Keller", note: null);

        Assert.Single(await _database.QueryAsync(db => db.Completions.ToListAsync()));
        Assert.Empty(await _database.QueryAsync(db => db.HandOvers.ToListAsync()));
        Assert.Empty(await ToldAsync());
    }

    public static TheoryData<string> TouchesInAnotherTab => ["read", "archive", "complete"];

    [Theory]
    [MemberData(nameof(TouchesInAnotherTab))]
    public async Task Two_first_touches_at_the_same_instant_both_count(string touch)
    {
        var id = await PublishAsync(Drafts.RecommendedAction());
        await using var scope = _database.Scope();
        MeetBeforeSaving(scope, () => touch switch
        {
            "read" => Mine.ReadAsync(id),
            "archive" => Mine.ArchiveAsync(id),
            _ => Mine.CompleteAsync(id),
        });
        var reader = await _database.Scenario.ReaderAsync(_member);

        var isFound = await scope.ServiceProvider.GetRequiredService<CommunicationVerbs>().ArchiveAsync(reader, id);

        Assert.True(isFound);
        var state = Assert.Single(await _database.QueryAsync(db => db.MemberStates.ToListAsync()));
        Assert.Equal((FixedTime.Start, FixedTime.Start), (state.ArchivedAt, state.ReadAt));
    }

    [Fact]
    public async Task Of_two_who_complete_at_the_same_instant_one_wins_and_the_other_is_told_who()
    {
        var colleague = await _database.Scenario.MemberAsync(_alpine, await _database.Scenario.PersonAsync("Gita Rao"), RoleCatalogue.BillingAdmin);
        var id = await PublishAsync(Drafts.MandatoryAction());
        await using var scope = _database.Scope();
        MeetBeforeSaving(scope, () => _database.As(colleague).CompleteAsync(id));
        var reader = await _database.Scenario.ReaderAsync(_member);

        var violation = await Assert.ThrowsAsync<RuleViolationException>(
            () => scope.ServiceProvider.GetRequiredService<CommunicationVerbs>().CompleteAsync(reader, id, "Ben Keller", note: null));

        Assert.Equal("Gita Rao", violation.Reason.Arguments[0]);
        Assert.Equal("Gita Rao", Assert.Single(await _database.QueryAsync(db => db.Completions.ToListAsync())).CompletedBy);
    }

    [Fact]
    public async Task What_is_archived_in_two_tabs_that_both_read_it_before_is_archived_once()
    {
        var id = await PublishAsync(Drafts.RecommendedAction());
        await Mine.ReadAsync(id);
        await using var scope = _database.Scope();
        MeetBeforeSaving(scope, () => Mine.ArchiveAsync(id));
        var reader = await _database.Scenario.ReaderAsync(_member);

        await scope.ServiceProvider.GetRequiredService<CommunicationVerbs>().ArchiveAsync(reader, id);

        Assert.Equal(FixedTime.Start, (await StateAsync(id))!.ArchivedAt);
    }

    // Somebody else does something, once, in the gap between what this scope has read and what it is about to save.
    private static void MeetBeforeSaving(AsyncServiceScope scope, Func<Task<bool>> other)
    {
        var hasMet = false;
        scope.ServiceProvider.GetRequiredService<PartnerCenterDb>().ChangeTracker.Tracked += (_, tracked) =>
        {
            if (hasMet || tracked.Entry.Entity is not (MemberState or Completion or HandOver))
                return;
            hasMet = true;
            Assert.True(other().GetAwaiter().GetResult());
        };
    }

    // To whom mails go that were not taken back.
    private Task<List<int>> ToldAsync() => _database.QueryAsync(db => db.CommunicationTargets
        .Where(target => target.Kind == (int)CommunicationKind.AccountMail && target.Communication.WithdrawnAt == null)
        .OrderBy(target => target.CommunicationId)
        .Select(target => target.MembershipId!.Value)
        .ToListAsync());

    // To a reader, what is not committed yet is not there.
    private Task<int> ShowAsync(long id, bool isCommitted) => _database.QueryAsync(db =>
        db.Database.ExecuteSqlInterpolatedAsync($"UPDATE CommunicationTargets SET Live = {(isCommitted ? 1 : 0)} WHERE CommunicationId = {id}"));

    private async Task AssertReadUpToAsync(long id)
    {
        var saved = await _database.QueryAsync(db => db.Memberships.Include(row => row.Roles).SingleAsync());
        Assert.Equal(id, saved.ReadUpTo);
        Assert.Equal(id, Assert.Single(saved.Roles).ReadUpTo);
    }

    private Task<long> PublishAsync(CommunicationDraft draft) => _database.Scenario.PublishAsync(draft);

    private Task<MemberState?> StateAsync(long id) =>
        _database.QueryAsync(db => db.MemberStates.SingleOrDefaultAsync(state => state.MembershipId == _member.Id && state.CommunicationId == id));
}
