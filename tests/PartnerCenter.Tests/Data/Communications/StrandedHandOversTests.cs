using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Access;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;
using static PartnerCenter.Domain.Access.RoleCatalogue;

namespace PartnerCenter.Tests.Data.Communications;

/// <summary>What was handed to a colleague who cannot do it any more does not stay with them.</summary>
public sealed class StrandedHandOversTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryDatabase _database = new();
    private Organization _alpine = null!;
    private Membership _anna = null!;
    private Membership _ben = null!;
    private Membership _gita = null!;
    private long _action;

    public async Task InitializeAsync()
    {
        _alpine = await _database.Scenario.OrganizationAsync();
        _anna = await _database.Scenario.MemberAsync(_alpine, await _database.Scenario.PersonAsync("Anna Winter"), GlobalAdmin, BillingAdmin);
        _ben = await _database.Scenario.MemberAsync(_alpine, await _database.Scenario.PersonAsync("Ben Keller"), BillingAdmin);
        _gita = await _database.Scenario.MemberAsync(_alpine, await _database.Scenario.PersonAsync("Gita Rao"));
        await _database.Scenario.GrantAsync(_gita, BillingAdmin, _database.Time.Now.AddDays(9));
        _action = await _database.Scenario.PublishAsync(Drafts.MandatoryAction());
        await _database.As(_ben).HandOverAsync(_action, _gita);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _database.Dispose();

    public static TheoryData<string> WaysToLoseIt => ["revoke", "end", "disable", "remove", "leave"];

    [Theory]
    [MemberData(nameof(WaysToLoseIt))]
    public async Task Whoever_cannot_do_it_any_more_does_not_keep_it(string way)
    {
        await _database.As(_gita).AcceptAsync(_action);

        await LoseAsync(way);

        Assert.Null((await _database.As(_ben).FindAsync(_action))!.HandOver);
        Assert.Equal(
            [StepKind.HandedOver, StepKind.Accepted, StepKind.Released],
            await _database.QueryAsync(db => db.CommunicationSteps.OrderBy(step => step.Id).Select(step => step.Kind).ToListAsync()));
        Assert.Equal((_ben.Id, "Nobody has it any more: A mandatory-action"), await ToldAsync());
    }

    [Fact]
    public async Task It_can_be_handed_to_somebody_else_then()
    {
        await LoseAsync("remove");

        await _database.As(_ben).HandOverAsync(_action, _anna);

        Assert.Equal("Anna Winter", (await _database.As(_ben).FindAsync(_action))!.HandOver!.To);
    }

    [Fact]
    public async Task A_change_that_leaves_the_colleague_what_they_need_leaves_it_with_them()
    {
        await ChangeRolesAsync(roles => roles.GrantAsync(_alpine.Id, Admin, _gita.Id, [new(SalesAgent)]));
        await ChangeRolesAsync(roles => roles.RevokeAsync(_alpine.Id, Admin, _gita.Id, [SalesAgent]));

        Assert.Equal("Gita Rao", (await _database.As(_ben).FindAsync(_action))!.HandOver!.To);
    }

    [Fact]
    public async Task What_is_addressed_to_everybody_stays_with_whoever_loses_a_role()
    {
        var forAll = await _database.Scenario.PublishAsync(Drafts.MandatoryAction(DefaultUser.Key));
        await _database.As(_ben).HandOverAsync(forAll, _gita);

        await LoseAsync("revoke");

        Assert.Equal("Gita Rao", (await _database.As(_ben).FindAsync(forAll))!.HandOver!.To);
    }

    [Fact]
    public async Task The_colleague_keeps_it_when_the_one_who_asked_is_gone()
    {
        await ChangeMembersAsync(members => members.RemoveAsync(_alpine.Id, Admin, _ben.Id));

        Assert.Equal(HandOverSide.Asked, (await _database.As(_gita).FindAsync(_action))!.HandOver!.Side);
    }

    [Fact]
    public async Task Nobody_loses_anything_because_the_organization_is_closed()
    {
        await _database.QueryAsync(db => db.Database.ExecuteSqlRawAsync("UPDATE Organizations SET IsSuspended = 1"));

        await ChangeRolesAsync(roles => roles.GrantAsync(_alpine.Id, Admin, _ben.Id, [new(SalesAgent)]));

        Assert.Equal("Gita Rao", (await _database.As(_ben).FindAsync(_action))!.HandOver!.To);
    }

    private Actor Admin => new("Anna Winter", _anna.Id);

    private async Task LoseAsync(string way)
    {
        switch (way)
        {
            case "revoke":
                await ChangeRolesAsync(roles => roles.RevokeAsync(_alpine.Id, Admin, _gita.Id, [BillingAdmin]));
                break;
            case "end":
                _database.Time.Advance(TimeSpan.FromDays(9));
                await _database.WithAsync<AccessDeadlines, bool>(async deadlines =>
                {
                    await deadlines.RunAsync();
                    return true;
                });
                break;
            case "disable":
                await ChangeMembersAsync(members => members.DisableAsync(_alpine.Id, Admin, _gita.Id));
                break;
            case "remove":
                await ChangeMembersAsync(members => members.RemoveAsync(_alpine.Id, Admin, _gita.Id));
                break;
            default:
                await ChangeMembersAsync(async members =>
                {
                    await members.LeaveAsync(_alpine.Id, new Actor("Gita Rao", _gita.Id));
                    return true;
                });
                break;
        }
    }

    private Task ChangeRolesAsync(Func<RoleChanges, Task<RoleDifference?>> change) => _database.WithAsync(change);

    private Task ChangeMembersAsync(Func<MemberChanges, Task<bool>> change) => _database.WithAsync(change);

    // What was told about the hand-over and is true still: one mail, to whom and with which title.
    private async Task<(int To, string Title)> ToldAsync()
    {
        var topic = PortalNotices.TopicOfHandOver(_alpine.Id, _action);
        var told = await _database.QueryAsync(db => db.Communications
            .Include(mail => mail.Targets)
            .Include(mail => mail.Contents)
            .SingleAsync(mail => mail.Topic == topic && mail.WithdrawnAt == null));
        return (told.Targets.Single().MembershipId!.Value, told.Contents.Single(text => text.Language == "en").Title);
    }
}
