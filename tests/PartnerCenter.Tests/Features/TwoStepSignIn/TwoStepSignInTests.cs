using System.Net;
using Microsoft.EntityFrameworkCore;
using OtpNet;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.TwoStepSignIn;

/// <summary>The second step of a sign-in: set up, used, and turned off.</summary>
public sealed class TwoStepSignInTests(LocalApp app) : IClassFixture<LocalApp>
{
    private const string Here = "/my-profile/two-step";
    private const string Wrong = "This code is wrong or was used already.";

    [Fact]
    public async Task An_app_is_set_up_by_picture_link_or_key_and_counts_once_it_has_shown_a_code()
    {
        var (address, visitor) = await app.JoinAsync();
        Assert.Equal("/my-profile/two-step", (await visitor.PressAsync((await visitor.OpenAsync(Here)).ButtonOf($"{Here}/prepare"))).LocationOf());
        var setup = await visitor.OpenAsync(Here);
        var key = setup.TextOf(".app-key").Replace(" ", "", StringComparison.Ordinal);
        Assert.Contains($"secret={key}&", setup.Find("main a[href^='otpauth:']").GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal("QR code with the key below", setup.Find("svg.qr").GetAttribute("aria-label"));
        Assert.DoesNotContain(key, (await app.AccountAsync(address)).NewAppSecret!, StringComparison.Ordinal);

        var wrong = await visitor.ReadAsync(await visitor.PressAsync(setup.ButtonOf($"{Here}/on"), ("Code", "000000")));
        Assert.StartsWith($"Code of the app: {Wrong}", wrong.TextOf(".error-summary li"), StringComparison.Ordinal);
        Assert.False((await app.AccountAsync(address)).IsTwoStepOn);
        Assert.Equal(HttpStatusCode.Found, (await LocalApp.EnterAsync(app.Visit(), address, LocalApp.Password)).StatusCode);

        var on = await visitor.ReadAsync(await visitor.PressAsync(setup.ButtonOf($"{Here}/on"), ("Code", app.CodeOf(Base32Encoding.ToBytes(key)))));

        Assert.Equal(RecoveryCodeSet.Count, on.FindAll(".recovery-codes code").Count);
        Assert.True(on.Answer.Headers.CacheControl!.NoStore);
        Assert.DoesNotContain(on.TextsOf(".recovery-codes code")[0], (await visitor.OpenAsync(Here)).Html, StringComparison.Ordinal);
        Assert.DoesNotContain(key, (await visitor.OpenAsync(Here)).Html, StringComparison.Ordinal);
        await app.SendMailsAsync();
        Assert.Contains(ConfirmationMail.TextsTo(app.MailFolder, address), text => text.Contains("Two-step sign-in is on", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_the_password_a_code_of_the_app_is_asked_for_and_the_password_alone_opens_nothing()
    {
        var (address, visitor) = await app.JoinAsync();
        var (secret, _) = await app.TurnOnTwoStepAsync(visitor);
        var late = app.Visit();

        var code = await late.ReadAsync(await LocalApp.EnterAsync(late, address, LocalApp.Password, "/?returnUrl=%2Fmy-profile"));
        Assert.Equal("Enter your code", code.Heading);
        Assert.Equal("one-time-code", code.Find("#Code").GetAttribute("autocomplete"));
        Assert.DoesNotContain(LocalApp.Session, late.Cookies.Keys);

        // The code that turned it on was used by that.
        code = await late.ReadAsync(await late.PressAsync(code.ButtonOf("/sign-in/local/code"), ("Code", app.CodeOf(secret))));
        Assert.Contains(Wrong, code.Text, StringComparison.Ordinal);
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        var answer = await late.PressAsync(code.ButtonOf("/sign-in/local/code"), ("Code", app.CodeOf(secret)));

        Assert.Equal("/my-profile", answer.LocationOf());
        Assert.Equal(address, await app.AddressOfAsync(late));
    }

    [Fact]
    public async Task Of_several_who_use_one_code_at_one_instant_one_gets_in()
    {
        var (address, visitor) = await app.JoinAsync();
        var (secret, codes) = await app.TurnOnTwoStepAsync(visitor);
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        foreach (var code in new[] { app.CodeOf(secret), codes[0] })
        {
            var visitors = Enumerable.Range(0, 3).Select(_ => app.Visit()).ToList();
            var pages = new List<Page>();
            foreach (var one in visitors)
                pages.Add(await one.ReadAsync(await LocalApp.EnterAsync(one, address, LocalApp.Password)));

            await Task.WhenAll(visitors.Zip(pages, (one, page) => one.PressAsync(page.ButtonOf("/sign-in/local/code"), ("Code", code))));

            Assert.Single(visitors, one => one.Cookies.ContainsKey(LocalApp.Session));
        }
    }

    [Fact]
    public async Task A_recovery_code_stands_in_once_and_says_how_many_are_left()
    {
        var (address, visitor) = await app.JoinAsync();
        var (_, codes) = await app.TurnOnTwoStepAsync(visitor);
        var late = app.Visit();
        var page = await late.ReadAsync(await LocalApp.EnterAsync(late, address, LocalApp.Password, "/?returnUrl=%2Fmy-profile"));

        var entered = await late.FollowAsync(await late.PressAsync(page.ButtonOf("/sign-in/local/code"), ("Code", codes[4].ToLowerInvariant())));

        Assert.Contains("You have 9 left", entered.Text, StringComparison.Ordinal);
        var again = app.Visit();
        page = await again.ReadAsync(await LocalApp.EnterAsync(again, address, LocalApp.Password));
        Assert.Contains(Wrong, (await again.ReadAsync(await again.PressAsync(page.ButtonOf("/sign-in/local/code"), ("Code", codes[4])))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_codes_delay_the_next_and_the_right_one_then_gets_the_same_sentence()
    {
        var (address, visitor) = await app.JoinAsync();
        var (secret, _) = await app.TurnOnTwoStepAsync(visitor);
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        var late = app.Visit();
        var page = await late.ReadAsync(await LocalApp.EnterAsync(late, address, LocalApp.Password));
        for (var tried = 0; tried < 4; tried++)
            page = await late.ReadAsync(await late.PressAsync(page.ButtonOf("/sign-in/local/code"), ("Code", "123123")));

        page = await late.ReadAsync(await late.PressAsync(page.ButtonOf("/sign-in/local/code"), ("Code", app.CodeOf(secret))));
        Assert.Contains(Wrong, page.Text, StringComparison.Ordinal);
        app.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("/", (await late.PressAsync(page.ButtonOf("/sign-in/local/code"), ("Code", app.CodeOf(secret)))).LocationOf());
    }

    [Theory]
    [InlineData("waited")]
    [InlineData("changed the password")]
    [InlineData("made one up")]
    public async Task What_stands_between_the_steps_ends(string end)
    {
        var (address, visitor) = await app.JoinAsync();
        var (secret, _) = await app.TurnOnTwoStepAsync(visitor);
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        var late = app.Visit();
        var page = await late.ReadAsync(await LocalApp.EnterAsync(late, address, LocalApp.Password));
        if (end == "waited")
            app.Clock.Advance(TimeSpan.FromMinutes(10));
        else if (end == "changed the password")
            await visitor.PressAsync((await visitor.OpenAsync("/my-profile/password")).ButtonOf("/my-profile/password"), ("Current", LocalApp.Password), ("Password", "violin harbour teaspoon"), ("Repeat", "violin harbour teaspoon"));

        var answer = await late.PressAsync(page.ButtonOf("/sign-in/local/code"), ("Code", app.CodeOf(secret)), ("Ticket", end == "made one up" ? "CfDJ8Made_up" : page.Find("input[name=Ticket]").GetAttribute("value")));

        Assert.Contains("That took too long, or your password has changed.", (await late.ReadAsync(answer)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(LocalApp.Session, late.Cookies.Keys);
    }

    [Theory]
    [InlineData("off")]
    [InlineData("recovery-codes")]
    public async Task Turning_off_and_new_recovery_codes_need_a_fresh_sign_in(string verb)
    {
        var (address, visitor) = await app.JoinAsync();
        var (_, codes) = await app.TurnOnTwoStepAsync(visitor);
        var open = await visitor.OpenAsync(Here);
        app.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(HttpStatusCode.Conflict, (await visitor.PressAsync(open.ButtonOf($"{Here}/{verb}"))).StatusCode);
        var stale = await visitor.OpenAsync(Here);
        Assert.False(stale.PostsTo($"{Here}/{verb}"));
        Assert.Contains("Changing how you sign in needs a sign-in of the last 15 minutes.", stale.Text, StringComparison.Ordinal);
        Assert.True((await app.AccountAsync(address)).IsTwoStepOn);
        Assert.Equal(RecoveryCodeSet.Count, (await app.AccountAsync(address)).RecoveryCodes.Count);

        var again = app.Visit();
        var page = await again.ReadAsync(await LocalApp.EnterAsync(again, address, LocalApp.Password));
        await again.PressAsync(page.ButtonOf("/sign-in/local/code"), ("Code", codes[0]));
        var answer = await again.PressAsync((await again.OpenAsync(Here)).ButtonOf($"{Here}/{verb}"));

        var account = await app.AccountAsync(address);
        if (verb == "off")
        {
            Assert.False(account.IsTwoStepOn);
            Assert.Empty(account.RecoveryCodes);
            Assert.Equal(HttpStatusCode.Found, (await LocalApp.EnterAsync(app.Visit(), address, LocalApp.Password)).StatusCode);
        }
        else
        {
            Assert.Equal(RecoveryCodeSet.Count, account.RecoveryCodes.Count);
            Assert.Empty((await again.ReadAsync(answer)).TextsOf(".recovery-codes code").Intersect(codes));
        }
    }

    [Fact]
    public async Task A_secret_that_is_being_set_up_is_not_shown_to_whoever_finds_the_browser_open()
    {
        var (_, visitor) = await app.JoinAsync();
        await visitor.PressAsync((await visitor.OpenAsync(Here)).ButtonOf($"{Here}/prepare"));
        app.Clock.Advance(TimeSpan.FromMinutes(16));

        Assert.False((await visitor.OpenAsync(Here)).Has(".app-key"));
    }

    [Fact]
    public async Task Every_change_stands_in_the_activity_log()
    {
        var (address, visitor) = await app.JoinAsync();
        await app.TurnOnTwoStepAsync(visitor);
        await visitor.PressAsync((await visitor.OpenAsync(Here)).ButtonOf($"{Here}/recovery-codes"));
        await visitor.PressAsync((await visitor.OpenAsync(Here)).ButtonOf($"{Here}/off"));

        var member = await app.InDatabaseAsync(db => db.Memberships.SingleAsync(member => member.Person.SignInAddress == address));
        var actions = await app.InDatabaseAsync(db => db.AuditEntries.Where(entry => entry.SubjectMembershipId == member.Id).OrderBy(entry => entry.Number).Select(entry => entry.Action).ToListAsync());
        Assert.Equal([AuditAction.TwoStepTurnedOn, AuditAction.RecoveryCodesMade, AuditAction.TwoStepTurnedOff], actions.TakeLast(3));
    }
}
