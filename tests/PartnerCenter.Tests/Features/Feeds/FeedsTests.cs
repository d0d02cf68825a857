using System.Net;
using System.Text;
using CodeHollow.FeedReader;
using Ical.Net;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Tests.Features.Users;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.Feeds;

public sealed class FeedsTests : IAsyncLifetime, IDisposable
{
    private const string Page = "/o/alpine-cloud/action-center/calendar";
    private const string Portal = "http://localhost:5080";

    private readonly PortalApp _app = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    public void Dispose() => _app.Dispose();

    [Theory]
    [InlineData(FeedKind.Calendar, "/calendar/", ".ics")]
    [InlineData(FeedKind.Notifications, "/feeds/", ".atom")]
    public async Task An_address_is_shown_once_and_only_its_hash_is_kept(FeedKind kind, string before, string behind)
    {
        var visitor = await _app.SignInAsync("billing-admin");

        var made = await visitor.FollowAsync(await PressAsync(visitor, kind));

        var address = made.TextOf("textarea");
        Assert.StartsWith(Portal + before, address, StringComparison.Ordinal);
        Assert.EndsWith(behind, address, StringComparison.Ordinal);
        Assert.Equal("The address is ready. Copy it now.", made.TextOf(".flash"));
        var again = await visitor.OpenAsync(Page);
        Assert.False(again.Has("textarea"));
        var secret = address[(Portal.Length + before.Length)..^behind.Length];
        Assert.DoesNotContain(secret, again.Html, StringComparison.Ordinal);
        var link = await _app.InDatabaseAsync(db => db.FeedLinks.SingleAsync());
        Assert.Equal(Secret.Hash(secret), link.SecretHash);
        Assert.Equal(kind, link.Kind);
    }

    [Fact]
    public async Task The_calendar_holds_the_due_dates_of_the_open_actions_of_its_member()
    {
        var due = await _app.PublishAsync(Alpine(CommunicationKind.MandatoryAction, "Check; your, bank"));
        var undated = await _app.PublishAsync(Alpine(CommunicationKind.RecommendedAction, "Some day"));
        await _app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "Not for me", RoleCatalogue.Owner));
        var address = await MakeAsync("billing-admin", FeedKind.Calendar);

        var answer = await _app.Visit().GetAsync(address);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/calendar; charset=utf-8", answer.Header("Content-Type"));
        var entries = (await CalendarAsync(answer)).Events;
        var entry = Assert.Single(entries, entry => entry.Summary == "Check; your, bank");
        Assert.Equal($"{due}.alpine-cloud@localhost", entry.Uid);
        Assert.Equal(_app.Now().AddDays(30), entry.Start!.AsUtc);
        Assert.Equal($"{Portal}/o/alpine-cloud/action-center/{due}", entry.Url!.ToString());
        Assert.Equal(
            ["What it is about.", "", "Mandatory action – Account settings – Alpine Cloud", "Due on 1 April 2026 09:00 UTC", $"{Portal}/o/alpine-cloud/action-center/{due}"],
            entry.Description!.Split('\n'));
        Assert.DoesNotContain(entries, entry => entry.Summary == "Not for me" || entry.Uid!.StartsWith($"{undated}.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(FeedKind.Calendar)]
    [InlineData(FeedKind.Notifications)]
    public async Task A_feed_sets_no_cookie_and_is_kept_by_nobody_else(FeedKind kind)
    {
        var address = await MakeAsync("billing-admin", kind);

        var answer = await _app.Visit().GetAsync(address);

        Assert.Empty(answer.CookiesSet());
        Assert.True(answer.Headers.CacheControl is { Private: true, NoCache: true, Public: false });
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
    }

    [Theory]
    [InlineData(FeedKind.Calendar)]
    [InlineData(FeedKind.Notifications)]
    public async Task What_has_not_changed_is_not_sent_again(FeedKind kind)
    {
        var address = await MakeAsync("billing-admin", kind);
        var first = await _app.Visit().GetAsync(address);
        _app.Clock.Advance(TimeSpan.FromHours(30));

        var second = await AskAsync(address, first.Headers.ETag!.ToString());
        await _app.PublishAsync(Alpine(kind == FeedKind.Calendar ? CommunicationKind.MandatoryAction : CommunicationKind.TransactionalNotification, "New"));
        var third = await AskAsync(address, first.Headers.ETag!.ToString());

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
    }

    [Fact]
    public async Task What_is_completed_is_gone_from_the_calendar()
    {
        var id = await _app.PublishAsync(Alpine(CommunicationKind.MandatoryAction, "Check your bank"));
        var address = await MakeAsync("billing-admin", FeedKind.Calendar);
        Assert.Contains(await UidsAsync(address), uid => uid.StartsWith($"{id}.", StringComparison.Ordinal));

        await _app.InDatabaseAsync(async db =>
        {
            var communication = await db.Communications.SingleAsync(row => row.Id == id);
            var organization = await db.Organizations.SingleAsync(row => row.Key == "alpine-cloud");
            db.Add(Completion.InOrganization(communication, organization.Id, "Anna Winter", _app.Now()));
            return await db.SaveChangesAsync();
        });

        Assert.DoesNotContain(await UidsAsync(address), uid => uid.StartsWith($"{id}.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_role_that_is_lost_takes_its_entries_out_of_the_feed()
    {
        await _app.PublishAsync(Alpine(CommunicationKind.MandatoryAction, "Check your bank"));
        var address = await MakeAsync("billing-admin", FeedKind.Calendar);
        Assert.Contains("Check your bank", await TextAsync(address), StringComparison.Ordinal);

        await ChangeAsync(member => member.Revoke(member.Roles.Single()));

        Assert.DoesNotContain("Check your bank", await TextAsync(address), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("removed")]
    [InlineData("disabled")]
    [InlineData("ended")]
    [InlineData("person disabled")]
    [InlineData("organization suspended")]
    public async Task Whoever_cannot_work_there_any_more_has_no_feed(string how)
    {
        var address = await MakeAsync("billing-admin", FeedKind.Calendar);
        Assert.Equal(HttpStatusCode.OK, (await _app.Visit().GetAsync(address)).StatusCode);

        await ChangeAsync(member => Do(how, member));

        Assert.Equal(HttpStatusCode.NotFound, (await _app.Visit().GetAsync(address)).StatusCode);

        void Do(string what, Domain.Organizations.Membership member)
        {
            switch (what)
            {
                case "removed":
                    member.Remove(_app.Now());
                    break;
                case "disabled":
                    member.Disable(_app.Now());
                    break;
                case "ended":
                    member.BecomeGuest(_app.Now());
                    break;
                case "person disabled":
                    member.Person.Disable();
                    break;
                default:
                    member.Organization.Suspend();
                    break;
            }
        }
    }

    [Fact]
    public async Task A_new_address_closes_the_one_before()
    {
        var visitor = await _app.SignInAsync("billing-admin");
        var old = AddressOn(await visitor.FollowAsync(await PressAsync(visitor, FeedKind.Calendar)));

        var renewed = AddressOn(await visitor.FollowAsync(await PressAsync(visitor, FeedKind.Calendar)));

        Assert.NotEqual(old, renewed);
        Assert.Equal(HttpStatusCode.NotFound, (await _app.Visit().GetAsync(old)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _app.Visit().GetAsync(renewed)).StatusCode);
    }

    [Fact]
    public async Task A_revoked_address_opens_nothing_and_the_other_feed_stays()
    {
        var visitor = await _app.SignInAsync("billing-admin");
        var calendar = AddressOn(await visitor.FollowAsync(await PressAsync(visitor, FeedKind.Calendar)));
        var atom = AddressOn(await visitor.FollowAsync(await PressAsync(visitor, FeedKind.Notifications)));
        var page = await visitor.OpenAsync(Page);

        var revoked = await visitor.FollowAsync(await visitor.PressAsync(page.Find("#feed-calendar ~ .verbs form[action$=revoke] button")));

        Assert.Equal("The address opens nothing any more.", revoked.TextOf(".flash"));
        Assert.Equal(HttpStatusCode.NotFound, (await _app.Visit().GetAsync(calendar)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _app.Visit().GetAsync(atom)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.ForgeAsync($"{Page}/revoke", ("kind", "Calendar"))).StatusCode);
    }

    [Theory]
    [InlineData("/calendar/unknown.ics")]
    [InlineData("/feeds/unknown.atom")]
    [InlineData("/calendar/%20.ics")]
    public async Task An_address_that_nobody_made_is_not_there(string address)
    {
        var page = await _app.Visit().OpenAsync(address);

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Empty(page.Answer.CookiesSet());
    }

    [Fact]
    public async Task The_secret_of_one_feed_does_not_open_the_other()
    {
        var address = await MakeAsync("billing-admin", FeedKind.Calendar);
        var secret = address["/calendar/".Length..^".ics".Length];

        Assert.Equal(HttpStatusCode.NotFound, (await _app.Visit().GetAsync($"/feeds/{secret}.atom")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _app.Visit().GetAsync($"/calendar/{secret.ToUpperInvariant()}.ics")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _app.Visit().GetAsync($"/calendar/{Secret.Hash(secret)}.ics")).StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Nonsense")]
    [InlineData("7")]
    public async Task A_kind_of_feed_that_there_is_not_is_not_found(string kind)
    {
        var visitor = await _app.SignInAsync("billing-admin");
        await visitor.OpenAsync(Page);

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.ForgeAsync(Page, ("kind", kind))).StatusCode);
        Assert.Equal(0, await _app.InDatabaseAsync(db => db.FeedLinks.CountAsync()));
    }

    [Fact]
    public async Task The_day_of_the_last_reading_is_kept_and_written_once_a_day()
    {
        var visitor = await _app.SignInAsync("billing-admin");
        var address = AddressOn(await visitor.FollowAsync(await PressAsync(visitor, FeedKind.Calendar)));
        Assert.Contains("Not yet", (await visitor.OpenAsync(Page)).TextOf(".feeds .facts"), StringComparison.Ordinal);

        await _app.Visit().GetAsync(address);
        await _app.Visit().GetAsync(address);

        var link = await _app.InDatabaseAsync(db => db.FeedLinks.SingleAsync());
        Assert.Equal(_app.Now().Date, link.LastUsedAt);
        Assert.Equal(1, link.Version);
        Assert.Contains("2 March 2026", (await visitor.OpenAsync(Page)).TextOf(".feeds .facts dd:last-of-type"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_speaks_the_language_of_its_person_whatever_the_program_asks_for()
    {
        var text = Drafts.EnglishAndDutch(new("Check it", "In English."), new("Controleer het", "In het Nederlands."));
        await _app.PublishAsync(Drafts.MandatoryAction("global_admin") with { Workspace = "account-settings", Organizations = ["lowland-digital"], Content = text });
        var visitor = await _app.SignInAsync("dutch-admin");
        var address = AddressOn(await visitor.FollowAsync(await PressAsync(visitor, FeedKind.Calendar, "/o/lowland-digital/action-center/calendar")));
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.AcceptLanguage.ParseAdd("en");

        var calendar = await CalendarAsync(await _app.Visit().SendAsync(request));

        Assert.StartsWith("Acties – ", $"{calendar.Properties["X-WR-CALNAME"]!.Value}", StringComparison.Ordinal);
        var entry = Assert.Single(calendar.Events, entry => entry.Summary == "Controleer het");
        Assert.Contains("Verplichte actie – ", entry.Description, StringComparison.Ordinal);
        Assert.Contains("Einddatum: 1 april 2026 09:00 UTC", entry.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_atom_feed_tells_the_notifications_of_its_member_newest_first()
    {
        await _app.PublishAsync(Alpine(CommunicationKind.TransactionalNotification, "An <older> & \"quoted\" one"));
        _app.Clock.Advance(TimeSpan.FromHours(1));
        var id = await _app.PublishAsync(Alpine(CommunicationKind.PromotionalNotification, "A newer one"));
        await _app.PublishAsync(Alpine(CommunicationKind.MandatoryAction, "No notification"));
        await _app.PublishAsync(Drafts.ForAlpine(CommunicationKind.TransactionalNotification, "Not for me", RoleCatalogue.Owner));
        var address = await MakeAsync("billing-admin", FeedKind.Notifications);

        var answer = await _app.Visit().GetAsync(address);

        Assert.Equal("application/atom+xml; charset=utf-8", answer.Header("Content-Type"));
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        var feed = FeedReader.ReadFromByteArray(bytes);
        Assert.Equal(FeedType.Atom, feed.Type);
        Assert.Equal("Notifications – Alpine Cloud", feed.Title);
        Assert.Equal(_app.Now(), feed.LastUpdatedDate!.Value.ToUniversalTime());
        Assert.Equal(["A newer one", "An <older> & \"quoted\" one"], feed.Items.Take(2).Select(item => item.Title));
        var item = feed.Items.First();
        Assert.Equal($"tag:localhost,2026:communication/alpine-cloud/{id}", item.Id);
        Assert.Equal($"{Portal}/o/alpine-cloud/action-center/{id}", item.Link);
        Assert.Equal("What it is about.", item.Description);
        Assert.Equal(_app.Now(), item.PublishingDate!.Value.ToUniversalTime());
        Assert.DoesNotContain(feed.Items, other => other.Title is "No notification" or "Not for me");
        Assert.DoesNotContain(address, Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_part_of_the_atom_feed_that_the_format_demands_is_there()
    {
        await _app.PublishAsync(Alpine(CommunicationKind.TransactionalNotification, "One"));
        var address = await MakeAsync("billing-admin", FeedKind.Notifications);

        var document = System.Xml.Linq.XDocument.Parse(await TextAsync(address));

        System.Xml.Linq.XNamespace atom = "http://www.w3.org/2005/Atom";
        var root = document.Root!;
        Assert.Equal(atom + "feed", root.Name);
        Assert.All([root, .. root.Elements(atom + "entry")], element =>
        {
            foreach (var name in new[] { "id", "title", "updated" })
                Assert.NotEmpty(Assert.Single(element.Elements(atom + name)).Value);
            Assert.True(Uri.IsWellFormedUriString(element.Element(atom + "id")!.Value, UriKind.Absolute));
            Assert.Single(element.Elements(atom + "link"), link => (string?)link.Attribute("rel") == "alternate");
        });
        Assert.Single(root.Elements(atom + "author"));
        Assert.Distinct(root.Elements(atom + "entry").Select(entry => entry.Element(atom + "id")!.Value));
    }

    private static CommunicationDraft Alpine(CommunicationKind kind, string title) => Drafts.ForAlpine(kind, title, RoleCatalogue.BillingAdmin);

    private static string AddressOn(Page page) => new Uri(page.TextOf("textarea")).PathAndQuery;

    private static async Task<HttpResponseMessage> PressAsync(Visitor visitor, FeedKind kind, string address = Page)
    {
        var page = await visitor.OpenAsync(address);
        return await visitor.PressAsync(page.Find($"form:not([action$=revoke]):has(input[value={kind}]) button"));
    }

    private static async Task<Calendar> CalendarAsync(HttpResponseMessage answer) => Calendar.Load(await answer.Content.ReadAsStringAsync())!;

    private async Task<string> MakeAsync(string person, FeedKind kind)
    {
        var visitor = await _app.SignInAsync(person);
        return AddressOn(await visitor.FollowAsync(await PressAsync(visitor, kind)));
    }

    private Task<HttpResponseMessage> AskAsync(string address, string tag)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        return _app.Visit().SendAsync(request);
    }

    private async Task<string> TextAsync(string address) => await (await _app.Visit().GetAsync(address)).Content.ReadAsStringAsync();

    private async Task<IReadOnlyList<string>> UidsAsync(string address) =>
        [.. (await CalendarAsync(await _app.Visit().GetAsync(address))).Events.Select(entry => entry.Uid!)];

    private Task<int> ChangeAsync(Action<Domain.Organizations.Membership> change) => _app.InDatabaseAsync(async db =>
    {
        var member = await db.Memberships.Include(row => row.Roles).Include(row => row.Person).Include(row => row.Organization)
            .SingleAsync(row => row.Person.Name == "Ben Keller");
        change(member);
        return await db.SaveChangesAsync();
    });
}
