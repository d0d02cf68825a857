using System.Diagnostics;
using AngleSharp.Html.Parser;
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

public sealed class MailDispatcherTests : IAsyncLifetime
{
    private const string Contact = "anna@home.example";

    private MailWorld _world = null!;
    private Organization _alpine = null!;

    public async Task InitializeAsync()
    {
        _world = await MailWorld.CreateAsync();
        _alpine = await _world.AddOrganizationAsync();
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Every_mail_goes_to_one_recipient_and_is_recorded_as_sent()
    {
        await _world.AddMembersAsync(_alpine, 3, BillingAdmin);
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);

        await _world.First.DispatchAsync();

        Assert.Equal(
            ["member1@alpine-cloud.example", "member2@alpine-cloud.example", "member3@alpine-cloud.example"],
            _world.Transport.Taken.Select(mail => mail.To).Order());
        Assert.All(await _world.MailsAsync(), mail =>
        {
            Assert.Equal((MailState.Sent, _world.Time.Now, "250 OK", null), (mail.State, mail.SentAt, mail.LastAnswer, mail.Owner));
            Assert.Equal((1, 1, 0), (mail.Claims, mail.Attempts, mail.InDoubt));
        });
    }

    [Fact]
    public async Task A_mail_says_who_sends_it_what_it_is_and_that_no_person_wrote_it()
    {
        await _world.AddMemberAsync(_alpine, "Bas", "nl", BillingAdmin);
        var id = await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);

        await _world.First.DispatchAsync();

        var mail = Assert.Single(_world.Transport.Taken);
        Assert.Equal(("notices@portal.example", "PartnerCenter", "nl", _world.Time.GetUtcNow()), (mail.FromAddress, mail.FromName, mail.Language, mail.Date));
        Assert.Equal($"<ob.{(await _world.MailAsync()).MessageKey}@portal.example>", mail.MessageId);
        Assert.Equal(
            [("Auto-Submitted", "auto-generated"), ("Feedback-ID", $"mandatory-action:billing:{id}:pcportal"), ("X-Auto-Response-Suppress", "All")],
            mail.Headers.OrderBy(header => header.Key, StringComparer.Ordinal).Select(header => (header.Key, header.Value)));
    }

    [Fact]
    public async Task What_was_sent_is_kept_as_it_was_sent()
    {
        await _world.AddMemberAsync(_alpine, "Anna", BillingAdmin);
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);

        await _world.First.DispatchAsync();

        var (sent, kept) = (Assert.Single(_world.Transport.Taken), await _world.MailAsync());
        Assert.Equal((sent.To, sent.Subject, sent.Text, sent.Html), (kept.Address, kept.Subject, kept.TextBody, kept.HtmlBody));
    }

    [Fact]
    public async Task Links_lead_to_the_public_address_of_the_portal_and_to_the_reader_s_organization()
    {
        await _world.AddMemberAsync(_alpine, "Anna", BillingAdmin);
        var id = await _world.QueueAsync(CommunicationKind.PromotionalNotification, BillingAdmin);

        await _world.First.DispatchAsync();

        var mail = Assert.Single(_world.Transport.Taken);
        string[] links =
        [
            $"https://portal.example/partners/o/alpine-cloud/action-center/{id}",
            "https://portal.example/partners/o/alpine-cloud/my-preferences",
            mail.Headers["List-Unsubscribe"].Trim('<', '>'),
        ];
        Assert.StartsWith("https://portal.example/partners/unsubscribe/", links[^1], StringComparison.Ordinal);
        Assert.Equal(links, new HtmlParser().ParseDocument(mail.Html).Links.Select(link => link.GetAttribute("href")));
        Assert.All(links, link => Assert.Contains(link, mail.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_person_in_two_organizations_gets_a_mail_that_names_each()
    {
        var harbor = await _world.AddOrganizationAsync("harbor-apps", "Harbor Apps");
        var atAlpine = await _world.AddMemberAsync(_alpine, "Anna", BillingAdmin);
        await _world.AddMembershipAsync(harbor, atAlpine.Person, BillingAdmin);
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);

        await _world.First.DispatchAsync();

        Assert.All(_world.Transport.Taken, mail => Assert.Equal("anna@alpine-cloud.example", mail.To));
        Assert.Equal(
            [("Alpine Cloud", "/o/alpine-cloud/"), ("Harbor Apps", "/o/harbor-apps/")],
            _world.Transport.Taken.Select(mail => NamesOf(mail.Text)).Order());

        static (string, string) NamesOf(string text) =>
            (Assert.Single(["Alpine Cloud", "Harbor Apps"], name => text.Contains($"at {name}.", StringComparison.Ordinal)),
                Assert.Single(["/o/alpine-cloud/", "/o/harbor-apps/"], path => text.Contains(path, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_reader_whose_language_the_text_lacks_reads_it_in_the_default_language()
    {
        await _world.AddMemberAsync(_alpine, "Bas", "nl", BillingAdmin);
        var draft = MailWorld.Draft(CommunicationKind.MandatoryAction, BillingAdmin);
        await _world.QueueAsync(draft with { Content = new Dictionary<string, DraftText> { ["en"] = draft.Content["en"] } });

        await _world.First.DispatchAsync();

        var page = new HtmlParser().ParseDocument(Assert.Single(_world.Transport.Taken).Html);
        var heading = page.QuerySelector("h1")!;
        Assert.Equal(("Check the invoice", "en"), (heading.TextContent, heading.GetAttribute("lang")));
        Assert.Equal("nl", page.DocumentElement.GetAttribute("lang"));
        Assert.Contains("Beste Bas,", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Facturering", page.Body.TextContent, StringComparison.Ordinal);
        Assert.Contains("Deze tekst is er alleen in het Engels.", page.Body.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CommunicationKind.PromotionalNotification, true)]
    [InlineData(CommunicationKind.TransactionalNotification, false)]
    [InlineData(CommunicationKind.MandatoryAction, false)]
    public async Task Promotional_mail_says_where_its_sender_can_be_reached_by_post(CommunicationKind kind, bool saysIt)
    {
        await _world.AddMemberAsync(_alpine, "Anna", BillingAdmin);
        await _world.QueueAsync(kind, BillingAdmin);

        await _world.First.DispatchAsync();

        Assert.Equal(saysIt, Assert.Single(_world.Transport.Taken).Text.Contains(MailWorld.PostalAddress, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mail_says_which_role_brought_it_or_that_everybody_gets_it_or_that_it_is_personal()
    {
        var anna = await _world.AddMemberAsync(_alpine, "Anna", BillingAdmin);
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);
        await _world.QueueAsync(CommunicationKind.MandatoryAction, DefaultUser);
        await _world.QueueAsync(MailWorld.Draft(CommunicationKind.MandatoryAction) with { Membership = anna.Id });

        await _world.First.DispatchAsync();

        Assert.Equal(
            [
                "You get this mail because everybody at Alpine Cloud gets it.",
                "You get this mail because it is addressed to you at Alpine Cloud.",
                "You get this mail because you have the role Billing admin at Alpine Cloud.",
            ],
            _world.Transport.Taken.Select(mail => mail.Text.Split(Environment.NewLine).Single(line => line.StartsWith("You get this", StringComparison.Ordinal))).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_the_contact_address_refuses_for_good_goes_to_the_sign_in_address_and_the_member_s_contact_has_bounced()
    {
        var anna = await AddMemberWithContactAsync();
        RefuseContact();
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);

        await _world.First.DispatchAsync();

        Assert.Equal([Contact, "anna@alpine-cloud.example"], _world.Transport.Taken.Select(mail => mail.To));
        var mail = await _world.MailAsync();
        Assert.Equal((MailState.Sent, "anna@alpine-cloud.example", AddressSource.SignIn, 2), (mail.State, mail.Address, mail.AddressSource, mail.Attempts));
        var member = await MemberAsync(anna.Id);
        Assert.Equal((ContactState.Bounced, Contact), (member.ContactState, member.ContactAddress));
    }

    [Fact]
    public async Task Several_mails_that_are_refused_at_once_all_get_through()
    {
        var anna = await AddMemberWithContactAsync();
        RefuseContact();
        for (var i = 0; i < 6; i++)
            await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);

        await _world.First.DispatchAsync();

        Assert.All(await _world.MailsAsync(), mail => Assert.Equal((MailState.Sent, AddressSource.SignIn), (mail.State, mail.AddressSource)));
        Assert.Equal(ContactState.Bounced, (await MemberAsync(anna.Id)).ContactState);
    }

    [Fact]
    public async Task What_nobody_needs_is_not_sent_again_after_the_contact_address_has_refused_it()
    {
        await AddMemberWithContactAsync();
        RefuseContact();
        await _world.QueueAsync(CommunicationKind.PromotionalNotification, BillingAdmin);

        await _world.First.DispatchAsync();

        Assert.Single(_world.Transport.Taken);
        var mail = await _world.MailAsync();
        Assert.Equal((MailState.Suppressed, SuppressionReason.ContactBounced), (mail.State, mail.SuppressedBecause));
    }

    [Fact]
    public async Task An_address_that_came_while_another_one_was_refused_has_not_bounced_and_gets_the_mail()
    {
        var anna = await AddMemberWithContactAsync();
        _world.Transport.Answer = async mail =>
        {
            if (mail.To != Contact)
                return new TransportAnswer(TransportOutcome.Accepted, "250 OK");
            await ChangeMemberAsync(anna.Id, member => member.UseVerifiedContact("anna@new.example"));
            return new TransportAnswer(TransportOutcome.AddressRefused, "550 5.1.1 Unknown");
        };
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);

        await _world.First.DispatchAsync();

        Assert.Equal([Contact, "anna@new.example"], _world.Transport.Taken.Select(mail => mail.To));
        Assert.Equal(ContactState.Verified, (await MemberAsync(anna.Id)).ContactState);
    }

    [Fact]
    public async Task A_verified_contact_address_is_used_even_if_it_came_after_queueing()
    {
        var anna = await _world.AddMemberAsync(_alpine, "Anna", BillingAdmin);
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);
        await ChangeMemberAsync(anna.Id, member => member.UseVerifiedContact("anna@home.example"));

        await _world.First.DispatchAsync();

        Assert.Equal("anna@home.example", Assert.Single(_world.Transport.Taken).To);
        var mail = await _world.MailAsync();
        Assert.Equal(("anna@home.example", AddressSource.Contact), (mail.Address, mail.AddressSource));
    }

    public static TheoryData<string, CommunicationKind, SuppressionReason> ChangesOfMind => new()
    {
        { "opted out", CommunicationKind.PromotionalNotification, SuppressionReason.OptedOut },
        { "opted out of this workspace", CommunicationKind.TransactionalNotification, SuppressionReason.OptedOut },
        { "completed", CommunicationKind.MandatoryAction, SuppressionReason.AlreadyDone },
        { "archived", CommunicationKind.RecommendedAction, SuppressionReason.AlreadyDone },
        { "role revoked", CommunicationKind.MandatoryAction, SuppressionReason.NotEntitled },
        { "role ended", CommunicationKind.MandatoryAction, SuppressionReason.NotEntitled },
        { "program left", CommunicationKind.MandatoryAction, SuppressionReason.NotEntitled },
        { "withdrawn", CommunicationKind.MandatoryAction, SuppressionReason.Withdrawn },
        { "person disabled", CommunicationKind.MandatoryAction, SuppressionReason.PersonInactive },
        { "membership ended", CommunicationKind.MandatoryAction, SuppressionReason.PersonInactive },
        { "organization suspended", CommunicationKind.MandatoryAction, SuppressionReason.OrganizationInactive },
        { "eight days", CommunicationKind.TransactionalNotification, SuppressionReason.TooOld },
    };

    [Theory]
    [MemberData(nameof(ChangesOfMind))]
    public async Task What_happened_since_it_was_queued_stops_a_mail(string change, CommunicationKind kind, SuppressionReason because)
    {
        var anna = await _world.AddMemberAsync(_alpine, "Anna");
        await ChangeMemberAsync(anna.Id, member => member.Grant(BillingAdmin, "Test", _world.Time.Now, endsAt: _world.Time.Now.AddDays(1)));
        var id = await _world.QueueAsync(kind, BillingAdmin);
        Assert.Equal(MailState.Queued, (await _world.MailAsync()).State);
        await HappensAsync(change, anna.Id, id, kind);

        await _world.First.DispatchAsync();

        Assert.Empty(_world.Transport.Taken);
        var mail = await _world.MailAsync();
        Assert.Equal((MailState.Suppressed, because, null, 0), (mail.State, mail.SuppressedBecause, mail.Owner, mail.Attempts));
    }

    [Fact]
    public async Task What_another_organization_has_completed_is_open_in_this_one()
    {
        var harbor = await _world.AddOrganizationAsync("harbor-apps", "Harbor Apps");
        await _world.AddMemberAsync(_alpine, "Anna", BillingAdmin);
        var harry = await _world.AddMemberAsync(harbor, "Harry", BillingAdmin);
        var id = await _world.QueueAsync(MailWorld.Draft(CommunicationKind.MandatoryAction, BillingAdmin) with { Organizations = [_alpine.Key, harbor.Key] });
        await HappensAsync("completed", harry.Id, id, CommunicationKind.MandatoryAction);

        await _world.First.DispatchAsync();

        Assert.Equal(["harry@harbor-apps.example"], _world.Transport.Taken.Select(mail => mail.To));
        Assert.Equal(
            [SuppressionReason.AlreadyDone, null],
            (await _world.MailsAsync()).OrderBy(mail => mail.OrganizationId).Select(mail => mail.SuppressedBecause));
    }

    [Fact]
    public async Task An_opt_out_does_not_stop_a_required_mail_at_the_last_moment_either()
    {
        var anna = await _world.AddMemberAsync(_alpine, "Anna", BillingAdmin);
        await _world.QueueAsync(MailWorld.Draft(CommunicationKind.TransactionalNotification, BillingAdmin) with { RequiredByAgreement = true });
        await _world.First.WriteAsync(db => db.Add(new OptOut(anna.Id, CommunicationKind.TransactionalNotification, workspace: null, _world.Time.Now)));

        await _world.First.DispatchAsync();

        Assert.Contains("cannot be turned off", Assert.Single(_world.Transport.Taken).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_role_that_is_addressed_too_keeps_the_mail_alive()
    {
        var anna = await _world.AddMemberAsync(_alpine, "Anna", BillingAdmin, SalesAgent);
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin, SalesAgent);
        await ChangeMemberAsync(anna.Id, member => member.Revoke(member.Roles.Single(grant => grant.Role == BillingAdmin.Key)));

        await _world.First.DispatchAsync();

        Assert.Contains("the role Sales agent at", Assert.Single(_world.Transport.Taken).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_whose_turn_has_not_come_is_left_alone()
    {
        await _world.AddMemberAsync(_alpine, "Anna", BillingAdmin);
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);
        _world.Time.JumpTo(_world.Time.Now.AddSeconds(-1));

        var taken = await _world.First.Dispatcher.RunOnceAsync();

        Assert.Equal(0, taken);
        Assert.Equal((MailState.Queued, 0), ((await _world.MailAsync()).State, (await _world.MailAsync()).Claims));
    }

    [Fact]
    public async Task What_the_sign_in_address_refuses_for_good_is_not_sent_there_again_until_the_member_says_that_it_works()
    {
        var anna = await _world.AddMemberAsync(_alpine, "Anna", BillingAdmin);
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);
        _world.Transport.AnswerWith(TransportOutcome.AddressRefused, "550 5.1.1 Unknown");
        await _world.First.DispatchAsync();
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);
        await _world.First.DispatchAsync();
        var unreachable = (await _world.MailsAsync())[^1];
        await ChangeMemberAsync(anna.Id, member => member.UseSignInAddress(_world.Time.Now));
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);

        await _world.First.DispatchAsync();

        Assert.Equal((MailState.Suppressed, SuppressionReason.NoAddress), (unreachable.State, unreachable.SuppressedBecause));
        Assert.Equal(2, _world.Transport.Taken.Count);
    }

    [Theory]
    [InlineData(TransportOutcome.AddressRefused, MailState.Bounced)]
    [InlineData(TransportOutcome.Refused, MailState.Failed)]
    public async Task A_mail_that_is_refused_for_good_is_not_tried_again(TransportOutcome outcome, MailState state)
    {
        await _world.AddMemberAsync(_alpine, "Anna", BillingAdmin);
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);
        _world.Transport.AnswerWith(outcome, "550 No");

        await _world.First.DispatchAsync();
        _world.Time.Advance(TimeSpan.FromDays(30));
        await _world.First.DispatchAsync();

        Assert.Single(_world.Transport.Taken);
        var mail = await _world.MailAsync();
        Assert.Equal((state, "550 No", null, null), (mail.State, mail.LastAnswer, mail.SentAt, mail.Owner));
    }

    [Theory]
    [InlineData(TransportOutcome.Deferred, 1, 0)]
    [InlineData(TransportOutcome.Unknown, 15, 1)]
    public async Task A_mail_that_did_not_surely_go_waits_for_its_next_attempt(TransportOutcome outcome, int minutes, int inDoubt)
    {
        await _world.AddMemberAsync(_alpine, "Anna", BillingAdmin);
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);
        _world.Transport.AnswerWith(outcome, "An answer");

        await _world.First.DispatchAsync();

        var mail = await _world.MailAsync();
        Assert.Equal((MailState.Queued, null, "An answer", 1, inDoubt), (mail.State, mail.Owner, mail.LastAnswer, mail.Attempts, mail.InDoubt));
        Assert.InRange(mail.NextAttemptAt - _world.Time.Now, 0.8 * TimeSpan.FromMinutes(minutes), 1.2 * TimeSpan.FromMinutes(minutes));
    }

    [Fact]
    public async Task Another_attempt_is_recognisable_as_the_same_mail()
    {
        await _world.AddMemberAsync(_alpine, "Anna", BillingAdmin);
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);
        _world.Transport.AnswerWith(TransportOutcome.Unknown);
        await _world.First.DispatchAsync();
        _world.Time.Advance(TimeSpan.FromMinutes(18));
        _world.Transport.AnswerWith(TransportOutcome.Accepted);

        await _world.First.DispatchAsync();

        Assert.Equal(2, _world.Transport.Taken.Count);
        Assert.Single(_world.Transport.Taken.Select(mail => mail.MessageId).Distinct());
        var mail = await _world.MailAsync();
        Assert.Equal((MailState.Sent, 2, 1), (mail.State, mail.Attempts, mail.InDoubt));
    }

    [Fact]
    public async Task When_the_relay_is_away_everybody_waits_and_then_everything_goes()
    {
        await _world.AddMembersAsync(_alpine, 20, BillingAdmin);
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);
        _world.Transport.AnswerWith(TransportOutcome.RelayUnavailable, "Connection refused");
        await _world.First.DispatchAsync();
        var triedWhileAway = _world.Transport.Taken.Count;
        _world.Transport.AnswerWith(TransportOutcome.Accepted);

        _world.Time.Advance(TimeSpan.FromSeconds(14));
        var takenTooEarly = await _world.First.Dispatcher.RunOnceAsync();
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        await _world.First.DispatchAsync();

        Assert.InRange(triedWhileAway, 1, 8);
        Assert.Equal(0, takenTooEarly);
        Assert.Equal(20 + triedWhileAway, _world.Transport.Taken.Count);
        Assert.All(await _world.MailsAsync(), mail => Assert.Equal((MailState.Sent, 0), (mail.State, mail.InDoubt)));
    }

    [Fact]
    public async Task A_relay_that_stays_away_is_asked_less_and_less_often_and_no_mail_suffers()
    {
        await _world.AddMembersAsync(_alpine, 12, BillingAdmin);
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);
        var oneAtATime = _world.Start(parallel: 1);
        _world.Transport.AnswerWith(TransportOutcome.RelayUnavailable, "Connection refused");
        List<int> waits = [];

        for (var round = 0; round < 12; round++)
        {
            await oneAtATime.DispatchAsync();
            var wait = TimeSpan.Zero;
            for (var tried = _world.Transport.Taken.Count; _world.Transport.Taken.Count == tried; wait += TimeSpan.FromSeconds(15))
            {
                _world.Time.Advance(TimeSpan.FromSeconds(15));
                await oneAtATime.DispatchAsync();
            }

            waits.Add((int)wait.TotalSeconds);
        }

        Assert.Equal([15, 30, 60, 120, 240, 300, 300, 300, 300, 300, 300, 300], waits);
        // None of them was at fault, so none is set aside and none has used up an attempt.
        Assert.All(await _world.MailsAsync(), mail => Assert.Equal((MailState.Queued, 0, 0), (mail.State, mail.Attempts, mail.InDoubt)));
    }

    [Fact]
    public async Task A_mail_that_cannot_be_composed_fails_alone()
    {
        await _world.AddMembersAsync(_alpine, 5, BillingAdmin);
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);
        await _world.AddMemberAsync(_alpine, "Dirk", SalesAgent);
        var broken = await _world.QueueAsync(CommunicationKind.MandatoryAction, SalesAgent);
        await _world.QueueAsync(CommunicationKind.RecommendedAction, BillingAdmin);
        await _world.First.WriteAsync(async db =>
            db.RemoveRange(await db.CommunicationContents.Where(content => content.CommunicationId == broken).ToListAsync()));

        await _world.First.DispatchAsync();

        var mails = await _world.MailsAsync();
        var failed = Assert.Single(mails, mail => mail.State != MailState.Sent);
        Assert.Equal((broken, MailState.Failed, 0, null), (failed.CommunicationId, failed.State, failed.Attempts, failed.Owner));
        Assert.Equal(10, _world.Transport.Taken.Count);
    }

    public static TheoryData<Exception> Faults =>
    [
        new InvalidOperationException("A bug"),
        new IOException("The disk is full"),
        new TaskCanceledException("A time-out of its own"),
    ];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_transport_that_throws_delays_no_other_mail_and_leaves_its_own_in_doubt(Exception fault)
    {
        await _world.AddMembersAsync(_alpine, 30, BillingAdmin);
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);
        _world.Transport.While(mail => mail.To == "member3@alpine-cloud.example" ? throw fault : Task.CompletedTask);

        await _world.First.DispatchAsync();

        var mails = await _world.MailsAsync();
        var thrown = Assert.Single(mails, mail => mail.State != MailState.Sent);
        Assert.Equal(("member3@alpine-cloud.example", MailState.Queued, null, 1), (thrown.Address, thrown.State, thrown.Owner, thrown.InDoubt));
        Assert.Equal(30, _world.Transport.Taken.Count);
    }

    [Fact]
    public async Task A_mail_that_meets_a_fault_every_time_is_set_aside()
    {
        await _world.AddMemberAsync(_alpine, "Anna", BillingAdmin);
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);
        _world.Transport.While(_ => throw new InvalidOperationException("A bug"));

        for (var attempt = 0; attempt < 2 * OutboxMail.MostClaims; attempt++)
        {
            await _world.First.DispatchAsync();
            _world.Time.Advance(TimeSpan.FromHours(3));
        }

        Assert.Equal(OutboxMail.MostClaims, _world.Transport.Taken.Count);
        Assert.Equal((MailState.Quarantined, null), ((await _world.MailAsync()).State, (await _world.MailAsync()).Owner));
    }

    [Fact]
    public async Task A_mail_that_ends_every_process_that_touches_it_takes_no_other_with_it()
    {
        const string deadly = "member3@alpine-cloud.example";
        await _world.AddMembersAsync(_alpine, 30, BillingAdmin);
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);
        var death = new TaskCompletionSource();
        _world.Transport.While(mail =>
        {
            if (mail.To != deadly)
                return Task.CompletedTask;
            death.SetResult();
            return Task.Delay(Timeout.Infinite);
        });

        for (var lives = 0; lives < 100 && (await _world.MailsAsync()).Exists(mail => mail.State == MailState.Queued); lives++)
        {
            death = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var mortal = _world.Start(parallel: 1);
            await Task.WhenAny(mortal.Dispatcher.RunOnceAsync(), death.Task);
            await ReleaseDeadAsync(mortal);
        }

        var mails = await _world.MailsAsync();
        Assert.Equal((deadly, MailState.Quarantined), Assert.Single(mails.Where(mail => mail.State != MailState.Sent).Select(mail => (mail.Address, mail.State))));
        Assert.Equal(29, _world.Transport.Taken.Count(mail => mail.To != deadly));
    }

    [Fact]
    public async Task Two_dispatchers_on_one_database_send_each_mail_once()
    {
        await _world.AddMembersAsync(_alpine, 160, BillingAdmin);
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);
        MailInstance[] instances = [_world.First, _world.Start()];

        await Task.WhenAll(instances.Select(instance => Task.Run(async () =>
        {
            while ((await _world.MailsAsync()).Exists(mail => mail.State == MailState.Queued))
                await instance.DispatchAsync();
        })));

        Assert.Equal(160, _world.Transport.Taken.Count);
        Assert.Equal(160, _world.Transport.Taken.DistinctBy(mail => mail.MessageId).Count());
        Assert.All(await _world.MailsAsync(), mail => Assert.Equal((MailState.Sent, 0), (mail.State, mail.InDoubt)));
    }

    [Fact]
    public async Task The_outcome_of_a_mail_that_was_taken_over_meanwhile_does_not_count()
    {
        await _world.AddMemberAsync(_alpine, "Anna", BillingAdmin);
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);
        var another = _world.Start();
        _world.Transport.While(_ => another.WithAsync<InstanceRegistry>(registry => registry.ReleaseAsync(_world.First.Name)));

        await _world.First.Dispatcher.RunOnceAsync();

        var mail = await _world.MailAsync();
        Assert.Equal((MailState.Queued, null, 1), (mail.State, mail.SentAt, mail.InDoubt));
    }

    [Fact]
    public async Task A_mail_that_was_taken_over_before_its_turn_is_not_sent_by_its_first_owner()
    {
        await _world.AddMembersAsync(_alpine, 2, BillingAdmin);
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);
        var (paused, another) = (_world.Start(parallel: 1), _world.Start());
        var isFirst = true;
        _world.Transport.While(async _ =>
        {
            if (!isFirst)
                return;
            isFirst = false;
            await AllAreBeingSentAsync();
            _world.Time.Advance(TimeSpan.FromSeconds(MailWorld.SilenceSeconds));
            await another.WithAsync<InstanceRegistry>(registry => registry.ReleaseAsync(paused.Name));
            await another.DispatchAsync();
        });

        await paused.Dispatcher.RunOnceAsync();

        // Both were in doubt when their owner seemed to be gone. One was on its way, so that it went twice; the other went once.
        Assert.All(await _world.MailsAsync(), mail => Assert.Equal((MailState.Sent, 1), (mail.State, mail.InDoubt)));
        Assert.Equal([1, 2], _world.Transport.Taken.GroupBy(mail => mail.MessageId).Select(copies => copies.Count()).Order());
    }

    [Fact]
    public async Task A_mail_that_gets_no_connection_in_time_is_asked_for_again()
    {
        await _world.AddMembersAsync(_alpine, 2, BillingAdmin);
        await _world.QueueAsync(CommunicationKind.TransactionalNotification, BillingAdmin);
        var oneAtATime = _world.Start(parallel: 1);
        var isFirst = true;
        _world.Transport.While(async onItsWay =>
        {
            if (!isFirst)
                return;
            isFirst = false;
            await AllAreBeingSentAsync();
            var waiting = (await _world.MailsAsync()).Single(mail => mail.Address != onItsWay.To);
            await HappensAsync("opted out of this workspace", waiting.MembershipId, waiting.CommunicationId, waiting.Kind);
            await UntilAsync(mails => mails.Exists(mail => mail.State != MailState.Sending));
        });

        await oneAtATime.DispatchAsync();

        var mails = await _world.MailsAsync();
        Assert.Single(_world.Transport.Taken);
        Assert.Equal([(MailState.Sent, 1), (MailState.Suppressed, 0)], mails.Select(mail => (mail.State, mail.Attempts)).Order());
        Assert.All(mails, mail => Assert.Equal(0, mail.InDoubt));
    }

    [Fact]
    public async Task A_mail_that_is_ready_when_the_relay_turns_out_to_be_away_waits_without_doubt()
    {
        await _world.AddMembersAsync(_alpine, 2, BillingAdmin);
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);
        var oneAtATime = _world.Start(parallel: 1);
        _world.Transport.While(_ => AllAreBeingSentAsync(), TransportOutcome.RelayUnavailable);

        await oneAtATime.DispatchAsync();

        Assert.Single(_world.Transport.Taken);
        Assert.All(await _world.MailsAsync(), mail => Assert.Equal(
            (MailState.Queued, null, 0, 0, 0, _world.Time.Now.AddSeconds(15)),
            (mail.State, mail.Owner, mail.Claims, mail.Attempts, mail.InDoubt, mail.NextAttemptAt)));
    }

    [Fact]
    public async Task A_mail_that_is_ready_when_the_portal_stops_is_put_back_without_doubt()
    {
        await _world.AddMembersAsync(_alpine, 2, BillingAdmin);
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);
        var oneAtATime = _world.Start(parallel: 1);
        using var stopping = new CancellationTokenSource();
        _world.Transport.While(async _ =>
        {
            await AllAreBeingSentAsync();
            await stopping.CancelAsync();
        });

        await oneAtATime.Dispatcher.RunOnceAsync(stopping.Token);

        Assert.Single(_world.Transport.Taken);
        var ready = Assert.Single(await _world.MailsAsync(), mail => mail.State != MailState.Sent);
        Assert.Equal((MailState.Queued, null, 0, 0, 0), (ready.State, ready.Owner, ready.Claims, ready.Attempts, ready.InDoubt));
    }

    [Fact]
    public async Task A_batch_that_is_full_is_followed_by_the_next_one_while_it_is_being_sent()
    {
        await _world.AddMembersAsync(_alpine, 120, BillingAdmin);
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);

        Assert.Equal(120, await _world.First.Dispatcher.RunOnceAsync());

        Assert.All(await _world.MailsAsync(), mail => Assert.Equal((MailState.Sent, 1, 0), (mail.State, mail.Attempts, mail.InDoubt)));
        Assert.Equal(120, _world.Transport.Taken.DistinctBy(mail => mail.MessageId).Count());
    }

    [Fact]
    public async Task Stopping_finishes_the_mail_on_its_way_and_puts_back_the_others_without_doubt()
    {
        await _world.AddMembersAsync(_alpine, 10, BillingAdmin);
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);
        var oneAtATime = _world.Start(parallel: 1);
        using var stopping = new CancellationTokenSource();
        _world.Transport.While(_ => stopping.CancelAsync());

        await oneAtATime.Dispatcher.RunOnceAsync(stopping.Token);

        Assert.Single(_world.Transport.Taken);
        var mails = await _world.MailsAsync();
        Assert.Single(mails, mail => mail.State == MailState.Sent);
        Assert.All(mails.Where(mail => mail.State != MailState.Sent), mail =>
            Assert.Equal((MailState.Queued, null, 0, 0), (mail.State, mail.Owner, mail.Claims, mail.InDoubt)));
        Assert.Equal(9, mails.Count(mail => mail.State == MailState.Queued));
    }

    [Fact]
    public async Task A_transport_that_gives_up_because_of_a_stop_leaves_no_mail_held()
    {
        await _world.AddMembersAsync(_alpine, 10, BillingAdmin);
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);
        using var stopping = new CancellationTokenSource();
        _world.Transport.While(async _ =>
        {
            await stopping.CancelAsync();
            throw new OperationCanceledException(stopping.Token);
        });

        await _world.First.Dispatcher.RunOnceAsync(stopping.Token);

        Assert.All(await _world.MailsAsync(), mail => Assert.Equal((MailState.Queued, null), (mail.State, mail.Owner)));
    }

    [Fact]
    public async Task What_could_not_be_put_back_while_the_database_was_away_is_taken_up_again()
    {
        await _world.AddMembersAsync(_alpine, 3, BillingAdmin);
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);
        var oneAtATime = _world.Start(parallel: 1);
        _world.Transport.While(_ => RenameAsync("OutboxMails", "Away"));
        await oneAtATime.Dispatcher.RunOnceAsync();
        await RenameAsync("Away", "OutboxMails");
        _world.Transport.AnswerWith(TransportOutcome.Accepted);

        await oneAtATime.DispatchAsync();

        Assert.InRange(_world.Transport.Taken.Count, 4, 5);
        Assert.All(await _world.MailsAsync(), mail =>
        {
            Assert.Equal(MailState.Sent, mail.State);
            Assert.InRange(_world.Transport.Taken.Count(taken => taken.To == mail.Address), 1, 1 + mail.InDoubt);
        });
    }

    [Fact]
    public async Task A_database_that_fails_before_a_mail_goes_is_no_mail_s_fault_and_is_not_asked_at_once_again()
    {
        await _world.AddMembersAsync(_alpine, 3, BillingAdmin);
        await _world.QueueAsync(CommunicationKind.MandatoryAction, BillingAdmin);
        await RenameAsync("CommunicationContents", "Away");
        for (var round = 0; round < 2 * OutboxMail.MostClaims; round++)
            Assert.Equal(0, await _world.First.Dispatcher.RunOnceAsync());
        await RenameAsync("Away", "CommunicationContents");

        await _world.First.DispatchAsync();

        Assert.All(await _world.MailsAsync(), mail => Assert.Equal((MailState.Sent, 1, 1, 0, 0), (mail.State, mail.Claims, mail.Attempts, mail.LeftBehind, mail.InDoubt)));
        Assert.Equal(3, _world.Transport.Taken.Count);
    }

    private Task AllAreBeingSentAsync() => UntilAsync(mails => mails.TrueForAll(mail => mail.State == MailState.Sending));

    private async Task UntilAsync(Predicate<List<OutboxMail>> isSo)
    {
        var waited = Stopwatch.StartNew();
        while (!isSo(await _world.MailsAsync()))
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(30), "It does not come to that.");
    }

    // Nobody really died: the one beside it still writes for a moment.
    private async Task ReleaseDeadAsync(MailInstance mortal)
    {
        for (var isReleased = false; !isReleased;)
        {
            try
            {
                await _world.First.WithAsync<InstanceRegistry>(registry => registry.ReleaseAsync(mortal.Name));
                isReleased = true;
            }
            catch (DbUpdateConcurrencyException)
            {
                // Once more.
            }
        }
    }

    private Task RenameAsync(string table, string name) => _world.First.WriteAsync(db => db.Database.ExecuteSqlRawAsync($"ALTER TABLE {table} RENAME TO {name}"));

    private async Task HappensAsync(string change, int member, long id, CommunicationKind kind)
    {
        switch (change)
        {
            case "opted out":
                await _world.First.WriteAsync(db => db.Add(new OptOut(member, kind, workspace: null, _world.Time.Now)));
                break;
            case "opted out of this workspace":
                await _world.First.WriteAsync(db => db.Add(new OptOut(member, kind, "billing", _world.Time.Now)));
                break;
            case "completed":
                await _world.First.WriteAsync(async db => db.Add(Completion.Of(
                    await db.Communications.SingleAsync(communication => communication.Id == id),
                    new Reader(0, _alpine.Id, "en", [], []),
                    "A colleague",
                    note: null,
                    _world.Time.Now)));
                break;
            case "archived":
                await _world.First.WriteAsync(db =>
                {
                    var state = new MemberState(member, id);
                    state.Archive(new CommunicationStanding { Kind = kind }, _world.Time.Now);
                    db.Add(state);
                });
                break;
            case "role revoked":
                await ChangeMemberAsync(member, membership => membership.Revoke(membership.Roles.Single()));
                break;
            case "role ended":
                _world.Time.Advance(TimeSpan.FromDays(1));
                break;
            case "program left":
                await ChangeMemberAsync(member, membership => membership.Organization.Enrollments.Clear());
                break;
            case "withdrawn":
                await _world.First.WriteAsync(async db => (await db.Communications.SingleAsync(communication => communication.Id == id)).Withdraw(_world.Time.Now));
                break;
            case "person disabled":
                await ChangeMemberAsync(member, membership => membership.Person.Disable());
                break;
            case "membership ended":
                await ChangeMemberAsync(member, membership => membership.Disable(_world.Time.Now));
                break;
            case "organization suspended":
                await ChangeMemberAsync(member, membership => membership.Organization.Suspend());
                break;
            case "eight days":
                await ChangeMemberAsync(member, membership => membership.Grant(BillingAdmin, "Test", _world.Time.Now));
                _world.Time.Advance(TimeSpan.FromDays(8));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(change), change, "Nobody knows how this happens.");
        }
    }

    private void RefuseContact() => _world.Transport.Answer = mail => Task.FromResult(mail.To == Contact
        ? new TransportAnswer(TransportOutcome.AddressRefused, "550 5.1.1 Unknown")
        : new TransportAnswer(TransportOutcome.Accepted, "250 OK"));

    private async Task<Membership> AddMemberWithContactAsync()
    {
        var anna = await _world.AddMemberAsync(_alpine, "Anna", BillingAdmin);
        await ChangeMemberAsync(anna.Id, member => member.UseVerifiedContact(Contact));
        return anna;
    }

    private Task<Membership> MemberAsync(int id) => _world.First.ReadAsync(db => db.Memberships.SingleAsync(member => member.Id == id));

    private Task ChangeMemberAsync(int id, Action<Membership> change) => _world.First.WriteAsync(async db =>
        change(await db.Memberships
            .Include(member => member.Person)
            .Include(member => member.Organization).ThenInclude(organization => organization.Enrollments)
            .Include(member => member.Roles)
            .SingleAsync(member => member.Id == id)));
}
