using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Support;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Support;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Tests.Support;
using static PartnerCenter.Domain.Access.RoleCatalogue;

namespace PartnerCenter.Tests.Data.HelpSupport;

public sealed class SupportRequestsTests : IDisposable, IAsyncLifetime
{
    private readonly TemporaryDatabase _database = new();
    private Organization _organization = null!;
    private Membership _requester = null!;
    private Membership _supportAdmin = null!;
    private Membership _colleague = null!;

    public async Task InitializeAsync()
    {
        _organization = await _database.Scenario.OrganizationAsync();
        _requester = await _database.Scenario.MemberAsync(_organization);
        _supportAdmin = await _database.Scenario.MemberAsync(_organization, SupportAdmin);
        _colleague = await _database.Scenario.MemberAsync(_organization, BillingAdmin);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task The_requester_is_told_that_it_came_in_and_of_what_others_do()
    {
        var id = await SubmitAsync();
        await UseForProgramAsync(id, SupportVerb.Answer);
        await UseAsync(_supportAdmin, id, SupportVerb.Reply);
        await UseAsync(_requester, id, SupportVerb.Reply);
        await UseForProgramAsync(id, SupportVerb.Resolve);

        Assert.Equal(
            [
                $"Support request {id} has come in: It does not work",
                $"News about your support request {id}: It does not work",
                $"{_supportAdmin.Person.Name} replied to your support request {id}: It does not work",
                $"Your support request {id} is resolved: It does not work",
            ],
            (await ToldAsync()).Select(told => told.Contents[0].Title));
        Assert.All(await ToldAsync(), told =>
        {
            Assert.Equal((CommunicationKind.TransactionalNotification, WorkspaceCatalogue.HelpSupport), (told.Kind, told.Workspace));
            Assert.Equal($"/o/{_organization.Key}/help-support/requests/{id}", told.Link);
            Assert.Equal(_requester.Id, Assert.Single(told.Targets).MembershipId);
        });
    }

    [Fact]
    public async Task A_question_is_a_mandatory_action_that_any_answer_of_the_partner_completes()
    {
        var id = await SubmitAsync();
        await UseForProgramAsync(id, SupportVerb.Ask);
        var action = (await ToldAsync())[^1];
        Assert.Equal((CommunicationKind.MandatoryAction, _database.Time.Now.AddDays(7)), (action.Kind, action.DueAt));

        await UseAsync(_supportAdmin, id, SupportVerb.Reply);

        var done = await _database.QueryAsync(db => db.Completions.SingleAsync(completion => completion.CommunicationId == action.Id));
        Assert.Equal(_supportAdmin.Person.Name, done.CompletedBy);
        Assert.Equal(SupportState.Open, (await RequestAsync(id)).State);
    }

    [Fact]
    public async Task A_question_that_needs_no_answer_any_more_is_taken_back()
    {
        var id = await SubmitAsync();
        await UseForProgramAsync(id, SupportVerb.Ask);
        await UseForProgramAsync(id, SupportVerb.Ask);
        await UseForProgramAsync(id, SupportVerb.Resolve);

        var actions = (await ToldAsync()).Where(told => told.Kind == CommunicationKind.MandatoryAction).ToList();
        Assert.Equal(2, actions.Count);
        Assert.All(actions, action => Assert.NotNull(action.WithdrawnAt));
    }

    [Fact]
    public async Task A_colleague_who_does_not_answer_for_the_organization_neither_sees_nor_changes_it()
    {
        var id = await SubmitAsync();

        Assert.False(await UseAsync(_colleague, id, SupportVerb.Reply));
        Assert.Empty(await VisibleToAsync(_colleague));
        Assert.Equal([id], await VisibleToAsync(_requester));
        Assert.Equal([id], await VisibleToAsync(_supportAdmin));
        Assert.Empty((await RequestAsync(id)).Notes);
    }

    [Fact]
    public async Task Another_organization_neither_sees_nor_changes_it()
    {
        var id = await SubmitAsync();
        var elsewhere = await _database.Scenario.OrganizationAsync("lowland-digital");
        var stranger = await _database.Scenario.MemberAsync(elsewhere, GlobalAdmin);

        Assert.False(await WithAsync(requests => requests.UseAsync(elsewhere.Id, ActorOf(stranger), id, SupportVerb.Close, null)));
        Assert.Empty(await VisibleToAsync(stranger));
    }

    [Fact]
    public async Task A_role_that_has_ended_shows_nothing_any_more()
    {
        await SubmitAsync();
        var temporary = await _database.Scenario.MemberAsync(_organization);
        await _database.QueryAsync(async db =>
        {
            var member = await db.Memberships.Include(member => member.Roles).SingleAsync(member => member.Id == temporary.Id);
            member.Grant(SupportAdmin, "Anna", _database.Time.Now, endsAt: _database.Time.Now.AddDays(1));
            return await db.SaveChangesAsync();
        });

        Assert.Single(await VisibleToAsync(temporary));
        _database.Time.Advance(TimeSpan.FromDays(1));
        Assert.Empty(await VisibleToAsync(temporary));
    }

    [Fact]
    public async Task A_filter_finds_a_request_as_it_stands_now()
    {
        var id = await SubmitAsync();
        await UseForProgramAsync(id, SupportVerb.Resolve);

        for (var days = 0; days < 16; days += 5)
        {
            var request = await RequestAsync(id);
            foreach (var state in Enum.GetValues<SupportState>())
            {
                var found = await _database.QueryAsync(db => db.SupportRequests.In(state, _database.Time.Now).AnyAsync());
                Assert.Equal(request.StateAt(_database.Time.Now) == state, found);
            }

            _database.Time.Advance(TimeSpan.FromDays(5));
        }
    }

    [Fact]
    public async Task A_button_that_is_pressed_twice_makes_one_request()
    {
        var both = await Task.WhenAll(SubmitAsync(), SubmitAsync());

        Assert.Single(both.Distinct());
        Assert.Single(await ToldAsync());
        _database.Time.Advance(SupportRequestPolicy.SameWithin);
        Assert.DoesNotContain(await SubmitAsync(), both);
    }

    [Fact]
    public async Task At_most_twenty_a_day()
    {
        for (var made = 0; made < SupportRequestPolicy.MostPerDay; made++)
        {
            await SubmitAsync();
            _database.Time.Advance(SupportRequestPolicy.SameWithin);
        }

        var refusal = await Assert.ThrowsAsync<RuleViolationException>(() => SubmitAsync());
        Assert.Equal("Reason.TooManyRequests", refusal.Reason.Key);
        _database.Time.Advance(SupportRequestPolicy.Day);
        Assert.NotEqual(0, await SubmitAsync());
    }

    [Fact]
    public async Task A_workspace_that_the_organization_has_not_got_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<RuleViolationException>(() => SubmitAsync("no-such-workspace"));

        Assert.Equal("Reason.UnknownWorkspace", refusal.Reason.Key);
    }

    [Fact]
    public async Task Of_two_who_close_and_answer_at_the_same_instant_the_second_decides_on_what_is_true_by_then()
    {
        var id = await SubmitAsync();

        var both = await Task.WhenAll(
            Record.ExceptionAsync(() => UseAsync(_requester, id, SupportVerb.Close)),
            Record.ExceptionAsync(() => UseForProgramAsync(id, SupportVerb.Answer)));

        // An answer before the end, or none after it.
        var request = await RequestAsync(id);
        Assert.Equal(SupportState.Closed, request.State);
        Assert.Equal(both.Count(fault => fault is null), request.Notes.Count);
        Assert.All(both.OfType<Exception>(), fault => Assert.Equal(Reasons.NotAsSupportRequestStands, Assert.IsType<RuleViolationException>(fault).Reason));
    }

    private Task<int> SubmitAsync(string workspace = WorkspaceCatalogue.AccountSettings) => WithAsync(requests => requests.SubmitAsync(
        _organization.Id, ActorOf(_requester), new SupportRequestDraft("It does not work", workspace, SupportRequestType.Problem, "Nothing happens.")));

    private Task<bool> UseAsync(Membership member, int id, SupportVerb verb) =>
        WithAsync(requests => requests.UseAsync(_organization.Id, ActorOf(member), id, verb, "Some words."));

    private Task<bool> UseForProgramAsync(int id, SupportVerb verb) =>
        WithAsync(requests => requests.UseForProgramAsync(new Actor("Olivia Stone"), id, verb, "Some words."));

    private static Actor ActorOf(Membership member) => new(member.Person.Name, member.Id);

    private Task<SupportRequest> RequestAsync(int id) =>
        _database.QueryAsync(db => db.SupportRequests.Include(request => request.Notes).SingleAsync(request => request.Id == id));

    private Task<List<int>> VisibleToAsync(Membership member) => _database.QueryAsync(async db =>
    {
        var now = await db.Memberships.Include(one => one.Roles).SingleAsync(one => one.Id == member.Id);
        return await db.SupportRequests.VisibleTo(now, _database.Time.Now).Select(request => request.Id).ToListAsync();
    });

    private Task<List<Communication>> ToldAsync() => _database.QueryAsync(db => db.Communications
        .Include(communication => communication.Contents.Where(content => content.Language == "en"))
        .Include(communication => communication.Targets)
        .Where(communication => communication.Targets.Any(target => target.MembershipId == _requester.Id))
        .OrderBy(communication => communication.Id)
        .AsSplitQuery()
        .ToListAsync());

    private Task<T> WithAsync<T>(Func<SupportRequests, Task<T>> use) => _database.WithAsync(use);
}
