using System.Net;
using System.Text.Json;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Tests.Features.ActionCenter;
using PartnerCenter.Tests.Support;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Tests.Hosting;

/// <summary>What browsers fetch before somebody opens it, and what they must not.</summary>
public sealed class FetchAheadTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Home = "/o/alpine-cloud";
    private const string Rules = "Speculation-Rules";

    private static readonly string[] NotListed =
    [
        // Looking at it is reading it.
        PageTable.Communication,

        // It shows an address once.
        PageTable.Calendar,

        // About one thing: what would match their addresses matches files and other pages, too.
        PageTable.User, PageTable.UserPermissions, PageTable.AccessRequest, PageTable.AccessReview, PageTable.Program, PageTable.Location,
        PageTable.SupportRequest,

        // No link of a page leads there, but forms, mails and the way in.
        PageTable.Start, PageTable.Welcome, PageTable.Search, PageTable.VerifyContact, PageTable.Unsubscribe, PageTable.Invitation,

        // Nobody is in a hurry to leave.
        PageTable.Leave,

        // Nobody should be on the way out before they have decided to go.
        PageTable.ForeignLink,

        // Whether a sign-in is still fresh is to be as it is when somebody asks.
        PageTable.SignInAgain, PageTable.DirectorySignIn,

        // So is how it stands with a second step, which shows a secret while it is set up; and a form for passwords is nothing to keep.
        PageTable.MyPassword, PageTable.TwoStepSignIn,

        // The few pages of operators name no rules.
        PageTable.Operator, PageTable.NewCommunication, PageTable.PublishedCommunication, PageTable.SimulatedCommunication,
        PageTable.ImportPreferences, PageTable.MailPreview, PageTable.PersonSessions, PageTable.Delivery, PageTable.SupportDesk, PageTable.SupportDeskRequest,
        PageTable.OperatorHelp, PageTable.OperatorHelpArticle, PageTable.People, PageTable.Person, PageTable.ErasePerson,
    ];

    private static IEnumerable<PortalPage> Pages =>
        typeof(PageTable).GetFields().Where(field => field.IsLiteral).Select(field => PageTable.Find((string)field.GetRawConstantValue()!));

    public static TheoryData<string> Listed =>
    [
        .. Pages.Where(FetchAheadTable.Has).Select(page => page.Path
            .Replace("{organization}", "alpine-cloud", StringComparison.Ordinal)
            .Replace("{workspace}", "billing", StringComparison.Ordinal)
            .Replace("{article}", "billing", StringComparison.Ordinal)),
    ];

    [Fact]
    public void Every_page_is_listed_or_says_why_not() => Assert.Equal(
        NotListed.Order(StringComparer.Ordinal),
        Pages.Where(page => !FetchAheadTable.Has(page)).Select(page => page.Key).Order(StringComparer.Ordinal));

    [Fact]
    public async Task A_page_names_rules_that_a_browser_may_keep()
    {
        var visitor = await app.SignInAsync("global-admin");

        var named = (await visitor.GetAsync(Home)).Header(Rules);
        var answer = await visitor.GetAsync(Assert.IsType<string>(named).Trim('"'));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.StartsWith("application/speculationrules+json", answer.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Equal("public, max-age=31536000, immutable", answer.Header("Cache-Control"));
    }

    [Fact]
    public async Task The_rules_are_those_of_the_list()
    {
        var visitor = await app.SignInAsync("global-admin");

        using var rules = JsonDocument.Parse(await (await visitor.GetAsync("/fetch-ahead/of-another-release.json")).Content.ReadAsStringAsync());

        var patterns =
            from rule in rules.RootElement.GetProperty("prefetch").EnumerateArray()
            from pattern in rule.GetProperty("where").GetProperty("href_matches").EnumerateArray()
            select pattern.GetString();
        Assert.Equal(
            Pages.Where(FetchAheadTable.Has).Select(page => page.Path.Replace('{', ':').Replace("}", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            patterns.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_another_release_asks_for_is_kept_by_no_cache()
    {
        var answer = await app.Visit().GetAsync("/fetch-ahead/of-another-release.json");

        Assert.Equal((HttpStatusCode.OK, "no-store"), (answer.StatusCode, answer.Header("Cache-Control")));
    }

    [Fact]
    public async Task Whoever_saves_data_or_is_not_signed_in_is_told_no_rules()
    {
        var visitor = await app.SignInAsync("global-admin");

        var saving = await AskAsync(visitor, Home, "Save-Data", "on");
        var start = await app.Visit().GetAsync("/");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (saving.StatusCode, start.StatusCode));
        Assert.Null(saving.Header(Rules));
        Assert.Null(start.Header(Rules));
    }

    [Theory]
    [MemberData(nameof(Listed))]
    public async Task A_listed_page_can_be_fetched_and_leaves_the_message_for_the_one_that_is_seen(string address)
    {
        var visitor = await app.SignInAsync("global-admin");
        await visitor.GetAsync($"{Home}/switch?page=no-such-page");

        var ahead = await FetchAsync(visitor, address);

        Assert.Equal(HttpStatusCode.OK, ahead.StatusCode);
        Assert.False((await visitor.ReadAsync(ahead)).Has(".flash"));
        Assert.True((await visitor.OpenAsync(address)).Has(".flash"));
        Assert.False((await visitor.OpenAsync(address)).Has(".flash"));
    }

    [Theory]
    [InlineData("prefetch")]
    [InlineData("prefetch;prerender")]
    public async Task A_communication_cannot_be_fetched_and_so_is_not_read(string purpose)
    {
        var visitor = await app.SignInAsync("program-admin");
        var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.TransactionalNotification, "Not opened yet", RoleCatalogue.PartnerProgramAdmin));
        var before = Bell.On(await visitor.OpenAsync(Home)).Badge;

        var ahead = await AskAsync(visitor, $"{Home}/action-center/{id}", "Sec-Purpose", purpose);

        Assert.Equal((HttpStatusCode.Forbidden, ""), (ahead.StatusCode, await ahead.Content.ReadAsStringAsync()));
        Assert.Equal(before, Bell.On(await visitor.OpenAsync(Home)).Badge);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/no-organization")]
    [InlineData("/unsubscribe/no-such-token")]
    [InlineData("/verify-contact/no-such-token")]
    [InlineData("/calendar/no-such-secret.ics")]
    [InlineData("/operator")]
    [InlineData($"{Home}/switch?page=my-access")]
    [InlineData($"{Home}/welcome")]
    [InlineData($"{Home}/action-center/bell")]
    [InlineData($"{Home}/action-center/calendar")]
    [InlineData($"{Home}/account-settings/users/export.csv")]
    [InlineData($"{Home}/account-settings/activity-log/export")]
    [InlineData("/api/v1/catalogue")]
    public async Task What_is_not_listed_is_refused(string address)
    {
        var visitor = await app.SignInAsync("global-admin");

        var ahead = await FetchAsync(visitor, address);

        Assert.Equal((HttpStatusCode.Forbidden, ""), (ahead.StatusCode, await ahead.Content.ReadAsStringAsync()));
        Assert.Empty(ahead.CookiesSet());
    }

    [Theory]
    [InlineData("Purpose")]
    [InlineData("Sec-Purpose")]
    public async Task It_does_not_matter_how_a_browser_says_so(string header)
    {
        var visitor = await app.SignInAsync("global-admin");

        var ahead = await AskAsync(visitor, $"{Home}/welcome", header, "prefetch");

        Assert.Equal(HttpStatusCode.Forbidden, ahead.StatusCode);
    }

    [Fact]
    public async Task Files_that_a_page_needs_are_not_refused()
    {
        var answer = await FetchAsync(app.Visit(), "/css/tokens.css");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Signing_out_takes_away_what_was_fetched()
    {
        var visitor = await app.SignInAsync("global-admin");

        var answer = await visitor.PressAsync((await visitor.OpenAsync(Home)).ButtonOf("/sign-out"));

        Assert.Equal("\"prefetchCache\"", answer.Header("Clear-Site-Data"));
    }

    private static Task<HttpResponseMessage> FetchAsync(Visitor visitor, string address) => AskAsync(visitor, address, "Sec-Purpose", "prefetch");

    private static Task<HttpResponseMessage> AskAsync(Visitor visitor, string address, string header, string value)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add(header, value);
        return visitor.SendAsync(request);
    }
}
