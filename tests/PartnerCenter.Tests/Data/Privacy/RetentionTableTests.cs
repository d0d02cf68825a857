using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Privacy;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Tests.Support;
using static PartnerCenter.Domain.Access.RoleCatalogue;

namespace PartnerCenter.Tests.Data.Privacy;

/// <summary>Each row forgets what is from before its time, and nothing that is younger or still needed.</summary>
public sealed class RetentionTableTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryDatabase _database = new();
    private Membership _anna = null!;
    private long _told;

    private DateTime Now => _database.Time.Now;

    public async Task InitializeAsync()
    {
        _anna = await _database.Scenario.MemberAsync(await _database.Scenario.OrganizationAsync(), BillingAdmin);
        _told = await _database.Scenario.PublishAsync(Drafts.MandatoryAction());
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Sessions_go_once_nobody_can_use_them()
    {
        await AddAsync(db => new SignInSession("idle", db.People.First(), Now));
        await AddAsync(db =>
        {
            var busy = new SignInSession("busy", db.People.First(), Now);
            busy.Refresh(Now + SignInSession.Longest - SignInSession.LongestIdle);
            return busy;
        });

        Assert.Equal(0, await RunAsync(null, Now + SignInSession.LongestIdle - TimeSpan.FromSeconds(1)));
        Assert.Equal(1, await RunAsync(null, Now + SignInSession.LongestIdle));
        Assert.Equal(Secret.Hash("busy"), await _database.QueryAsync(db => db.Sessions.Select(session => session.IdHash).SingleAsync()));
        Assert.Equal(1, await RunAsync(null, Now + SignInSession.Longest));
    }

    [Fact]
    public async Task A_round_to_an_identity_provider_goes_once_it_is_surely_too_old_to_count()
    {
        await AddAsync(_ => new SpentNonce("a nonce", Now));

        Assert.Equal(0, (await RunAllAsync(null, Now + (2 * SpentNonce.LongestRound)))[1]);
        Assert.Equal(1, (await RunAllAsync(null, Now + (2 * SpentNonce.LongestRound) + TimeSpan.FromSeconds(1)))[1]);
        Assert.Equal(0, await _database.QueryAsync(db => db.SpentNonces.CountAsync()));
    }

    [Fact]
    public async Task A_name_that_was_tried_goes_once_the_tries_do_not_count_any_more()
    {
        await AddAsync(_ =>
        {
            var attempts = new SignInAttempts(SignInAttempts.HashOf(SignInStep.Password, "ANNA@WORK.EXAMPLE"));
            attempts.TryBegin(Now);
            return attempts;
        });

        Assert.Equal(0, (await RunAllAsync(null, Now + SignInDelay.Forgotten - TimeSpan.FromSeconds(1)))[2]);
        Assert.Equal(1, (await RunAllAsync(null, Now + SignInDelay.Forgotten))[2]);
        Assert.Equal(0, await _database.QueryAsync(db => db.SignInAttempts.CountAsync()));
    }

    [Theory]
    [InlineData(MailState.Sent)]
    [InlineData(MailState.Failed)]
    [InlineData(MailState.Bounced)]
    public async Task The_words_of_a_mail_go_first_and_its_address_later_and_the_mail_still_counts(MailState state)
    {
        await MailAsync(state);

        Assert.Equal(0, await RunAsync(RetentionTable.MailWordsDays, Now));
        Assert.Equal(1, await RunAsync(RetentionTable.MailWordsDays, Now.AddSeconds(1)));
        var mail = await SingleMailAsync();
        Assert.Equal((null, null, "anna@work.example", "Subject"), (mail.TextBody, mail.HtmlBody, mail.Address, mail.Subject));
        Assert.Equal(0, await RunAsync(RetentionTable.MailWordsDays, Now.AddSeconds(1)));

        Assert.Equal(1, await RunAsync(RetentionTable.MailDays, Now.AddSeconds(1)));
        mail = await SingleMailAsync();
        Assert.Equal((null, null, null, state), (mail.Address, mail.Subject, mail.LastAnswer, mail.State));
        Assert.Equal(0, await RunAsync(RetentionTable.MailDays, Now.AddSeconds(1)));
        Assert.False(mail.May(MailVerb.Retry).IsAllowed);
    }

    [Theory]
    [InlineData(MailState.Queued)]
    [InlineData(MailState.Claimed)]
    [InlineData(MailState.Sending)]
    public async Task A_mail_that_may_still_go_keeps_everything(MailState state)
    {
        await MailAsync(state);

        Assert.Equal(0, await RunAsync(RetentionTable.MailWordsDays, Now.AddYears(9)));
        Assert.Equal(0, await RunAsync(RetentionTable.MailDays, Now.AddYears(9)));
    }

    [Fact]
    public async Task Bounces_go_with_the_addresses()
    {
        await MailAsync(MailState.Bounced);
        await AddAsync(db => new MailEvent(db.OutboxMails.First(), "anna@work.example", MailEventKind.Bounced, Now, "550 anna@work.example", Now));

        Assert.Equal(0, (await RunAllAsync(RetentionTable.MailDays, Now))[1]);
        Assert.Equal(1, (await RunAllAsync(RetentionTable.MailDays, Now.AddSeconds(1)))[1]);
        Assert.Equal(0, await _database.QueryAsync(db => db.MailEvents.CountAsync()));
    }

    [Fact]
    public async Task Confirmations_go_and_the_mails_that_asked_cannot_be_sent_again()
    {
        await AddAsync(db => new ContactVerification(db.Memberships.First(), "anna@work.example", ContactSecret.Create(), Now));
        var ends = Now + ContactPolicy.Lasts;

        Assert.Equal(0, await RunAsync(RetentionTable.VerificationDays, ends));
        Assert.Equal(1, await RunAsync(RetentionTable.VerificationDays, ends.AddSeconds(1)));
        Assert.Equal(0, await _database.QueryAsync(db => db.ContactVerifications.CountAsync()));
    }

    [Fact]
    public async Task That_somebody_asked_for_another_password_goes()
    {
        await AddAsync(db => new PasswordReset(db.People.First().Id, Secret.Create(), Now));
        var ends = Now + PasswordReset.Lasts;

        Assert.Equal(0, (await RunAllAsync(RetentionTable.VerificationDays, ends))[1]);
        Assert.Equal(1, (await RunAllAsync(RetentionTable.VerificationDays, ends.AddSeconds(1)))[1]);
        Assert.Equal(0, await _database.QueryAsync(db => db.PasswordResets.CountAsync()));
    }

    [Fact]
    public async Task A_feed_that_nothing_reads_goes_and_one_that_is_read_stays()
    {
        await AddAsync(_ => FeedLink.Create(_anna.Id, FeedKind.Calendar, Now).Link);
        await AddAsync(_ =>
        {
            var link = FeedLink.Create(_anna.Id, FeedKind.Notifications, Now).Link;
            link.Use(Now.AddDays(30));
            return link;
        });

        Assert.Equal(0, await RunAsync(RetentionTable.UnusedFeedDays, Now));
        Assert.Equal(1, await RunAsync(RetentionTable.UnusedFeedDays, Now.AddDays(20)));
        Assert.Equal(FeedKind.Notifications, await _database.QueryAsync(db => db.FeedLinks.Select(link => link.Kind).SingleAsync()));
    }

    [Fact]
    public async Task The_request_of_a_publishing_system_goes_and_what_it_published_stays()
    {
        await AddAsync(_ => ApiKey.Create("key", "secret", "Publisher", Now, TimeSpan.FromDays(1), out var _));
        await AddAsync(db => new IdempotentRequest("key", "1", "hash", db.Communications.First()));

        Assert.Equal(0, await RunAsync(RetentionTable.ApiRequestDays, Now));
        Assert.Equal(1, await RunAsync(RetentionTable.ApiRequestDays, Now.AddSeconds(1)));
        Assert.Equal(1, await _database.QueryAsync(db => db.Communications.CountAsync()));
    }

    [Fact]
    public void Every_row_has_a_test_here() => Assert.Equal(10, RetentionTable.Rows.Count);

    private async Task<int> RunAsync(string? setting, DateTime before) => (await RunAllAsync(setting, before))[0];

    private Task<List<int>> RunAllAsync(string? setting, DateTime before) => _database.QueryAsync(async db =>
    {
        var forgotten = new List<int>();
        foreach (var row in RetentionTable.Rows.Where(row => row.Setting == setting))
        {
            forgotten.Add(await row.BeforeAsync(db, before, CancellationToken.None));
            await db.SaveChangesAsync();
        }

        return forgotten;
    });

    private async Task MailAsync(MailState state) => await AddAsync(db =>
    {
        var (communication, membership) = (db.Communications.Single(row => row.Id == _told), db.Memberships.First());
        var mail = OutboxMail.About("anna@work.example", communication, membership, MailOccasion.Published, Now);
        if (state != MailState.Queued)
            mail.Claim("instance");
        if (state is not (MailState.Queued or MailState.Claimed))
            mail.StartSending(new("anna@work.example", AddressSource.Own), "Subject", "Text for Anna", "<p>Text for Anna</p>");
        if (state == MailState.Sent)
            mail.RecordSent("250 anna@work.example is fine", Now);
        if (state is MailState.Failed or MailState.Bounced)
            mail.RecordRefused("550 anna@work.example is not", addressIsWrong: state == MailState.Bounced);
        return mail;
    });

    private Task<OutboxMail> SingleMailAsync() => _database.QueryAsync(db => db.OutboxMails.AsNoTracking().SingleAsync());

    private Task<int> AddAsync(Func<PartnerCenterDb, object> make) => _database.QueryAsync(db =>
    {
        db.Add(make(db));
        return db.SaveChangesAsync();
    });
}
