using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.Welcome;

/// <summary>The first visit, and the banner that stays until the portal knows where mail reaches a member.</summary>
public sealed class WelcomeTests : IAsyncLifetime, IDisposable
{
    private const string Home = "/o/alpine-cloud";
    private const string Welcome = "/o/alpine-cloud/welcome";
    private const string Skip = "/o/alpine-cloud/welcome/skip";
    private const string Contact = "/o/alpine-cloud/my-preferences/contact";
    private const string SignInAddress = "/o/alpine-cloud/my-preferences/contact/sign-in-address";

    private readonly PortalApp _app = new();
    private Visitor _noa = null!;

    public async Task InitializeAsync() => _noa = await _app.SignInAsync("newcomer");

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task Whoever_comes_home_for_the_first_time_is_asked_and_nowhere_else()
    {
        Assert.Equal(Welcome, (await _noa.GetAsync(Home)).LocationOf());
        Assert.Equal(HttpStatusCode.OK, (await _noa.GetAsync(Welcome)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _noa.GetAsync($"{Home}/action-center")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await (await _app.SignInAsync("guest")).GetAsync(Home)).StatusCode);
        Assert.Null((await NoaAsync()).SetUpAt);
    }

    [Fact]
    public async Task Not_now_leads_home_for_good_and_leaves_everything_as_it_is()
    {
        var answer = await _noa.PressAsync((await _noa.OpenAsync(Welcome)).ButtonOf(Skip));

        Assert.Equal(Home, answer.LocationOf());
        var home = await _noa.FollowAsync(answer);
        Assert.Equal("Welcome to Alpine Cloud", home.Heading);
        Assert.Equal("Where does mail reach you?", home.TextOf(".contact-banner h2"));
        var noa = await NoaAsync();
        Assert.Equal((FixedTime.Start, "Trainee", null), (noa.SetUpAt, noa.JobTitle, noa.SignInAddressChosenAt));
    }

    [Fact]
    public async Task What_was_answered_is_in_my_preferences_and_the_sign_in_address_is_settled()
    {
        var page = await _noa.OpenAsync(Welcome);
        Assert.Equal("false", page.Find("input[name=UsesOther][checked]").GetAttribute("value"));

        var answer = await _noa.PressAsync(page.ButtonOf(Welcome), ("JobTitle", "Apprentice"), ("EmailLanguage", "nl"), ("TimeZone", "Asia/Tokyo"), ("Wanted", null));

        Assert.Equal(Home, answer.LocationOf());
        var home = await _noa.FollowAsync(answer);
        Assert.Equal("Your preferences are saved.", home.TextOf("[role=status]"));
        Assert.False(home.Has(".contact-banner"));
        var preferences = await _noa.OpenAsync("/o/alpine-cloud/my-preferences/edit");
        Assert.Equal("Apprentice", preferences.Find("#JobTitle").GetAttribute("value"));
        Assert.Equal("nl", preferences.Find("#EmailLanguage option[selected]").GetAttribute("value"));
        Assert.Equal("Asia/Tokyo", preferences.Find("#TimeZone option[selected]").GetAttribute("value"));
        Assert.False(preferences.Has("input[name=Wanted][checked]"));
    }

    [Fact]
    public async Task Another_address_is_asked_to_be_confirmed_and_the_banner_stays_until_it_is()
    {
        var page = await _noa.OpenAsync(Welcome);

        var answer = await _noa.PressAsync(page.ButtonOf(Welcome), ("UsesOther", "true"), ("Address", "noa@work.example"));

        Assert.Equal(Contact, answer.LocationOf());
        Assert.Equal("Confirm your contact address", (await _noa.OpenAsync(Home)).TextOf(".contact-banner h2"));
        await _app.SendMailsAsync();
        var mail = Assert.Single(ConfirmationMail.AllTo(_app.MailFolder, "noa@work.example"));
        var verify = await _noa.OpenAsync(mail.Link);
        await _noa.PressAsync(verify.ButtonOf(mail.Link));
        Assert.False((await _noa.OpenAsync(Home)).Has(".contact-banner"));
    }

    [Theory]
    [InlineData("", "Another address: Mail can't be sent to this address. Check how it is written.")]
    [InlineData("nonsense", "Another address: Mail can't be sent to this address. Check how it is written.")]
    public async Task An_address_that_is_none_comes_back_and_nothing_is_saved(string address, string error)
    {
        var page = await _noa.OpenAsync(Welcome);

        var again = await _noa.ReadAsync(await _noa.PressAsync(page.ButtonOf(Welcome), ("UsesOther", "true"), ("Address", address), ("JobTitle", "Apprentice")));

        Assert.Equal(error, again.TextOf(".error-summary a[href='#Address']"));
        Assert.Equal("Apprentice", again.Find("#JobTitle").GetAttribute("value"));
        Assert.Equal("true", again.Find("input[name=UsesOther][checked]").GetAttribute("value"));
        var noa = await NoaAsync();
        Assert.Equal((null, "Trainee"), (noa.SetUpAt, noa.JobTitle));
    }

    [Fact]
    public async Task Saying_that_the_sign_in_address_is_right_takes_the_banner_away_and_stays_on_the_page()
    {
        await _noa.PressAsync((await _noa.OpenAsync(Welcome)).ButtonOf(Skip));
        var home = await _noa.OpenAsync(Home);

        var answer = await _noa.PressAsync(home.ButtonOf(SignInAddress));

        Assert.Equal(Home, answer.LocationOf());
        var after = await _noa.FollowAsync(answer);
        Assert.Equal("Mail goes to newcomer@demo.example.", after.TextOf("[role=status]"));
        Assert.False(after.Has(".contact-banner"));
    }

    [Fact]
    public async Task The_way_back_leads_to_no_other_house()
    {
        await _noa.OpenAsync(Welcome);

        var answer = await _noa.ForgeAsync(SignInAddress, ("returnUrl", "https://evil.example/"));

        Assert.Equal(Contact, answer.LocationOf());
    }

    [Fact]
    public async Task The_banner_says_what_became_of_the_address()
    {
        await _noa.PressAsync((await _noa.OpenAsync(Welcome)).ButtonOf(Skip));

        await ChangeAsync(noa => noa.AwaitContact("noa@work.example", _app.Clock.Now));
        Assert.Contains("noa@work.example was not confirmed in time", (await _noa.OpenAsync(Home)).TextOf(".contact-banner"), StringComparison.Ordinal);
        await ChangeAsync(noa =>
        {
            noa.UseVerifiedContact("noa@work.example");
            typeof(Membership).GetProperty(nameof(Membership.ContactState))!.SetValue(noa, ContactState.Bounced);
        });
        Assert.Contains("Mail to noa@work.example came back.", (await _noa.OpenAsync(Home)).TextOf(".contact-banner"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answering_it_later_changes_what_was_answered_before_and_asks_for_no_second_confirmation()
    {
        await _noa.PressAsync((await _noa.OpenAsync(Welcome)).ButtonOf(Welcome), ("UsesOther", "true"), ("Address", "noa@work.example"));
        var page = await _noa.OpenAsync(Welcome);
        Assert.Equal("noa@work.example", page.Find("#Address").GetAttribute("value"));

        await _noa.PressAsync(page.ButtonOf(Welcome), ("JobTitle", "Apprentice"));

        Assert.Equal(1, await _app.InDatabaseAsync(db => db.ContactVerifications.CountAsync()));
        Assert.Equal("Apprentice", (await NoaAsync()).JobTitle);
    }

    private Task<int> ChangeAsync(Action<Membership> change) => _app.InDatabaseAsync(async db =>
    {
        change(await db.Memberships.SingleAsync(member => member.Person.Name == "Noa Lind"));
        return await db.SaveChangesAsync();
    });

    private Task<Membership> NoaAsync() => _app.InDatabaseAsync(db => db.Memberships.SingleAsync(member => member.Person.Name == "Noa Lind"));
}
