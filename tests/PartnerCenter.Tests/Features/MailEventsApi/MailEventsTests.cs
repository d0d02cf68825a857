using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.MailEventsApi;

public sealed class MailEventsTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Address = "/api/v1/mail-events";

    // Bounces of an address are counted, those of other tests too.
    private readonly string _contact = $"anna-{Guid.NewGuid():N}@elsewhere.example";

    private DateTime Now => app.Clock.GetUtcNow().UtcDateTime;

    [Fact]
    public async Task What_bounces_from_the_contact_address_goes_to_the_sign_in_address_and_the_member_is_asked_for_another_one_once()
    {
        var mail = await SendAsync();
        var other = await SendAsync();

        Assert.Equal(["recorded", "recorded"], await ResultsAsync(Event(mail, "bounced"), Event(other, "bounced")));

        var returned = await MailAsync(mail);
        Assert.Equal((MailState.Queued, "550 5.1.1 no such user", null), (returned.State, returned.LastAnswer, returned.SentAt));
        Assert.Equal(ContactState.Bounced, (await MemberAsync()).ContactState);
        var asked = Assert.Single(await OpenActionsAsync());
        Assert.Equal((CommunicationKind.MandatoryAction, "/o/alpine-cloud/my-preferences/contact"), (asked.Kind, asked.Link));
        await app.SendMailsAsync();
        var told = await app.InDatabaseAsync(db => db.OutboxMails.AsNoTracking().SingleAsync(row => row.CommunicationId == asked.Id));
        var again = await MailAsync(mail);
        Assert.Equal((AddressSource.SignIn, MailState.Sent), (told.AddressSource, told.State));
        Assert.Equal((AddressSource.SignIn, MailState.Sent, returned.MessageKey), (again.AddressSource, again.State, again.MessageKey));
    }

    [Fact]
    public async Task When_the_sign_in_address_bounces_too_no_mail_goes_and_the_administrators_are_told_until_the_member_is_reachable()
    {
        var mail = await SendAsync();
        await ResultsAsync(Event(mail, "bounced"));
        await app.SendMailsAsync();

        await ResultsAsync(Event(mail, "bounced", Now.AddMinutes(1)));

        Assert.Equal(MailState.Bounced, (await MailAsync(mail)).State);
        Assert.Equal(["reachability", "unreachable"], (await OpenActionsAsync()).Select(action => action.Topic!.Split('/')[0]).Order(StringComparer.Ordinal));
        var late = await PublishAsync();
        Assert.Equal((MailState.Suppressed, SuppressionReason.NoAddress), (late.State, late.SuppressedBecause));
        var visitor = await app.SignInAsync("global-admin");
        var contact = await visitor.OpenAsync("/o/alpine-cloud/my-preferences/contact");
        Assert.Contains("no mail reaches you", contact.TextOf(".contact-says"), StringComparison.Ordinal);

        await visitor.ForgeAsync("/o/alpine-cloud/my-preferences/contact/sign-in-address");

        Assert.Empty(await OpenActionsAsync());
        var sent = await PublishAsync();
        Assert.Equal((MailState.Sent, AddressSource.SignIn), (sent.State, sent.AddressSource));
    }

    [Fact]
    public async Task A_second_report_from_the_contact_address_is_not_held_against_the_sign_in_address()
    {
        var mail = await SendAsync();
        await ResultsAsync(Event(mail, "bounced"));
        await app.SendMailsAsync();
        var again = Event(mail, "bounced", Now.AddMinutes(1));
        again["recipient"] = _contact.ToUpperInvariant();

        Assert.Equal(["recorded"], await ResultsAsync(again));

        Assert.Equal(MailState.Sent, (await MailAsync(mail)).State);
        Assert.Equal(["reachability"], (await OpenActionsAsync()).Select(action => action.Topic!.Split('/')[0]));
        var happenedAt = await app.InDatabaseAsync(db => db.MailEvents.Where(row => row.OutboxMailId == mail).Select(row => row.Address).ToListAsync());
        Assert.Equal([_contact, _contact], happenedAt, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_bounce_that_names_where_it_happened_counts_there()
    {
        var mail = await SendAsync();
        var told = Event(mail, "bounced");
        told["recipient"] = _contact.ToUpperInvariant();

        await ResultsAsync(told);

        Assert.Equal(MailState.Queued, (await MailAsync(mail)).State);
        Assert.Equal(ContactState.Bounced, (await MemberAsync()).ContactState);
    }

    [Fact]
    public async Task A_sign_in_address_that_bounces_concerns_nobody_while_mail_goes_elsewhere()
    {
        var mail = await SendAsync();
        await ChangeAsync(member => member.UseSignInAddress(Now));
        var toSignIn = await PublishAsync();
        await ChangeAsync(member => member.UseVerifiedContact(_contact));

        await ResultsAsync(Event(toSignIn.Id, "bounced"));

        Assert.Empty(await OpenActionsAsync());
        var sent = await PublishAsync();
        Assert.Equal((MailState.Sent, _contact), (sent.State, sent.Address));
        Assert.Equal(MailState.Sent, (await MailAsync(mail)).State);
    }

    [Fact]
    public async Task The_action_goes_away_when_the_member_chooses_the_sign_in_address()
    {
        var mail = await SendAsync();
        await ResultsAsync(Event(mail, "bounced"));
        Assert.Single(await OpenActionsAsync());
        var visitor = await app.SignInAsync("global-admin");
        await visitor.OpenAsync("/o/alpine-cloud/my-preferences/contact");

        await visitor.ForgeAsync("/o/alpine-cloud/my-preferences/contact/sign-in-address");

        Assert.Empty(await OpenActionsAsync());
    }

    [Fact]
    public async Task The_same_told_again_counts_once()
    {
        var mail = await SendAsync();
        var told = Event(mail, "soft-bounced");

        Assert.Equal(["recorded", "repeated"], await ResultsAsync(told, told.DeepClone()));
        Assert.Equal(["repeated"], await ResultsAsync(told.DeepClone()));

        Assert.Equal(1, await app.InDatabaseAsync(db => db.MailEvents.CountAsync(row => row.OutboxMailId == mail)));
        Assert.Equal(MailState.Sent, (await MailAsync(mail)).State);
    }

    [Theory]
    [InlineData("<ob.00000000000000000000000000000000@portal.example>")]
    [InlineData("<somebody.else@portal.example>")]
    [InlineData("nonsense")]
    public async Task A_mail_that_the_portal_does_not_know_is_said_to_be_unknown_and_is_no_fault(string messageId) =>
        Assert.Equal(["unknown"], await ResultsAsync(new JsonObject { ["messageId"] = messageId, ["event"] = "bounced", ["at"] = "2026-03-02T09:00:00Z" }));

    [Fact]
    public async Task The_envelope_sender_names_the_mail_too()
    {
        var mail = await SendAsync();
        var told = Event(mail, "bounced");
        told["messageId"] = $"bounces+{(await MailAsync(mail)).MessageKey}@portal.example";

        Assert.Equal(["recorded"], await ResultsAsync(told));

        Assert.Equal(MailState.Queued, (await MailAsync(mail)).State);
    }

    [Fact]
    public async Task A_bounce_of_long_ago_is_written_down_and_changes_nothing()
    {
        var mail = await SendAsync();

        await ResultsAsync(Event(mail, "bounced", Now.AddDays(7).AddSeconds(1)));

        Assert.Equal(MailState.Sent, (await MailAsync(mail)).State);
        Assert.Equal(ContactState.Verified, (await MemberAsync()).ContactState);
    }

    [Fact]
    public async Task Five_soft_bounces_in_two_weeks_are_as_bad_as_a_hard_one()
    {
        var mail = await SendAsync();
        for (var day = 0; day < 4; day++)
            await ResultsAsync(Event(mail, "soft-bounced", Now.AddDays(day)));
        var before = await MemberAsync();

        await ResultsAsync(Event(mail, "soft-bounced", Now.AddDays(13)));

        Assert.Equal(ContactState.Verified, before.ContactState);
        Assert.Equal(ContactState.Bounced, (await MemberAsync()).ContactState);
    }

    [Fact]
    public async Task What_bounced_elsewhere_does_not_count_against_the_address_that_it_goes_to_next()
    {
        var mail = await SendAsync();
        for (var day = 0; day < 5; day++)
            await ResultsAsync(Event(mail, "soft-bounced", Now.AddDays(day)));
        const string Next = "anna@next.example";
        await ChangeAsync(member => member.UseVerifiedContact(Next));
        await app.SendMailsAsync();
        var again = await MailAsync(mail);

        await ResultsAsync(Event(mail, "soft-bounced", Now.AddDays(5)));

        Assert.Equal((Next, MailState.Sent), (again.Address, again.State));
        Assert.Equal(ContactState.Verified, (await MemberAsync()).ContactState);
    }

    [Fact]
    public async Task Soft_bounces_of_more_than_two_weeks_ago_count_no_more()
    {
        var mail = await SendAsync();
        for (var day = 0; day < 4; day++)
            await ResultsAsync(Event(mail, "soft-bounced", Now.AddDays(day)));

        await ResultsAsync(Event(mail, "soft-bounced", Now.AddDays(14)));

        Assert.Equal(ContactState.Verified, (await MemberAsync()).ContactState);
    }

    [Fact]
    public async Task A_complaint_turns_all_optional_mail_off_until_the_member_turns_it_on_again()
    {
        var mail = await SendAsync();

        Assert.Equal(["recorded", "recorded"], await ResultsAsync(Event(mail, "complained"), Event(mail, "complained", Now.AddMinutes(1))));

        Assert.Equal(
            [(CommunicationKind.TransactionalNotification, null, ChangedBy.Complaint), (CommunicationKind.PromotionalNotification, null, ChangedBy.Complaint)],
            (await MemberAsync()).OptOuts.OrderBy(optOut => optOut.Kind).Select(optOut => (optOut.Kind, optOut.Workspace, optOut.DecidedBy)));
        Assert.Equal(MailState.Sent, (await MailAsync(mail)).State);
        var unwanted = await PublishAsync(CommunicationKind.TransactionalNotification);
        Assert.Equal((MailState.Suppressed, SuppressionReason.Complained), (unwanted.State, unwanted.SuppressedBecause));

        await ChangeAsync(member => member.Choose(CommunicationKind.TransactionalNotification, workspace: null, isWanted: true, new(ChangedBy.MyPreferences, Now)));

        Assert.Equal(MailState.Sent, (await PublishAsync(CommunicationKind.TransactionalNotification)).State);
    }

    [Fact]
    public async Task What_is_wrong_with_a_list_is_said_by_field()
    {
        var answer = await PostAsync(new JsonArray(
            new JsonObject { ["messageId"] = "<x@y>", ["event"] = "delivered", ["at"] = "2026-03-02T09:00:00Z" },
            new JsonObject { ["event"] = "bounced", ["recipient"] = "nobody" }));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal(["[0].event", "[1].at", "[1].messageId", "[1].recipient"], problem["errors"]!.AsObject().Select(error => error.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_list_holds_from_one_to_a_thousand_events()
    {
        var many = new JsonArray([.. Enumerable.Range(0, 1001).Select(_ => new JsonObject { ["messageId"] = "x", ["event"] = "bounced", ["at"] = "2026-03-02T09:00:00Z" })]);

        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync([])).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(many)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("{")).StatusCode);
    }

    [Fact]
    public async Task A_key_does_just_what_it_was_made_for()
    {
        var mailKey = await KeyAsync(ApiKeyPurpose.MailEvents);
        var publishingKey = await KeyAsync(ApiKeyPurpose.Publishing);

        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync("[]", publishingKey)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync("[]", "pck_no_key")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(HttpMethod.Get, "/api/v1/catalogue", null, mailKey)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(HttpMethod.Get, "/api/v1/catalogue", null, publishingKey)).StatusCode);
    }

    private JsonObject Event(long mail, string kind, DateTime? at = null) => new()
    {
        ["messageId"] = $"<ob.{app.InDatabaseAsync(db => db.OutboxMails.Where(row => row.Id == mail).Select(row => row.MessageKey).SingleAsync()).GetAwaiter().GetResult()}@portal.example>",
        ["event"] = kind,
        ["at"] = $"{at ?? Now:yyyy-MM-dd'T'HH:mm:ss'Z'}",
        ["detail"] = "550 5.1.1 no such user",
    };

    private async Task<IEnumerable<string>> ResultsAsync(params JsonNode[] events)
    {
        var answer = await PostAsync(new JsonArray(events));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsArray().Select(item => item!["result"]!.GetValue<string>());
    }

    private Task<HttpResponseMessage> PostAsync(JsonArray events) => PostAsync(events.ToJsonString());

    private async Task<HttpResponseMessage> PostAsync(string body) => await PostAsync(body, await KeyAsync(ApiKeyPurpose.MailEvents));

    private Task<HttpResponseMessage> PostAsync(string body, string key) => AskAsync(HttpMethod.Post, Address, body, key);

    private Task<HttpResponseMessage> AskAsync(HttpMethod method, string address, string? body, string key)
    {
        var request = new HttpRequestMessage(method, address) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, MediaTypeNames.Application.Json) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return app.CreateDefaultClient().SendAsync(request);
    }

    private Task<string> KeyAsync(ApiKeyPurpose purpose) => app.InDatabaseAsync(async db =>
    {
        db.Add(ApiKey.Create(Guid.NewGuid().ToString("N")[..12], Secret.Create(), "Test", Now, TimeSpan.FromDays(1), out var token, purpose));
        await db.SaveChangesAsync();
        return token;
    });

    // A mail that went to the contact address of the Global admin, who has verified it.
    private async Task<long> SendAsync()
    {
        await ChangeAsync(member =>
        {
            member.UseVerifiedContact(_contact);
            member.Person.TakeMailAgain();
            member.OptOuts.Clear();
        });
        foreach (var open in await OpenActionsAsync())
        {
            await app.InDatabaseAsync(async db =>
            {
                (await db.Communications.Include(row => row.Targets).SingleAsync(row => row.Id == open.Id)).Withdraw(Now);
                return await db.SaveChangesAsync();
            });
        }

        return (await PublishAsync()).Id;
    }

    private async Task<OutboxMail> PublishAsync(CommunicationKind kind = CommunicationKind.MandatoryAction)
    {
        var id = await app.PublishAsync(Drafts.ForAlpine(kind, "On its way", RoleCatalogue.GlobalAdmin));
        await app.SendMailsAsync();
        return await app.InDatabaseAsync(db => db.OutboxMails.AsNoTracking().SingleAsync(mail => mail.CommunicationId == id));
    }

    private Task<int> ChangeAsync(Action<Membership> change) => app.InDatabaseAsync(async db =>
    {
        change(await db.Memberships
            .Include(row => row.Person)
            .Include(row => row.OptOuts)
            .SingleAsync(row => row.Person.Name == "Anna Winter" && row.Organization.Key == "alpine-cloud"));
        return await db.SaveChangesAsync();
    });

    private Task<OutboxMail> MailAsync(long id) => app.InDatabaseAsync(db => db.OutboxMails.AsNoTracking().SingleAsync(mail => mail.Id == id));

    private Task<Membership> MemberAsync() => app.InDatabaseAsync(db => db.Memberships.AsNoTracking()
        .Include(row => row.OptOuts)
        .SingleAsync(row => row.Person.Name == "Anna Winter" && row.Organization.Key == "alpine-cloud"));

    private Task<List<Communication>> OpenActionsAsync() => app.InDatabaseAsync(db => db.Communications.AsNoTracking()
        .Where(row => (row.Topic!.StartsWith("reachability/") || row.Topic.StartsWith("unreachable/")) && row.WithdrawnAt == null)
        .ToListAsync());
}
