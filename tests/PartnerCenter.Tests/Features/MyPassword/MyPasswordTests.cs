using System.Net;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.MyPassword;

/// <summary>How somebody changes their password.</summary>
public sealed class MyPasswordTests(LocalApp app) : IClassFixture<LocalApp>
{
    private const string Here = "/my-profile/password";
    private const string Fresh = "violin harbour teaspoon";

    [Fact]
    public async Task It_takes_the_one_before_and_signs_out_everywhere_else()
    {
        var (address, visitor) = await app.JoinAsync();
        var elsewhere = app.Visit();
        await LocalApp.EnterAsync(elsewhere, address, LocalApp.Password);

        var answer = await ChangeAsync(visitor, LocalApp.Password, Fresh);

        Assert.Contains("Your password is changed.", (await visitor.FollowAsync(answer)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await elsewhere.GetAsync("/my-profile")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await LocalApp.EnterAsync(app.Visit(), address, LocalApp.Password)).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await LocalApp.EnterAsync(app.Visit(), address, Fresh)).StatusCode);
        await app.SendMailsAsync();
        Assert.Contains(ConfirmationMail.TextsTo(app.MailFolder, address), text => text.Contains("Your password was changed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("wrong words in a row", Fresh, "Current password: This is not your password.")]
    [InlineData("", Fresh, "Current password: Type the password that you have now.")]
    [InlineData(LocalApp.Password, "password1234", "New password: This password is among the first")]
    [InlineData(LocalApp.Password, "short words", "New password: A password has at least 12 characters")]
    public async Task What_is_wrong_is_said_beside_its_field_and_nothing_changes(string current, string password, string sentence)
    {
        var (address, visitor) = await app.JoinAsync();

        var page = await visitor.ReadAsync(await ChangeAsync(visitor, current, password));

        Assert.StartsWith(sentence, page.TextOf(".error-summary li"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await LocalApp.EnterAsync(app.Visit(), address, LocalApp.Password)).StatusCode);
    }

    [Fact]
    public async Task Guesses_here_count_as_guesses_at_the_door()
    {
        var (address, visitor) = await app.JoinAsync();
        for (var tried = 0; tried < 4; tried++)
            await ChangeAsync(visitor, "wrong words in a row", Fresh);

        Assert.Contains("This is not your password.", (await visitor.ReadAsync(await ChangeAsync(visitor, LocalApp.Password, Fresh))).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await LocalApp.EnterAsync(app.Visit(), address, LocalApp.Password)).StatusCode);
    }

    [Fact]
    public async Task My_profile_leads_there_and_advises_the_second_step_until_it_is_on()
    {
        var (_, visitor) = await app.JoinAsync();
        var profile = await visitor.OpenAsync("/my-profile");
        Assert.True(profile.Has($"main a[href='{Here}']"));
        Assert.Contains("Turn on two-step sign-in, above all", profile.Text, StringComparison.Ordinal);

        await app.TurnOnTwoStepAsync(visitor);

        Assert.DoesNotContain("Turn on two-step sign-in, above all", (await visitor.OpenAsync("/my-profile")).Text, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> ChangeAsync(Visitor visitor, string current, string password) =>
        await visitor.PressAsync((await visitor.OpenAsync(Here)).ButtonOf(Here), ("Current", current), ("Password", password), ("Repeat", password));
}
