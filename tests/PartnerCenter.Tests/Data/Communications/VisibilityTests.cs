using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Data.Communications;

public sealed class VisibilityTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryDatabase _database = new();
    private Organization _alpine = null!;
    private Organization _lowland = null!;
    private Membership _member = null!;

    private Scenario Scenario => _database.Scenario;

    // What the billing admin of Alpine finds.
    private MemberView Mine => _database.As(_member);

    public async Task InitializeAsync()
    {
        _alpine = await Scenario.OrganizationAsync("alpine-cloud");
        _lowland = await Scenario.OrganizationAsync("lowland-digital", ProgramCatalogue.Incentives);
        _member = await Scenario.MemberAsync(_alpine, RoleCatalogue.BillingAdmin);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _database.Dispose();

    // Who sees what

    [Fact]
    public async Task A_member_sees_what_is_for_their_role_in_their_organization_and_in_all()
    {
        var here = await Scenario.PublishAsync(Drafts.MandatoryAction("billing_admin") with { Organizations = ["alpine-cloud"] });
        var everywhere = await Scenario.PublishAsync(Drafts.MandatoryAction("billing_admin"));

        Assert.Equal([here, everywhere], await Mine.OpenActionsAsync());
    }

    [Fact]
    public async Task What_is_for_another_role_is_not_there()
    {
        var other = await Scenario.PublishAsync(Drafts.MandatoryAction("owner"));

        await AssertInvisibleAsync(other);
    }

    [Fact]
    public async Task What_is_for_the_role_in_another_organization_is_not_there()
    {
        var other = await Scenario.PublishAsync(Drafts.MandatoryAction("billing_admin") with { Organizations = ["lowland-digital"] });

        await AssertInvisibleAsync(other);
    }

    [Fact]
    public async Task What_is_for_every_member_needs_no_role()
    {
        var newcomer = await Scenario.MemberAsync(_alpine);
        var forAll = await Scenario.PublishAsync(Drafts.RecommendedAction("default_user"));

        Assert.Equal([forAll], await _database.As(newcomer).OpenActionsAsync());
    }

    [Fact]
    public async Task What_belongs_to_a_workspace_that_the_organization_does_not_have_is_not_there()
    {
        var elsewhere = await Scenario.MemberAsync(_lowland, RoleCatalogue.BillingAdmin);
        var billing = await Scenario.PublishAsync(Drafts.MandatoryAction() with { Workspace = "billing" });
        var incentives = await Scenario.PublishAsync(Drafts.MandatoryAction() with { Workspace = "incentives" });

        var theirs = _database.As(elsewhere);

        Assert.Equal([incentives], await theirs.OpenActionsAsync());
        Assert.Null(await theirs.FindAsync(billing));
        Assert.Equal(1, (await theirs.CountAsync()).Badge);
        Assert.Equal([billing, incentives], await Mine.OpenActionsAsync());
    }

    [Fact]
    public async Task What_is_for_one_membership_reaches_nobody_else()
    {
        var colleague = await Scenario.MemberAsync(_alpine, RoleCatalogue.BillingAdmin);
        var direct = await Scenario.PublishAsync(Drafts.TransactionalNotification().ForMembership(_member.Id));

        Assert.Equal([direct], await Mine.NotificationsAsync());
        Assert.Empty(await _database.As(colleague).NotificationsAsync());
        Assert.Null(await _database.As(colleague).FindAsync(direct));
    }

    [Fact]
    public async Task Somebody_in_two_organizations_sees_in_each_what_is_theirs_there()
    {
        var person = await Scenario.PersonAsync("Mila Jansen");
        var inAlpine = await Scenario.MemberAsync(_alpine, person, RoleCatalogue.Owner);
        var inLowland = await Scenario.MemberAsync(_lowland, person, RoleCatalogue.IncentivesUser);
        var forOwners = await Scenario.PublishAsync(Drafts.MandatoryAction("owner") with { Workspace = "incentives" });
        var forUsers = await Scenario.PublishAsync(Drafts.MandatoryAction("incentives_user") with { Workspace = "incentives" });

        Assert.Equal([forOwners], await _database.As(inAlpine).OpenActionsAsync());
        Assert.Equal([forUsers], await _database.As(inLowland).OpenActionsAsync());
    }

    [Fact]
    public async Task Two_ways_to_one_member_make_one_row_that_names_both()
    {
        await Scenario.GrantAsync(_member, RoleCatalogue.Owner);
        var both = await Scenario.PublishAsync(Drafts.MandatoryAction("billing_admin", "owner"));

        var mine = Mine;

        Assert.Equal([both], await mine.OpenActionsAsync());
        Assert.Equal((1, 1, 1), (await mine.CountAsync()) switch { var counts => (counts.Badge, counts.OpenActions, counts.OpenMandatory) });
        Assert.Equal(["billing_admin", "owner"], (await mine.FindAsync(both))!.Paths.Select(path => path.Grant?.Role));
    }

    [Fact]
    public async Task It_says_which_role_brought_it_who_granted_that_and_when()
    {
        var id = await Scenario.PublishAsync(Drafts.MandatoryAction("billing_admin", "owner"));

        var grant = Assert.Single((await Mine.FindAsync(id))!.Paths).Grant!;

        Assert.Equal(("billing_admin", Scenario.GrantedBy, FixedTime.Start), (grant.Role, grant.GrantedBy, grant.GrantedAt));
    }

    [Fact]
    public async Task A_revoked_role_takes_its_communications_along_at_once()
    {
        var id = await Scenario.PublishAsync(Drafts.MandatoryAction());
        await Mine.ReadAsync(id);

        await Scenario.RevokeAsync(_member, RoleCatalogue.BillingAdmin);

        await AssertInvisibleAsync(id);
    }

    [Fact]
    public async Task A_role_that_ends_takes_its_communications_along_at_that_moment()
    {
        var temporary = await Scenario.MemberAsync(_alpine);
        await Scenario.GrantAsync(temporary, RoleCatalogue.Owner, endsAt: FixedTime.Start.AddDays(2));
        var id = await Scenario.PublishAsync(Drafts.MandatoryAction("owner"));
        var before = await _database.As(temporary).OpenActionsAsync();

        _database.Time.Advance(TimeSpan.FromDays(2));

        Assert.Equal([id], before);
        Assert.Empty(await _database.As(temporary).OpenActionsAsync());
        Assert.Null(await _database.As(temporary).FindAsync(id));
    }

    [Fact]
    public async Task A_role_that_is_granted_later_brings_what_was_published_before()
    {
        var id = await Scenario.PublishAsync(Drafts.MandatoryAction("owner"));

        await Scenario.GrantAsync(_member, RoleCatalogue.Owner);

        Assert.Equal([id], await Mine.OpenActionsAsync());
    }

    [Fact]
    public async Task What_was_withdrawn_is_gone_everywhere()
    {
        var open = await Scenario.PublishAsync(Drafts.MandatoryAction());
        var done = await Scenario.PublishAsync(Drafts.MandatoryAction());
        var archived = await Scenario.PublishAsync(Drafts.PromotionalNotification());
        await Mine.CompleteAsync(done);
        await Mine.ArchiveAsync(archived);

        foreach (var id in new[] { open, done, archived })
            await Scenario.WithdrawAsync(id);

        foreach (var id in new[] { open, done, archived })
            await AssertInvisibleAsync(id);
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found() => Assert.Null(await Mine.FindAsync(4711));

    // Done and put away

    [Theory]
    [InlineData(CommunicationKind.RecommendedAction)]
    [InlineData(CommunicationKind.TransactionalNotification)]
    [InlineData(CommunicationKind.PromotionalNotification)]
    public async Task What_was_archived_leaves_its_list_and_can_be_found_in_the_archive(CommunicationKind kind)
    {
        var id = await Scenario.PublishAsync(Drafts.Of(kind));

        await Mine.ArchiveAsync(id);

        Assert.Empty(await Mine.OpenActionsAsync());
        Assert.Empty(await Mine.NotificationsAsync());
        Assert.Equal([id], await Mine.ArchivedAsync());
        Assert.Equal(FixedTime.Start, (await Mine.FindAsync(id))!.ArchivedAt);
    }

    [Fact]
    public async Task Archiving_is_a_members_own_business()
    {
        var colleague = await Scenario.MemberAsync(_alpine, RoleCatalogue.BillingAdmin);
        var id = await Scenario.PublishAsync(Drafts.RecommendedAction());

        await Mine.ArchiveAsync(id);

        Assert.Equal([id], await _database.As(colleague).OpenActionsAsync());
        Assert.Empty(await _database.As(colleague).ArchivedAsync());
    }

    [Fact]
    public async Task What_one_did_for_the_organization_is_done_for_everybody_there()
    {
        var colleague = await Scenario.MemberAsync(_alpine, RoleCatalogue.BillingAdmin);
        var other = await Scenario.OrganizationAsync("harbor-apps");
        var stranger = await Scenario.MemberAsync(other, RoleCatalogue.BillingAdmin);
        var id = await Scenario.PublishAsync(Drafts.MandatoryAction() with { Completion = "organization" });

        await Mine.CompleteAsync(id, "Paid.");

        Assert.Empty(await _database.As(colleague).OpenActionsAsync());
        Assert.Equal([id], await _database.As(colleague).CompletedAsync());
        Assert.Equal((_member.Person.Name, "Paid."), (await _database.As(colleague).FindAsync(id))!.Completion switch { var done => (done!.CompletedBy, done.Note) });
        Assert.Equal([id], await _database.As(stranger).OpenActionsAsync());
        Assert.Empty(await _database.As(stranger).CompletedAsync());
    }

    [Fact]
    public async Task What_everybody_does_for_themselves_stays_open_for_the_others()
    {
        var colleague = await Scenario.MemberAsync(_alpine, RoleCatalogue.BillingAdmin);
        var id = await Scenario.PublishAsync(Drafts.MandatoryAction() with { Completion = "person" });

        await Mine.CompleteAsync(id);

        Assert.Equal([id], await Mine.CompletedAsync());
        Assert.Empty(await Mine.OpenActionsAsync());
        Assert.Equal([id], await _database.As(colleague).OpenActionsAsync());
        Assert.Empty(await _database.As(colleague).CompletedAsync());
    }

    [Fact]
    public async Task The_latest_comes_first_among_what_is_done_and_what_is_archived()
    {
        var first = await Scenario.PublishAsync(Drafts.RecommendedAction());
        var second = await Scenario.PublishAsync(Drafts.RecommendedAction());
        await Mine.CompleteAsync(second);
        await Mine.ArchiveAsync(second);
        _database.Time.Advance(TimeSpan.FromMinutes(1));
        await Mine.CompleteAsync(first);
        await Mine.ArchiveAsync(first);

        Assert.Equal([first, second], await Mine.CompletedAsync());
        Assert.Equal([first, second], await Mine.ArchivedAsync());
    }

    // Counts

    [Fact]
    public async Task The_badge_is_what_is_mandatory_and_open_and_what_else_is_unread()
    {
        var mandatory = await Scenario.PublishAsync(Drafts.MandatoryAction());
        var recommended = await Scenario.PublishAsync(Drafts.RecommendedAction());
        await Scenario.PublishAsync(Drafts.TransactionalNotification());
        await Scenario.PublishAsync(Drafts.PromotionalNotification());
        var atFirst = await Mine.CountAsync();

        await Mine.ReadAsync(mandatory);
        await Mine.ReadAsync(recommended);

        Assert.Equal(4, atFirst.Badge);
        Assert.Equal(3, (await Mine.CountAsync()).Badge);
    }

    [Fact]
    public async Task Every_tab_and_tile_counts_the_rows_that_it_leads_to()
    {
        await Scenario.PublishAsync(Drafts.MandatoryAction() with { Workspace = "billing" });
        await Scenario.PublishAsync(Drafts.RecommendedAction() with { Workspace = "billing" });
        await Scenario.PublishAsync(Drafts.RecommendedAction() with { Workspace = "pricing" });
        await Scenario.PublishAsync(Drafts.PromotionalNotification() with { Workspace = "pricing" });
        await Mine.ArchiveAsync(await Scenario.PublishAsync(Drafts.PromotionalNotification() with { Workspace = "benefits" }));
        await Mine.CompleteAsync(await Scenario.PublishAsync(Drafts.MandatoryAction() with { Workspace = "benefits" }));

        var counts = await Mine.CountAsync();

        Assert.Equal((1, 3, 1), (counts.OpenMandatory, counts.OpenActions, counts.Notifications));
        Assert.Equal(
            [KeyValuePair.Create("billing", 2), KeyValuePair.Create("pricing", 1)],
            counts.OpenActionsByWorkspace.OrderBy(tile => tile.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Somebody_for_whom_nothing_waits_has_zeros()
    {
        var counts = await Mine.CountAsync();

        Assert.Equal((0, 0, 0, 0), (counts.Badge, counts.OpenMandatory, counts.OpenActions, counts.Notifications));
        Assert.Empty(counts.OpenActionsByWorkspace);
    }

    [Fact]
    public async Task After_marking_all_read_only_what_is_mandatory_counts_until_something_new_comes()
    {
        await Scenario.PublishAsync(Drafts.MandatoryAction());
        await Scenario.PublishAsync(Drafts.RecommendedAction());
        await Scenario.PublishAsync(Drafts.PromotionalNotification().ForMembership(_member.Id));
        await Scenario.PublishAsync(Drafts.PromotionalNotification("default_user"));

        await Mine.ReadAllAsync();

        Assert.Equal(1, (await Mine.CountAsync()).Badge);
        var news = await Scenario.PublishAsync(Drafts.PromotionalNotification());
        Assert.Equal(2, (await Mine.CountAsync()).Badge);
        Assert.False((await Mine.FindAsync(news))!.IsRead);
    }

    [Fact]
    public async Task A_role_granted_after_marking_all_read_brings_unread_communications()
    {
        var forOwners = await Scenario.PublishAsync(Drafts.PromotionalNotification("owner"));
        var forBilling = await Scenario.PublishAsync(Drafts.PromotionalNotification("billing_admin"));
        _database.Time.Advance(TimeSpan.FromMinutes(1));
        await Mine.ReadAllAsync();

        await Scenario.GrantAsync(_member, RoleCatalogue.Owner);

        Assert.Equal(1, (await Mine.CountAsync()).Badge);
        Assert.False((await Mine.FindAsync(forOwners))!.IsRead);
        Assert.True((await Mine.FindAsync(forBilling))!.IsRead);
    }

    [Fact]
    public async Task A_second_role_does_not_make_unread_what_the_first_one_brought()
    {
        var forBoth = await Scenario.PublishAsync(Drafts.PromotionalNotification("owner", "billing_admin"));
        _database.Time.Advance(TimeSpan.FromMinutes(1));
        await Mine.ReadAllAsync();

        await Scenario.GrantAsync(_member, RoleCatalogue.Owner);

        Assert.True((await Mine.FindAsync(forBoth))!.IsRead);
        Assert.Equal(0, (await Mine.CountAsync()).Badge);
    }

    // Order, pages and filters

    [Fact]
    public async Task Overdue_actions_come_first_then_mandatory_ones_by_due_date_then_recommended_ones_by_due_date()
    {
        var recommendedWithoutDate = await Scenario.PublishAsync(Drafts.RecommendedAction());
        var recommendedLater = await Scenario.PublishAsync(Drafts.RecommendedAction() with { DueInDays = 20 });
        var recommendedOverdue = await Scenario.PublishAsync(Drafts.RecommendedAction() with { DueInDays = 1 });
        var mandatoryLater = await Scenario.PublishAsync(Drafts.MandatoryAction() with { DueInDays = 40 });
        var mandatorySoon = await Scenario.PublishAsync(Drafts.MandatoryAction() with { DueInDays = 10 });
        var mandatoryOverdue = await Scenario.PublishAsync(Drafts.MandatoryAction() with { DueInDays = 2 });
        var recommendedSoon = await Scenario.PublishAsync(Drafts.RecommendedAction() with { DueInDays = 5 });
        _database.Time.Advance(TimeSpan.FromDays(3));

        Assert.Equal(
            [mandatoryOverdue, recommendedOverdue, mandatorySoon, mandatoryLater, recommendedSoon, recommendedLater, recommendedWithoutDate],
            await Mine.OpenActionsAsync());
    }

    [Fact]
    public async Task An_action_is_overdue_only_after_its_due_date()
    {
        var recommended = await Scenario.PublishAsync(Drafts.RecommendedAction() with { DueInDays = 1 });
        var mandatory = await Scenario.PublishAsync(Drafts.MandatoryAction() with { DueInDays = 2 });
        _database.Time.Advance(TimeSpan.FromDays(1));
        var onTime = await Mine.OpenActionsAsync();

        _database.Time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal([mandatory, recommended], onTime);
        Assert.Equal([recommended, mandatory], await Mine.OpenActionsAsync());
        Assert.True((await Mine.FindAsync(recommended))!.IsOverdueAt(_database.Time.Now));
    }

    [Fact]
    public async Task Notifications_come_newest_first()
    {
        var oldest = await Scenario.PublishAsync(Drafts.PromotionalNotification());
        var middle = await Scenario.PublishAsync(Drafts.TransactionalNotification());
        var newest = await Scenario.PublishAsync(Drafts.PromotionalNotification());

        Assert.Equal([newest, middle, oldest], await Mine.NotificationsAsync());
    }

    [Fact]
    public async Task The_pages_together_are_the_whole_list_and_only_the_last_has_none_after_it()
    {
        await Scenario.GrantAsync(_member, RoleCatalogue.Owner);
        for (var i = 0; i < 7; i++)
            await Scenario.PublishAsync(Drafts.MandatoryAction("billing_admin", "owner") with { DueInDays = 30 - i });
        var all = await Mine.OpenActionsAsync();

        var pages = new List<CommunicationList>();
        for (long? last = null; pages.Count < 4; last = pages[^1].Rows.Count == 0 ? last : pages[^1].Rows[^1].Id)
        {
            var after = last;
            pages.Add(await Mine.SeeAsync((visibility, reader) => visibility.ListAsync(reader, new Listing(CommunicationPlace.Actions, new()), after, size: 3)));
        }

        Assert.Equal([3, 3, 1, 0], pages.Select(page => page.Rows.Count));
        Assert.Equal([true, true, false, false], pages.Select(page => page.HasMore));
        Assert.Equal(all, pages.SelectMany(page => page.Rows).Select(row => row.Id));
    }

    [Fact]
    public async Task What_has_no_due_date_comes_last_whichever_way_due_dates_are_sorted()
    {
        await Scenario.GrantAsync(_member, RoleCatalogue.Owner);
        var undated = Drafts.RecommendedAction("billing_admin", "owner") with { DueInDays = null };
        var (first, second) = (await Scenario.PublishAsync(undated), await Scenario.PublishAsync(undated));
        var (soon, late) = (
            await Scenario.PublishAsync(Drafts.RecommendedAction("billing_admin", "owner") with { DueInDays = 5 }),
            await Scenario.PublishAsync(Drafts.MandatoryAction("billing_admin", "owner") with { DueInDays = 50 }));

        await AssertOrderAsync(isDescending: false, soon, late, first, second);
        await AssertOrderAsync(isDescending: true, late, soon, second, first);

        async Task AssertOrderAsync(bool isDescending, params long[] wanted)
        {
            var listing = new Listing(CommunicationPlace.Actions, new(), CommunicationSort.Due, isDescending);
            Assert.Equal(wanted, await Mine.PageByPageAsync(listing, size: 1));
            foreach (var (place, id) in wanted.Index())
            {
                var neighbors = await Mine.NeighborsAsync(listing, (await Mine.FindAsync(id))!);
                Assert.Equal(
                    (place == 0 ? null : wanted[place - 1], place == wanted.Length - 1 ? (long?)null : wanted[place + 1]),
                    (neighbors.Previous, neighbors.Next));
            }
        }
    }

    [Fact]
    public async Task A_page_that_is_just_full_has_none_after_it()
    {
        for (var i = 0; i < 3; i++)
        {
            var id = await Scenario.PublishAsync(Drafts.RecommendedAction());
            await Mine.CompleteAsync(id);
            await Mine.ArchiveAsync(id);
            await Scenario.PublishAsync(Drafts.PromotionalNotification());
        }

        Assert.False((await Mine.SeeAsync((visibility, reader) => visibility.NotificationsAsync(reader, new(), size: 3))).HasMore);
        Assert.False((await Mine.SeeAsync((visibility, reader) => visibility.ListAsync(reader, new Listing(CommunicationPlace.Completed, new()), after: null, size: 3))).HasMore);
        Assert.False((await Mine.SeeAsync((visibility, reader) => visibility.ListAsync(reader, new Listing(CommunicationPlace.Archived, new()), after: null, size: 3))).HasMore);
        Assert.True((await Mine.SeeAsync((visibility, reader) => visibility.NotificationsAsync(reader, new(), size: 2))).HasMore);
        Assert.True((await Mine.SeeAsync((visibility, reader) => visibility.ListAsync(reader, new Listing(CommunicationPlace.Completed, new()), after: null, size: 2))).HasMore);
        Assert.True((await Mine.SeeAsync((visibility, reader) => visibility.ListAsync(reader, new Listing(CommunicationPlace.Archived, new()), after: null, size: 2))).HasMore);
    }

    [Fact]
    public async Task A_filter_narrows_every_list()
    {
        var wanted = new CommunicationFilter { Workspace = "pricing", Kind = CommunicationKind.RecommendedAction };
        var other = Drafts.RecommendedAction() with { Workspace = "billing" };
        var right = Drafts.RecommendedAction() with { Workspace = "pricing" };
        await Scenario.PublishAsync(other);
        await Scenario.PublishAsync(Drafts.MandatoryAction() with { Workspace = "pricing" });
        await Mine.CompleteAsync(await Scenario.PublishAsync(other));
        await Mine.ArchiveAsync(await Scenario.PublishAsync(other));
        var open = await Scenario.PublishAsync(right);
        var done = await Scenario.PublishAsync(right);
        var archived = await Scenario.PublishAsync(right);
        await Mine.CompleteAsync(done);
        await Mine.ArchiveAsync(archived);

        Assert.Equal([open], await Mine.OpenActionsAsync(wanted));
        Assert.Equal([done], await Mine.CompletedAsync(wanted));
        Assert.Equal([archived], await Mine.ArchivedAsync(wanted));
        Assert.Empty(await Mine.NotificationsAsync(wanted));
    }

    // Texts

    [Fact]
    public async Task A_text_is_shown_in_the_readers_language_or_else_in_english()
    {
        var both = await Scenario.PublishAsync(Drafts.MandatoryAction() with { Content = Drafts.EnglishAndDutch(new("Pay", "Now."), new("Betaal", "Nu.")) });
        var onlyEnglish = await Scenario.PublishAsync(Drafts.MandatoryAction() with { Content = Drafts.English("Sign", "Here.") });

        var dutch = (await Mine.FindAsync(both, "nl"))!;
        var english = (await Mine.FindAsync(both, "en"))!;
        var fallback = (await Mine.FindAsync(onlyEnglish, "nl"))!;

        Assert.Equal(("nl", "Betaal", "Nu."), (dutch.Language, dutch.Title, dutch.Body));
        Assert.Equal(("en", "Pay", "Now."), (english.Language, english.Title, english.Body));
        Assert.Equal(("en", "Sign", "Here."), (fallback.Language, fallback.Title, fallback.Body));
    }

    [Fact]
    public async Task A_list_shows_the_beginning_of_a_long_body_and_its_page_the_whole()
    {
        var body = string.Concat(Enumerable.Repeat("word ", 200)) + "end";
        var id = await Scenario.PublishAsync(Drafts.MandatoryAction() with { Content = Drafts.English("Long", body) });

        var row = (await Mine.SeeAsync((visibility, reader) => visibility.OpenActionsAsync(reader, new(), size: 1))).Rows[0];

        Assert.Equal(body[..280], row.Body);
        Assert.Equal(body, (await Mine.FindAsync(id))!.Body);
    }

    [Fact]
    public async Task Search_finds_words_in_titles_of_what_is_shown_to_the_reader()
    {
        var english = await Scenario.PublishAsync(Titled("Pay the invoice"));
        var other = await Scenario.PublishAsync(Titled("Pay the invoice", "owner"));
        var withdrawn = await Scenario.PublishAsync(Titled("Pay the invoice"));
        var newer = await Scenario.PublishAsync(Titled("An INVOICE is overdue"));
        await Scenario.PublishAsync(Titled("Something else"));
        await Scenario.WithdrawAsync(withdrawn);

        Assert.Equal([newer, english], await Mine.SearchAsync("invoice"));
        Assert.DoesNotContain(other, await Mine.SearchAsync("pay"));
    }

    [Theory]
    [InlineData("100%", "100% of the score")]
    [InlineData("a_b", "Rename a_b now")]
    [InlineData("[x]", "Tick [x] here")]
    [InlineData("\\", "A \\ in the title")]
    public async Task Search_takes_signs_of_the_database_as_they_stand(string words, string title)
    {
        var right = await Scenario.PublishAsync(Titled(title));
        await Scenario.PublishAsync(Titled("1000 of the score, Rename aab now, Tick x here"));

        Assert.Equal([right], await Mine.SearchAsync(words));
    }

    [Fact]
    public async Task Search_looks_in_the_readers_language_and_in_english()
    {
        var id = await Scenario.PublishAsync(Drafts.MandatoryAction() with { Content = Drafts.EnglishAndDutch(new("Pay", "Now."), new("Betaal", "Nu.")) });

        Assert.Equal([id], await Mine.SearchAsync("betaal", "nl"));
        Assert.Equal([id], await Mine.SearchAsync("pay", "nl"));
        Assert.Empty(await Mine.SearchAsync("betaal", "en"));
    }

    private static CommunicationDraft Titled(string title, params string[] roles) =>
        Drafts.MandatoryAction(roles) with { Content = Drafts.English(title, "Body.") };

    private async Task AssertInvisibleAsync(long id)
    {
        Assert.Empty(await Mine.OpenActionsAsync());
        Assert.Empty(await Mine.NotificationsAsync());
        Assert.Empty(await Mine.CompletedAsync());
        Assert.Empty(await Mine.ArchivedAsync());
        Assert.Null(await Mine.FindAsync(id));
        Assert.False(await Mine.ReadAsync(id));
        Assert.Equal((0, 0, 0), (await Mine.CountAsync()) switch { var counts => (counts.Badge, counts.OpenActions, counts.Notifications) });
    }
}
