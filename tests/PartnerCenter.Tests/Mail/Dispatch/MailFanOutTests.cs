using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Mail.Dispatch;
using static PartnerCenter.Domain.Access.RoleCatalogue;

namespace PartnerCenter.Tests.Mail.Dispatch;

public sealed class MailFanOutTests : IAsyncLifetime
{
    private const int LargeAudience = 1_203;

    private MailWorld _world = null!;

    public async Task InitializeAsync() => _world = await MailWorld.CreateAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Every_addressed_member_gets_one_mail_and_nobody_else_does()
    {
        var alpine = await _world.AddOrganizationAsync();
        var anna = await _world.AddMemberAsync(alpine, "Anna", BillingAdmin);
        var bas = await _world.AddMemberAsync(alpine, "Bas", "nl", BillingAdmin);
        await _world.AddMemberAsync(alpine, "Carla", SalesAgent);
        await _world.AddMemberAsync(alpine, "Dirk");
        var id = await _world.PublishAsync(CommunicationKind.MandatoryAction, BillingAdmin);

        await _world.First.FanOutAsync();

        Assert.Equal(
            [
                (id, anna.Id, alpine.Id, MailState.Queued, "anna@alpine-cloud.example", "en"),
                (id, bas.Id, alpine.Id, MailState.Queued, "bas@alpine-cloud.example", "nl"),
            ],
            (await _world.MailsAsync()).Select(mail => (mail.CommunicationId, mail.MembershipId, mail.OrganizationId, mail.State, mail.Address!, mail.Language)));
    }

    [Fact]
    public async Task A_member_with_two_of_the_addressed_roles_gets_one_mail()
    {
        var alpine = await _world.AddOrganizationAsync();
        await _world.AddMemberAsync(alpine, "Anna", BillingAdmin, GlobalAdmin);
        await _world.PublishAsync(CommunicationKind.MandatoryAction, BillingAdmin, GlobalAdmin);

        await _world.First.FanOutAsync();

        Assert.Equal(MailState.Queued, (await _world.MailAsync()).State);
    }

    [Fact]
    public async Task Only_the_named_organizations_are_mailed()
    {
        var alpine = await _world.AddOrganizationAsync();
        var harbor = await _world.AddOrganizationAsync("harbor-apps", "Harbor Apps");
        await _world.AddMemberAsync(alpine, "Anna", BillingAdmin);
        var harry = await _world.AddMemberAsync(harbor, "Harry", BillingAdmin);
        await _world.PublishAsync(MailWorld.Draft(CommunicationKind.MandatoryAction, BillingAdmin) with { Organizations = ["harbor-apps"] });

        await _world.First.FanOutAsync();

        Assert.Equal(harry.Id, (await _world.MailAsync()).MembershipId);
    }

    [Fact]
    public async Task What_is_addressed_to_everybody_reaches_members_without_a_role()
    {
        var alpine = await _world.AddOrganizationAsync();
        await _world.AddMemberAsync(alpine, "Anna", BillingAdmin);
        await _world.AddMemberAsync(alpine, "Dirk");
        await _world.PublishAsync(CommunicationKind.MandatoryAction, DefaultUser);

        await _world.First.FanOutAsync();

        Assert.Equal([MailState.Queued, MailState.Queued], (await _world.MailsAsync()).Select(mail => mail.State));
    }

    [Fact]
    public async Task What_is_addressed_to_one_member_reaches_that_member_alone()
    {
        var alpine = await _world.AddOrganizationAsync();
        await _world.AddMemberAsync(alpine, "Anna", BillingAdmin);
        var dirk = await _world.AddMemberAsync(alpine, "Dirk");
        await _world.PublishAsync(MailWorld.Draft(CommunicationKind.TransactionalNotification) with { Membership = dirk.Id });

        await _world.First.FanOutAsync();

        var mail = await _world.MailAsync();
        Assert.Equal((dirk.Id, MailState.Queued), (mail.MembershipId, mail.State));
    }

    [Fact]
    public async Task A_person_in_two_organizations_gets_a_mail_for_each()
    {
        var alpine = await _world.AddOrganizationAsync();
        var harbor = await _world.AddOrganizationAsync("harbor-apps", "Harbor Apps");
        var atAlpine = await _world.AddMemberAsync(alpine, "Anna", BillingAdmin);
        var atHarbor = await _world.AddMembershipAsync(harbor, atAlpine.Person, BillingAdmin);
        await _world.PublishAsync(CommunicationKind.MandatoryAction, BillingAdmin);

        await _world.First.FanOutAsync();

        Assert.Equal(
            [(atAlpine.Id, alpine.Id, "anna@alpine-cloud.example"), (atHarbor.Id, harbor.Id, "anna@alpine-cloud.example")],
            (await _world.MailsAsync()).Select(mail => (mail.MembershipId, mail.OrganizationId, mail.Address!)));
    }

    [Theory]
    [InlineData(CommunicationKind.PromotionalNotification, MailState.Suppressed, SuppressionReason.OptedOut)]
    [InlineData(CommunicationKind.TransactionalNotification, MailState.Queued, null)]
    [InlineData(CommunicationKind.MandatoryAction, MailState.Queued, null)]
    [InlineData(CommunicationKind.RecommendedAction, MailState.Queued, null)]
    public async Task A_member_who_opted_out_of_promotional_mail_misses_only_that(CommunicationKind kind, MailState state, SuppressionReason? because)
    {
        var alpine = await _world.AddOrganizationAsync();
        var anna = await _world.AddMemberAsync(alpine, "Anna", BillingAdmin);
        await OptOutAsync(anna.Id, CommunicationKind.PromotionalNotification);
        await _world.PublishAsync(kind, BillingAdmin);

        await _world.First.FanOutAsync();

        var mail = await _world.MailAsync();
        Assert.Equal((state, because), (mail.State, mail.SuppressedBecause));
    }

    [Theory]
    [InlineData(true, MailState.Queued)]
    [InlineData(false, MailState.Suppressed)]
    public async Task An_agreement_goes_before_an_opt_out(bool requiredByAgreement, MailState state)
    {
        var alpine = await _world.AddOrganizationAsync();
        var anna = await _world.AddMemberAsync(alpine, "Anna", BillingAdmin);
        await OptOutAsync(anna.Id, CommunicationKind.TransactionalNotification);
        await _world.PublishAsync(MailWorld.Draft(CommunicationKind.TransactionalNotification, BillingAdmin) with { RequiredByAgreement = requiredByAgreement });

        await _world.First.FanOutAsync();

        Assert.Equal(state, (await _world.MailAsync()).State);
    }

    [Fact]
    public async Task An_organization_without_the_workspace_gets_no_mail_about_it_and_the_row_says_why()
    {
        var alpine = await _world.AddOrganizationAsync();
        await _world.AddMemberAsync(alpine, "Anna", BillingAdmin);
        await _world.First.WriteAsync(async db =>
            (await db.Organizations.Include(organization => organization.Enrollments).SingleAsync()).Enrollments.Clear());
        await _world.PublishAsync(CommunicationKind.MandatoryAction, BillingAdmin);

        await _world.First.FanOutAsync();

        Assert.Equal(SuppressionReason.NotEntitled, (await _world.MailAsync()).SuppressedBecause);
    }

    [Fact]
    public async Task A_large_audience_gets_one_mail_each_in_batches()
    {
        var alpine = await _world.AddOrganizationAsync();
        await _world.AddMembersAsync(alpine, LargeAudience, BillingAdmin);
        var id = await _world.PublishAsync(CommunicationKind.MandatoryAction, BillingAdmin);

        List<int> afterEachBatch = [];
        while (await _world.First.FanOutOnceAsync())
            afterEachBatch.Add((await _world.MailsAsync()).Count);

        Assert.Equal([MailFanOut.BatchSize, 2 * MailFanOut.BatchSize, LargeAudience], afterEachBatch);
        Assert.Equal(LargeAudience, (await _world.MailsAsync()).DistinctBy(mail => mail.MembershipId).Count());
        Assert.Equal(_world.Time.Now, (await FindAsync(id)).FannedOutAt);
    }

    [Fact]
    public async Task An_audience_that_fills_its_batches_to_the_last_place_comes_to_an_end()
    {
        var alpine = await _world.AddOrganizationAsync();
        await _world.AddMembersAsync(alpine, MailFanOut.BatchSize, BillingAdmin);
        var id = await _world.PublishAsync(CommunicationKind.MandatoryAction, BillingAdmin);

        await _world.First.FanOutAsync();

        Assert.Equal(MailFanOut.BatchSize, (await _world.MailsAsync()).Count);
        Assert.NotNull((await FindAsync(id)).FannedOutAt);
    }

    [Fact]
    public async Task Another_process_goes_on_where_one_that_died_stopped()
    {
        var alpine = await _world.AddOrganizationAsync();
        await _world.AddMembersAsync(alpine, MailFanOut.BatchSize + 103, BillingAdmin);
        var id = await _world.PublishAsync(CommunicationKind.MandatoryAction, BillingAdmin);
        await _world.First.FanOutOnceAsync();
        await _world.First.DisposeAsync();
        var another = _world.Start();

        await another.FanOutAsync();

        var members = await another.ReadAsync(db => db.OutboxMails.Select(mail => mail.MembershipId).ToListAsync());
        Assert.Equal(MailFanOut.BatchSize + 103, members.Count);
        Assert.Equal(MailFanOut.BatchSize + 103, members.Distinct().Count());
        Assert.NotNull((await another.ReadAsync(db => db.Communications.SingleAsync(communication => communication.Id == id))).FannedOutAt);
    }

    [Fact]
    public async Task A_batch_that_fails_leaves_neither_mails_nor_a_moved_cursor()
    {
        var alpine = await _world.AddOrganizationAsync();
        await _world.AddMembersAsync(alpine, MailFanOut.BatchSize + 300, BillingAdmin);
        var id = await _world.PublishAsync(CommunicationKind.MandatoryAction, BillingAdmin);
        await _world.First.FanOutOnceAsync();
        var cursor = (await FindAsync(id)).FanOutCursor;
        // The database refuses one row in the middle of the next batch.
        await _world.First.WriteAsync(db => db.Database.ExecuteSqlRawAsync(
            "CREATE TRIGGER Refuse BEFORE INSERT ON OutboxMails WHEN NEW.MembershipId = {0} BEGIN SELECT RAISE(ABORT, 'refused'); END".Replace("{0}", $"{cursor + 250}")));

        await Assert.ThrowsAsync<DbUpdateException>(_world.First.FanOutOnceAsync);

        Assert.Equal(MailFanOut.BatchSize, (await _world.MailsAsync()).Count);
        Assert.Equal((cursor, null), ((await FindAsync(id)).FanOutCursor, (await FindAsync(id)).FannedOutAt));
    }

    [Fact]
    public async Task What_was_fanned_out_is_not_fanned_out_again()
    {
        var alpine = await _world.AddOrganizationAsync();
        await _world.AddMemberAsync(alpine, "Anna", BillingAdmin);
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);
        // Somebody who joins later is no reason to start over.
        await _world.AddMemberAsync(alpine, "Bas", BillingAdmin);

        var didSomething = await _world.First.FanOutOnceAsync();

        Assert.False(didSomething);
        Assert.Single(await _world.MailsAsync());
    }

    [Fact]
    public async Task Two_processes_at_the_same_batch_write_it_once()
    {
        var alpine = await _world.AddOrganizationAsync();
        await _world.AddMembersAsync(alpine, 40, BillingAdmin);
        await _world.PublishAsync(CommunicationKind.MandatoryAction, BillingAdmin);
        var instances = Enumerable.Range(0, 4).Select(_ => _world.Start()).ToList();

        await Task.WhenAll(instances.Select(instance => Task.Run(async () =>
        {
            try
            {
                await instance.FanOutAsync();
            }
            catch (DbUpdateException)
            {
                // It was second; the job looks again in its next round.
            }
        })));

        Assert.Equal(40, (await _world.MailsAsync()).Count);
    }

    [Fact]
    public async Task The_older_of_two_communications_goes_first()
    {
        var alpine = await _world.AddOrganizationAsync();
        await _world.AddMemberAsync(alpine, "Anna", BillingAdmin);
        var older = await _world.PublishAsync(CommunicationKind.MandatoryAction, BillingAdmin);
        await _world.PublishAsync(CommunicationKind.MandatoryAction, BillingAdmin);

        await _world.First.FanOutOnceAsync();

        Assert.Equal(older, (await _world.MailAsync()).CommunicationId);
    }

    private Task OptOutAsync(int membership, CommunicationKind kind) =>
        _world.First.WriteAsync(db => db.Add(new OptOut(membership, kind, workspace: null, _world.Time.Now)));

    private Task<Communication> FindAsync(long id) => _world.First.ReadAsync(db => db.Communications.SingleAsync(communication => communication.Id == id));
}
