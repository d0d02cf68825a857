using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Data;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Data.Communications;

public sealed class PublisherTests : IAsyncLifetime, IDisposable
{
    private static readonly PublishingGrant Unlimited = new("Finance system");
    private static readonly IdempotencyKey First = new("finance", "invoice-17");

    private readonly TemporaryDatabase _database = new();
    private Organization _alpine = null!;
    private Organization _lowland = null!;

    public async Task InitializeAsync()
    {
        _alpine = await _database.Scenario.OrganizationAsync("alpine-cloud");
        _lowland = await _database.Scenario.OrganizationAsync("lowland-digital");
        await _database.QueryAsync(db =>
        {
            foreach (var id in new[] { "finance", "marketing" })
                db.Add(ApiKey.Create(id, Secret.Create(), id, FixedTime.Start, TimeSpan.FromDays(90), out _));
            return db.SaveChangesAsync();
        });
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task What_is_published_is_saved_with_its_texts_and_the_marker_for_the_fan_out()
    {
        var outcome = await PublishAsync(Drafts.MandatoryAction() with { Content = Drafts.EnglishAndDutch(new("Pay", "Now."), new("Betaal", "Nu.")) });

        var id = Assert.IsType<PublishOutcome.Published>(outcome).Id;
        var saved = await _database.QueryAsync(db => db.Communications.Include(row => row.Contents).SingleAsync(row => row.Id == id));
        Assert.Equal(("billing", CommunicationKind.MandatoryAction, "Finance system"), (saved.Workspace, saved.Kind, saved.PublishedBy));
        Assert.Equal(FixedTime.Start, saved.PublishedAt);
        Assert.Equal(["Betaal", "Pay"], saved.Contents.Select(content => content.Title).Order(StringComparer.Ordinal));
        Assert.Null(saved.FannedOutAt);
        Assert.Equal(0, saved.FanOutCursor);
    }

    [Fact]
    public async Task The_audience_is_one_row_for_each_role_in_each_organization_however_many_members_there_are()
    {
        for (var i = 0; i < 3; i++)
            await _database.Scenario.MemberAsync(_alpine, RoleCatalogue.BillingAdmin, RoleCatalogue.Owner);

        await PublishAsync(Drafts.MandatoryAction("billing_admin", "owner") with { Organizations = ["alpine-cloud", "lowland-digital"] });

        Assert.Equal(
            [
                ((int?)_alpine.Id, $"{_alpine.Id}/billing_admin"),
                (_alpine.Id, $"{_alpine.Id}/owner"),
                (_lowland.Id, $"{_lowland.Id}/billing_admin"),
                (_lowland.Id, $"{_lowland.Id}/owner"),
            ],
            await TargetsAsync());
    }

    [Fact]
    public async Task An_audience_of_all_organizations_is_one_row_for_each_role()
    {
        await PublishAsync(Drafts.MandatoryAction("billing_admin", "owner"));

        Assert.Equal([(null, "*/billing_admin"), (null, "*/owner")], await TargetsAsync());
    }

    [Fact]
    public async Task A_membership_is_one_row_of_its_own_organization()
    {
        var member = await _database.Scenario.MemberAsync(_lowland, RoleCatalogue.BillingAdmin);

        await PublishAsync(Drafts.TransactionalNotification().ForMembership(member.Id));

        Assert.Equal([(_lowland.Id, $"m/{member.Id}")], await TargetsAsync());
    }

    [Fact]
    public async Task What_the_draft_names_is_looked_up()
    {
        var unknownOrganization = await PublishAsync(Drafts.MandatoryAction() with { Organizations = ["alpine-cloud", "nobody"] });
        var unknownMembership = await PublishAsync(Drafts.MandatoryAction().ForMembership(4711));

        Assert.Equal([("audience.organizations", "Reason.UnknownOrganization")], ProblemsOf(unknownOrganization));
        Assert.Equal([("audience.membership", "Reason.UnknownMembership")], ProblemsOf(unknownMembership));
    }

    [Fact]
    public async Task A_limited_publisher_does_not_reach_a_member_of_another_organization()
    {
        var member = await _database.Scenario.MemberAsync(_lowland);

        var outcome = await PublishAsync(Drafts.MandatoryAction().ForMembership(member.Id), grant: Unlimited with { Organizations = ["alpine-cloud"] });

        Assert.Equal([("audience.membership", "Reason.UnknownMembership")], ProblemsOf(outcome));
    }

    [Fact]
    public async Task Nothing_is_stored_of_what_is_refused()
    {
        var outcome = await PublishAsync(Drafts.MandatoryAction() with { Workspace = "hardware" }, First);

        Assert.Equal([("workspace", "Reason.UnknownWorkspace")], ProblemsOf(outcome));
        Assert.Equal(0, await CountAsync());
        Assert.Equal(0, await _database.QueryAsync(db => db.CommunicationTargets.CountAsync()));
        Assert.Equal(0, await _database.QueryAsync(db => db.CommunicationContents.CountAsync()));
        Assert.Equal(0, await _database.QueryAsync(db => db.IdempotentRequests.CountAsync()));
    }

    [Fact]
    public async Task A_key_whose_first_request_was_refused_can_be_used_for_the_mended_one()
    {
        await PublishAsync(Drafts.MandatoryAction() with { Workspace = "hardware" }, First);

        var outcome = await PublishAsync(Drafts.MandatoryAction(), First);

        Assert.False(Assert.IsType<PublishOutcome.Published>(outcome).IsRepetition);
    }

    [Fact]
    public async Task The_same_request_again_is_answered_with_the_first_and_makes_nothing_new()
    {
        var first = Assert.IsType<PublishOutcome.Published>(await PublishAsync(Drafts.MandatoryAction(), First));
        _database.Time.Advance(TimeSpan.FromHours(3));

        var again = Assert.IsType<PublishOutcome.Published>(await PublishAsync(Drafts.MandatoryAction(), First));

        Assert.Equal((first.Id, false), (first.Id, first.IsRepetition));
        Assert.Equal((first.Id, true), (again.Id, again.IsRepetition));
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task A_request_is_the_same_whatever_the_order_of_its_languages()
    {
        var (english, dutch) = (new DraftText("Pay", "Now."), new DraftText("Betaal", "Nu."));
        await PublishAsync(Drafts.MandatoryAction() with { Content = new Dictionary<string, DraftText> { ["en"] = english, ["nl"] = dutch } }, First);

        var again = await PublishAsync(Drafts.MandatoryAction() with { Content = new Dictionary<string, DraftText> { ["nl"] = dutch, ["en"] = english } }, First);

        Assert.True(Assert.IsType<PublishOutcome.Published>(again).IsRepetition);
    }

    public static TheoryData<string, CommunicationDraft> OtherRequests => new()
    {
        { "workspace", Drafts.MandatoryAction() with { Workspace = "pricing" } },
        { "kind", Drafts.RecommendedAction() with { DueInDays = 30, Content = Drafts.MandatoryAction().Content } },
        { "roles", Drafts.MandatoryAction("owner") },
        { "organizations", Drafts.MandatoryAction() with { Organizations = ["alpine-cloud"] } },
        { "due date", Drafts.MandatoryAction() with { DueInDays = 31 } },
        { "completion", Drafts.MandatoryAction() with { Completion = "person" } },
        { "link", Drafts.MandatoryAction() with { Link = "/billing" } },
        { "title", Drafts.MandatoryAction() with { Content = Drafts.English("Another title", "What it is about.") } },
        { "body", Drafts.MandatoryAction() with { Content = Drafts.English("A mandatory-action", "Another body.") } },
        { "even what would be refused", Drafts.MandatoryAction() with { Workspace = "hardware" } },
    };

    [Theory]
    [MemberData(nameof(OtherRequests), DisableDiscoveryEnumeration = true)]
    public async Task A_key_stands_for_one_request_and_no_other(string differsIn, CommunicationDraft other)
    {
        await PublishAsync(Drafts.MandatoryAction(), First);

        var outcome = await PublishAsync(other, First);

        Assert.True(outcome is PublishOutcome.KeyUsedForAnother, differsIn);
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task Two_publishers_may_use_the_same_key()
    {
        await PublishAsync(Drafts.MandatoryAction(), First);

        var outcome = await PublishAsync(Drafts.MandatoryAction(), First with { ApiKeyId = "marketing" });

        Assert.False(Assert.IsType<PublishOutcome.Published>(outcome).IsRepetition);
        Assert.Equal(2, await CountAsync());
    }

    [Fact]
    public async Task Without_a_key_every_request_makes_its_own_communication()
    {
        await PublishAsync(Drafts.MandatoryAction());
        await PublishAsync(Drafts.MandatoryAction());

        Assert.Equal(2, await CountAsync());
    }

    [Fact]
    public async Task Twenty_identical_requests_at_once_make_one_communication()
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var requests = Enumerable.Range(0, 20).Select(_ => Task.Run(async () =>
        {
            await start.Task;
            return await PublishAsync(Drafts.MandatoryAction(), First);
        })).ToList();

        start.SetResult();
        var outcomes = await Task.WhenAll(requests);

        var published = outcomes.Select(outcome => Assert.IsType<PublishOutcome.Published>(outcome)).ToList();
        Assert.Single(published.DistinctBy(outcome => outcome.Id));
        Assert.Single(published, outcome => !outcome.IsRepetition);
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task Two_requests_that_meet_between_question_and_answer_make_one_communication()
    {
        // The second one publishes while the first one, which found nothing under the key, is about to save.
        await using var scope = _database.Scope();
        var db = scope.ServiceProvider.GetRequiredService<PartnerCenterDb>();
        PublishOutcome? faster = null;
        db.ChangeTracker.Tracked += (_, _) => faster ??= PublishAsync(Drafts.MandatoryAction(), First).GetAwaiter().GetResult();

        var slower = await scope.ServiceProvider.GetRequiredService<Publisher>().PublishAsync(Drafts.MandatoryAction(), Unlimited, First);

        Assert.Equal(1, await CountAsync());
        Assert.Equal(
            new PublishOutcome.Published(Assert.IsType<PublishOutcome.Published>(faster).Id, IsRepetition: true),
            slower);
    }

    private static IEnumerable<(string Field, string Reason)> ProblemsOf(PublishOutcome outcome) =>
        Assert.IsType<PublishOutcome.Refused>(outcome).Problems.Select(problem => (problem.Field, problem.Reason.Key));

    private Task<PublishOutcome> PublishAsync(CommunicationDraft draft, IdempotencyKey? key = null, PublishingGrant? grant = null) =>
        _database.WithAsync((Publisher publisher) => publisher.PublishAsync(draft, grant ?? Unlimited, key));

    private Task<int> CountAsync() => _database.QueryAsync(db => db.Communications.CountAsync());

    private async Task<List<(int? Organization, string Addressee)>> TargetsAsync() =>
        (await _database.QueryAsync(db => db.CommunicationTargets.OrderBy(target => target.Addressee).ToListAsync()))
        .ConvertAll(target => (target.OrganizationId, target.Addressee));
}
