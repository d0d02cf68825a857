using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Mail.Dispatch;
using PartnerCenter.Mail.Transport;
using PartnerCenter.Tests.Support;
using static PartnerCenter.Domain.Access.RoleCatalogue;

namespace PartnerCenter.Tests.Mail.Dispatch;

/// <summary>What goes first, what waits for the morning, and what goes together.</summary>
public sealed class PacingTests : IAsyncLifetime
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private MailWorld _world = null!;
    private Organization _alpine = null!;
    private Membership _anna = null!;

    public async Task InitializeAsync()
    {
        _world = await MailWorld.CreateAsync();
        _alpine = await _world.AddOrganizationAsync();
        _anna = await _world.AddMemberAsync(_alpine, "Anna", BillingAdmin);
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Of_what_is_due_the_most_urgent_goes_first()
    {
        const int members = 10;
        await _world.AddMembersAsync(_alpine, members - 1, BillingAdmin);
        foreach (var kind in CommunicationPolicy.Published.Reverse())
            await _world.QueueAsync(kind, BillingAdmin);

        await _world.Start(parallel: 1).DispatchAsync();

        // While one is sent the next is made ready, and may overtake it. The middle of each kind is where it belongs.
        var taken = _world.Transport.Taken.Select(mail => mail.Headers["Feedback-ID"].Split(':')[0]).ToList();
        Assert.Equal(4 * members, taken.Count);
        Assert.All(
            ["mandatory-action", "recommended-action", "transactional-notification", "promotional-notification"],
            (kind, place) => Assert.InRange(
                taken.Index().Where(mail => mail.Item == kind).ElementAt(members / 2).Index, place * members, (place * members) + members - 1));
    }

    [Fact]
    public async Task At_night_optional_mail_waits_until_the_morning_where_its_reader_lives()
    {
        await ChangeAsync(anna => anna.DescribeAs(jobTitle: null, Languages.English, "Asia/Tokyo"));
        _world.Time.JumpTo(new DateTime(2026, 3, 2, 13, 0, 0, DateTimeKind.Utc));
        await _world.QueueAsync(CommunicationKind.TransactionalNotification, BillingAdmin);
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);

        await _world.First.DispatchAsync();

        Assert.StartsWith("mandatory-action", Assert.Single(_world.Transport.Taken).Headers["Feedback-ID"], StringComparison.Ordinal);
        var waiting = Assert.Single(await _world.MailsAsync(), mail => mail.State == MailState.Queued);
        Assert.Equal(
            (PostponementReason.QuietHours, new DateTime(2026, 3, 2, 22, 0, 0, DateTimeKind.Utc), 0, 0),
            (waiting.PostponedBecause, waiting.NextAttemptAt, waiting.Claims, waiting.Attempts));

        _world.Time.Advance(TimeSpan.FromHours(9));
        await _world.First.DispatchAsync();

        Assert.Equal(2, _world.Transport.Taken.Count);
    }

    [Fact]
    public async Task What_is_promotional_beyond_the_limit_goes_in_one_mail_on_the_next_morning()
    {
        await QueuePromotionsAsync(5);

        await _world.First.DispatchAsync();
        Assert.Equal(2, _world.Transport.Taken.Count);

        _world.Time.Advance(Day);
        await _world.First.DispatchAsync();

        Assert.Equal(3, _world.Transport.Taken.Count);
        var digest = _world.Transport.Taken[2];
        Assert.Equal("3 offers and news items for Alpine Cloud", digest.Subject);
        Assert.All(["Offer 3", "Offer 4", "Offer 5"], title => Assert.Contains(title, digest.Text, StringComparison.Ordinal));
        Assert.All(["Offer 1", "Offer 2"], title => Assert.DoesNotContain(title, digest.Text, StringComparison.Ordinal));
        Assert.Equal("<promotional-notification.portal.example>", digest.Headers["List-Id"]);
        Assert.Equal("List-Unsubscribe=One-Click", digest.Headers["List-Unsubscribe-Post"]);
        var mails = await _world.MailsAsync();
        Assert.All(mails, mail => Assert.Equal(MailState.Sent, mail.State));
        Assert.Equal([null, null, null, mails[2].Id, mails[2].Id], mails.Select(mail => mail.DigestId));
    }

    [Fact]
    public async Task A_digest_does_not_use_up_the_limit_of_its_day()
    {
        await QueuePromotionsAsync(3);
        await _world.First.DispatchAsync();
        _world.Time.Advance(Day);
        await _world.First.DispatchAsync();

        await QueuePromotionsAsync(3);
        await _world.First.DispatchAsync();

        Assert.Equal(5, _world.Transport.Taken.Count);
    }

    [Fact]
    public async Task The_limit_is_one_for_all_organizations_of_a_person()
    {
        var harbor = await _world.AddOrganizationAsync("harbor-apps", "Harbor Apps");
        await _world.AddMembershipAsync(harbor, _anna.Person, BillingAdmin);
        await QueuePromotionsAsync(2);

        await _world.First.DispatchAsync();

        Assert.Equal(2, _world.Transport.Taken.Count);
        Assert.Equal(2, (await _world.MailsAsync()).Count(mail => mail.PostponedBecause == PostponementReason.DailyLimit));
    }

    [Fact]
    public async Task What_is_withdrawn_or_turned_off_before_the_morning_is_not_in_the_digest()
    {
        await QueuePromotionsAsync(4);
        await _world.First.DispatchAsync();
        await _world.First.WriteAsync(async db => (await db.Communications.OrderBy(item => item.Id).Skip(2).FirstAsync()).Withdraw(_world.Time.Now));
        _world.Time.Advance(Day);
        await _world.First.DispatchAsync();

        Assert.StartsWith("[Billing] Offer 4", _world.Transport.Taken[2].Subject, StringComparison.Ordinal);
        Assert.Equal(SuppressionReason.Withdrawn, (await _world.MailsAsync())[2].SuppressedBecause);

        await QueuePromotionsAsync(4);
        await _world.First.DispatchAsync();
        await _world.First.WriteAsync(db => db.Add(new OptOut(_anna.Id, CommunicationKind.PromotionalNotification, workspace: null, _world.Time.Now)));
        _world.Time.Advance(Day);
        await _world.First.DispatchAsync();

        Assert.Equal(5, _world.Transport.Taken.Count);
        Assert.Equal([SuppressionReason.OptedOut, SuppressionReason.OptedOut], (await _world.MailsAsync()).TakeLast(2).Select(mail => mail.SuppressedBecause));
    }

    [Fact]
    public async Task What_is_withdrawn_is_left_out_of_a_digest_whose_others_go()
    {
        await QueuePromotionsAsync(5);
        await _world.First.DispatchAsync();
        await _world.First.WriteAsync(async db => (await db.Communications.OrderBy(item => item.Id).Skip(3).FirstAsync()).Withdraw(_world.Time.Now));
        _world.Time.Advance(Day);
        await _world.First.DispatchAsync();

        var digest = _world.Transport.Taken[2];
        Assert.Contains("Offer 3", digest.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Offer 4", digest.Text, StringComparison.Ordinal);
        Assert.Contains("Offer 5", digest.Text, StringComparison.Ordinal);
        Assert.Equal(
            [MailState.Sent, MailState.Suppressed, MailState.Sent],
            (await _world.MailsAsync()).TakeLast(3).Select(mail => mail.State));
    }

    [Fact]
    public async Task A_digest_that_the_relay_puts_off_stays_one_mail()
    {
        await QueuePromotionsAsync(5);
        await _world.First.DispatchAsync();
        _world.Time.Advance(Day);
        _world.Transport.AnswerWith(TransportOutcome.Deferred);
        await _world.First.DispatchAsync();
        Assert.Equal(3, (await _world.MailsAsync()).Count(mail => mail is { State: MailState.Queued, DigestId: null, Attempts: 1 }));

        _world.Transport.AnswerWith(TransportOutcome.Accepted);
        _world.Time.Advance(TimeSpan.FromMinutes(5));
        await _world.First.DispatchAsync();

        Assert.Equal(4, _world.Transport.Taken.Count);
        Assert.Equal(_world.Transport.Taken[2].MessageId, _world.Transport.Taken[3].MessageId);
        Assert.All(await _world.MailsAsync(), mail => Assert.Equal(MailState.Sent, mail.State));
    }

    [Fact]
    public async Task A_digest_that_was_on_its_way_when_its_instance_died_is_in_doubt_as_a_whole()
    {
        await QueuePromotionsAsync(4);
        await _world.First.DispatchAsync();
        _world.Time.Advance(Day);
        _world.Transport.While(async _ =>
        {
            _world.Transport.AnswerWith(TransportOutcome.Accepted);
            await _world.First.WithAsync<InstanceRegistry>(registry => registry.PutBackAsync(_world.First.Name));
        });
        await _world.First.DispatchAsync();

        var doubtful = (await _world.MailsAsync()).Skip(2).ToList();
        Assert.All(doubtful, mail => Assert.Equal((MailState.Sent, 1), (mail.State, mail.InDoubt)));
        Assert.Equal(4, _world.Transport.Taken.Count);
    }

    [Fact]
    public async Task Two_instances_send_one_digest()
    {
        await QueuePromotionsAsync(6);
        await _world.First.DispatchAsync();
        _world.Time.Advance(Day);
        var second = _world.Start();

        await Task.WhenAll(_world.First.DispatchAsync(), second.DispatchAsync());
        await _world.First.DispatchAsync();

        Assert.Equal(3, _world.Transport.Taken.Count);
        Assert.All(await _world.MailsAsync(), mail => Assert.Equal(MailState.Sent, mail.State));
    }

    [Theory]
    [InlineData(TransportOutcome.Unknown, MailState.Failed)]
    [InlineData(TransportOutcome.Deferred, MailState.Queued)]
    public async Task A_mail_is_given_up_when_it_was_in_doubt_too_often_and_is_again(TransportOutcome third, MailState state)
    {
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);
        for (var n = 1; n <= 3; n++)
        {
            _world.Transport.AnswerWith(n < 3 ? TransportOutcome.Unknown : third);
            await _world.First.DispatchAsync();
            _world.Time.Advance(TimeSpan.FromHours(1));
        }

        var mail = await _world.MailAsync();
        Assert.Equal((state, 3), (mail.State, mail.Attempts));
    }

    [Fact]
    public async Task What_waits_for_the_morning_says_nothing_of_an_earlier_answer()
    {
        await _world.QueueAsync(CommunicationKind.TransactionalNotification, BillingAdmin);
        _world.Transport.AnswerWith(TransportOutcome.Deferred, "451 later");
        await _world.First.DispatchAsync();
        _world.Time.JumpTo(new DateTime(2026, 3, 2, 23, 0, 0, DateTimeKind.Utc));
        await _world.First.DispatchAsync();

        var mail = await _world.MailAsync();
        Assert.Equal((PostponementReason.QuietHours, null), (mail.PostponedBecause, mail.LastAnswer));
    }

    [Fact]
    public async Task Promotional_mail_has_a_sender_of_its_own_and_every_mail_its_own_address_to_come_back_to()
    {
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);
        await _world.QueueAsync(CommunicationKind.PromotionalNotification, BillingAdmin);
        await _world.First.DispatchAsync();

        var mails = await _world.MailsAsync();
        Assert.Equal(
            [("notices@portal.example", $"bounces+{mails[0].MessageKey}@portal.example"), ("offers@portal.example", $"bounces+{mails[1].MessageKey}@portal.example")],
            _world.Transport.Taken.OrderBy(mail => mail.FromAddress).Select(mail => (mail.FromAddress, mail.EnvelopeFrom!)));
    }

    private async Task QueuePromotionsAsync(int count)
    {
        var before = (await _world.MailsAsync()).Count;
        for (var n = 1; n <= count; n++)
        {
            await _world.QueueAsync(MailWorld.Draft(CommunicationKind.PromotionalNotification, BillingAdmin) with
            {
                Content = new Dictionary<string, DraftText> { [Languages.English] = new($"Offer {before + n}", "Look at **this**.") },
            });
        }
    }

    private Task ChangeAsync(Action<Membership> change) => _world.First.WriteAsync(async db =>
        change(await db.Memberships.SingleAsync(membership => membership.Id == _anna.Id)));
}
