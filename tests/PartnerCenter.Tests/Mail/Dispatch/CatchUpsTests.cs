using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Mail.Dispatch;
using static PartnerCenter.Domain.Access.RoleCatalogue;

namespace PartnerCenter.Tests.Mail.Dispatch;

public sealed class CatchUpsTests : IAsyncLifetime
{
    private MailWorld _world = null!;
    private Organization _alpine = null!;
    private Membership _anna = null!;

    public async Task InitializeAsync()
    {
        _world = await MailWorld.CreateAsync();
        _alpine = await _world.AddOrganizationAsync();
        _anna = await _world.AddMemberAsync(_alpine, "Anna");
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task A_role_brings_its_open_mandatory_actions_by_mail_exactly_once()
    {
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);
        await _world.First.CatchUpAsync();
        Assert.Empty(await _world.MailsAsync());

        await GrantAsync(BillingAdmin);
        await _world.First.CatchUpAsync();
        await _world.First.DispatchAsync();
        await _world.First.CatchUpAsync();
        await GrantAsync(SalesAgent);
        await _world.First.CatchUpAsync();
        await _world.First.DispatchAsync();

        Assert.Equal("anna@alpine-cloud.example", Assert.Single(_world.Transport.Taken).To);
        Assert.Equal(MailState.Sent, (await _world.MailAsync()).State);
    }

    [Theory]
    [InlineData(CommunicationKind.RecommendedAction)]
    [InlineData(CommunicationKind.TransactionalNotification)]
    [InlineData(CommunicationKind.PromotionalNotification)]
    public async Task Of_other_kinds_nothing_is_mailed_later(CommunicationKind kind)
    {
        await _world.QueueAsync(kind, BillingAdmin);
        await GrantAsync(BillingAdmin);

        await _world.First.CatchUpAsync();

        Assert.Empty(await _world.MailsAsync());
    }

    [Fact]
    public async Task Whoever_got_it_already_does_not_get_it_again_with_another_role_that_it_is_addressed_to()
    {
        await GrantAsync(BillingAdmin);
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin, SalesAgent);
        await _world.First.DispatchAsync();
        await GrantAsync(SalesAgent);

        await _world.First.CatchUpAsync();
        await _world.First.DispatchAsync();

        Assert.Single(_world.Transport.Taken);
    }

    [Fact]
    public async Task What_is_done_already_is_not_mailed()
    {
        var action = await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);
        await _world.First.WriteAsync(async db => db.Add(
            Completion.InOrganization(await db.Communications.SingleAsync(item => item.Id == action), _alpine.Id, "Bas", _world.Time.Now)));
        await GrantAsync(BillingAdmin);

        await _world.First.CatchUpAsync();

        Assert.Empty(await _world.MailsAsync());
    }

    [Fact]
    public async Task A_role_that_was_lost_before_the_mail_went_and_is_back_brings_one_mail()
    {
        await GrantAsync(BillingAdmin);
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);
        await RevokeAsync();
        await _world.First.DispatchAsync();
        Assert.Equal(SuppressionReason.NotEntitled, (await _world.MailAsync()).SuppressedBecause);

        await GrantAsync(BillingAdmin);
        await _world.First.CatchUpAsync();
        await _world.First.DispatchAsync();

        Assert.Single(_world.Transport.Taken);
        Assert.Equal((MailState.Sent, null), ((await _world.MailAsync()).State, (await _world.MailAsync()).SuppressedBecause));
    }

    [Fact]
    public async Task Whoever_was_disabled_when_it_was_published_gets_it_once_enabled()
    {
        await GrantAsync(BillingAdmin);
        await _world.First.CatchUpAsync();
        await ChangeAsync(anna => anna.Disable(_world.Time.Now));
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);
        await _world.First.CatchUpAsync();
        Assert.Equal(SuppressionReason.PersonInactive, (await _world.MailAsync()).SuppressedBecause);

        await ChangeAsync(anna => anna.Enable(_world.Time.Now));
        await _world.First.CatchUpAsync();
        await _world.First.DispatchAsync();

        Assert.Single(_world.Transport.Taken);
    }

    [Fact]
    public async Task What_is_published_while_somebody_catches_up_is_left_to_its_own_fan_out()
    {
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);
        await GrantAsync(BillingAdmin);
        // A round looks at the clock once it knows that no fan-out is on its way; a moment later there is one.
        var clock = new ClockThat(_world.Time, () => Do("UPDATE Communications SET FannedOutAt = NULL, FanOutCursor = 0"));
        await _world.First.WithAsync<IServiceProvider>(services => ActivatorUtilities.CreateInstance<CatchUps>(services, clock).RunOnceAsync());

        await _world.First.FanOutAsync();
        await _world.First.CatchUpAsync();
        await _world.First.DispatchAsync();

        Assert.Equal("anna@alpine-cloud.example", Assert.Single(_world.Transport.Taken).To);
    }

    [Fact]
    public async Task Nobody_catches_up_while_a_fan_out_may_still_come_to_them()
    {
        await _world.PublishAsync(CommunicationKind.MandatoryAction, BillingAdmin);
        await GrantAsync(BillingAdmin);

        await _world.First.CatchUpAsync();
        await _world.First.FanOutAsync();
        await _world.First.CatchUpAsync();
        await _world.First.DispatchAsync();

        Assert.Single(_world.Transport.Taken);
    }

    [Fact]
    public async Task Two_instances_at_once_mail_it_once()
    {
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);
        await GrantAsync(BillingAdmin);
        var second = _world.Start();

        await Task.WhenAll(TryAsync(_world.First), TryAsync(second));
        await _world.First.CatchUpAsync();
        await _world.First.DispatchAsync();

        Assert.Single(_world.Transport.Taken);

        static async Task TryAsync(MailInstance instance)
        {
            try
            {
                await instance.CatchUpAsync();
            }
            catch (DbUpdateException)
            {
                // The other one was first; the job goes on in its next round.
            }
        }
    }

    private Task GrantAsync(Role role) => ChangeAsync(anna => anna.Grant(role, "Test", _world.Time.Now));

    private Task RevokeAsync() => ChangeAsync(anna => anna.Revoke(anna.Roles[0]));

    private Task ChangeAsync(Action<Membership> change) => _world.First.WriteAsync(async db =>
        change(await db.Memberships.Include(membership => membership.Roles).SingleAsync(membership => membership.Id == _anna.Id)));

    private void Do(string sql)
    {
        using var connection = new SqliteConnection(_world.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    // Something happens just before the time is told.
    private sealed class ClockThat(TimeProvider real, Action happens) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow()
        {
            happens();
            return real.GetUtcNow();
        }
    }
}
