using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PartnerCenter.Domain.Access;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.LocalSignIn;

/// <summary>The way in by address and password.</summary>
public sealed partial class LocalSignInTests(LocalApp app) : IClassFixture<LocalApp>
{
    private const string Refused = "Address or password is wrong.";

    [Fact]
    public async Task Address_and_password_let_one_in_with_a_new_session_that_knows_when()
    {
        var (address, _) = await app.JoinAsync();
        var visitor = app.Visit();
        visitor.Keep(LocalApp.Session, "planted");

        var answer = await LocalApp.EnterAsync(visitor, $" {address.ToUpperInvariant()} ", LocalApp.Password, "/?returnUrl=%2Fmy-profile");

        Assert.Equal("/my-profile", answer.LocationOf());
        Assert.NotEqual("planted", visitor.Cookies[LocalApp.Session]);
        Assert.Equal(address, await app.AddressOfAsync(visitor));
        var hash = Secret.Hash(visitor.Cookies[LocalApp.Session]);
        var session = await app.InDatabaseAsync(db => db.Sessions.SingleAsync(session => session.IdHash == hash));
        Assert.Equal((app.Clock.Now, "local"), (session.AuthenticatedAt, session.Provider));
        Assert.Equal("/", (await visitor.PressAsync((await visitor.OpenAsync("/my-sessions")).ButtonOf("/sign-out"))).LocationOf());
    }

    [Fact]
    public async Task The_form_says_which_field_is_which_and_keeps_the_address_and_not_the_password()
    {
        var visitor = app.Visit();
        var start = await visitor.OpenAsync("/");
        Assert.Equal("current-password", start.Find("input[type=password]").GetAttribute("autocomplete"));
        Assert.Equal("username", start.Find("#Address").GetAttribute("autocomplete"));

        var page = await visitor.ReadAsync(await LocalApp.EnterAsync(visitor, "somebody@partner.example", "not my password"));

        Assert.Equal("somebody@partner.example", page.Find("#Address").GetAttribute("value"));
        Assert.Null(page.Find("#Password").GetAttribute("value"));
        Assert.StartsWith($"Password: {Refused}", page.TextOf(".error-summary li"), StringComparison.Ordinal);
        Assert.Equal("true", page.Find("#Password").GetAttribute("aria-invalid"));
        Assert.DoesNotContain("not my password", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_not_there_who_is_disabled_and_a_wrong_password_get_the_same_answer()
    {
        var (known, _) = await app.JoinAsync();
        var (disabled, _) = await app.JoinAsync();
        await app.InDatabaseAsync(async db =>
        {
            (await db.People.SingleAsync(person => person.SignInAddress == disabled)).Disable();
            return await db.SaveChangesAsync();
        });

        List<string> answers = [];
        foreach (var (address, password) in new[] { (known, "wrong words in a row"), ("nobody@partner.example", LocalApp.Password), (disabled, LocalApp.Password), ("global-admin@demo.example", LocalApp.Password), ("no address", "x") })
        {
            var visitor = app.Visit();
            var page = await visitor.ReadAsync(await LocalApp.EnterAsync(visitor, address, password));
            Assert.Equal(HttpStatusCode.OK, page.Status);
            answers.Add(Token().Replace(page.Html, "").Replace(address, "", StringComparison.Ordinal));
        }

        Assert.Single(answers.Distinct());
        Assert.Contains(Refused, answers[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_unknown_takes_a_hash_too_and_leaves_the_same_trace()
    {
        var (known, _) = await app.JoinAsync();
        var counts = new List<int>();
        foreach (var address in new[] { known, "stranger@partner.example" })
        {
            var visitor = app.Visit();
            await LocalApp.EnterAsync(visitor, address, "wrong words in a row");
            var hash = SignInAttempts.HashOf(SignInStep.Password, address.ToUpperInvariant());
            counts.Add((await app.InDatabaseAsync(db => db.SignInAttempts.SingleAsync(attempts => attempts.NameHash == hash))).Count);
        }

        Assert.Equal([1, 1], counts);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    public async Task Nobody_is_sent_elsewhere(string returnUrl)
    {
        var (address, _) = await app.JoinAsync();
        var visitor = app.Visit();
        await visitor.OpenAsync("/");

        var answer = await visitor.ForgeAsync("/sign-in/local", ("Address", address), ("Password", LocalApp.Password), ("ReturnUrl", returnUrl));

        Assert.Equal("/", answer.LocationOf());
    }

    [Fact]
    public async Task A_hash_of_former_days_is_made_anew_at_sign_in()
    {
        var (address, _) = await app.JoinAsync();
        var weak = new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = 1000 })).HashPassword(new(), LocalApp.Password);
        await app.InDatabaseAsync(async db =>
        {
            (await db.LocalAccounts.SingleAsync(account => account.Person.SignInAddress == address)).Rehash(weak);
            return await db.SaveChangesAsync();
        });

        await LocalApp.EnterAsync(app.Visit(), address, LocalApp.Password);

        var hash = (await app.AccountAsync(address)).PasswordHash;
        Assert.NotEqual(weak, hash);
        Assert.Equal(HttpStatusCode.Found, (await LocalApp.EnterAsync(app.Visit(), address, LocalApp.Password)).StatusCode);
        Assert.Equal(hash, (await app.AccountAsync(address)).PasswordHash);
    }

    [Fact]
    public async Task After_three_wrong_passwords_the_right_one_has_to_wait_with_the_same_sentence()
    {
        var (address, _) = await app.JoinAsync();
        for (var tried = 0; tried < 4; tried++)
            await LocalApp.EnterAsync(app.Visit(), address, "wrong words in a row");
        var visitor = app.Visit();

        var early = await visitor.ReadAsync(await LocalApp.EnterAsync(visitor, address, LocalApp.Password));
        Assert.Contains(Refused, early.Text, StringComparison.Ordinal);
        app.Clock.Advance(TimeSpan.FromSeconds(2));
        var answer = await LocalApp.EnterAsync(visitor, address, LocalApp.Password);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        var hash = SignInAttempts.HashOf(SignInStep.Password, address.ToUpperInvariant());
        Assert.False(await app.InDatabaseAsync(db => db.SignInAttempts.AnyAsync(attempts => attempts.NameHash == hash)));
    }

    [Fact]
    public async Task Of_fifty_guesses_at_one_instant_as_many_are_looked_at_as_of_fifty_in_a_row()
    {
        var (address, _) = await app.JoinAsync();
        var visitor = app.Visit();
        await visitor.OpenAsync("/");

        await Task.WhenAll(Enumerable.Range(0, 50).Select(guess => visitor.Copy() is var one && visitor.Token is { } token
            ? one.PostWithoutTokenAsync("/sign-in/local", ("Address", address), ("Password", $"guess number {guess} of many"), (Visitor.TokenField, token))
            : throw new InvalidOperationException()));

        var hash = SignInAttempts.HashOf(SignInStep.Password, address.ToUpperInvariant());
        Assert.Equal(SignInDelay.Free + 1, (await app.InDatabaseAsync(db => db.SignInAttempts.SingleAsync(attempts => attempts.NameHash == hash))).Count);
    }

    [Fact]
    public async Task What_needs_a_fresh_sign_in_asks_for_the_password_again_and_goes_on()
    {
        var (address, visitor) = await app.JoinAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(16));
        var before = visitor.Cookies[LocalApp.Session];
        var again = await visitor.OpenAsync("/sign-in/again?step=ChangeSignIn&returnUrl=%2Fmy-profile%2Ftwo-step");

        var asked = await visitor.FollowAsync(await visitor.PressAsync(again.ButtonOf("/sign-in/again")));

        Assert.Equal("Sign in again", asked.Heading);
        Assert.Equal(address, asked.Find("#Address[readonly]").GetAttribute("value"));
        var answer = await visitor.PressAsync(asked.ButtonOf("/sign-in/local"), ("Password", LocalApp.Password));
        Assert.Equal("/my-profile/two-step", answer.LocationOf());
        Assert.NotEqual(before, visitor.Cookies[LocalApp.Session]);
        Assert.True((await visitor.OpenAsync("/my-profile/two-step")).PostsTo("/my-profile/two-step/prepare"));
        var copy = app.Visit();
        copy.Keep(LocalApp.Session, before);
        Assert.Equal(HttpStatusCode.Found, (await copy.GetAsync("/my-profile")).StatusCode);
    }

    [Fact]
    public async Task In_Dutch_everything_is_Dutch()
    {
        var visitor = app.Visit();
        visitor.Keep("pc-language", "nl");

        var page = await visitor.ReadAsync(await LocalApp.EnterAsync(visitor, "niemand@partner.example", "verkeerde woorden hier"));

        Assert.Equal("nl", page.Language);
        Assert.Contains("Adres of wachtwoord klopt niet.", page.Text, StringComparison.Ordinal);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*>|Trace[^<]*", RegexOptions.NonBacktracking)]
    private static partial Regex Token();
}
