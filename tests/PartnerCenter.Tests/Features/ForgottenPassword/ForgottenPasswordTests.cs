using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.ForgottenPassword;

/// <summary>The mail about a forgotten password, and what its link can do.</summary>
public sealed class ForgottenPasswordTests(LocalApp app) : IClassFixture<LocalApp>
{
    private const string Fresh = "violin harbour teaspoon";
    private const string Over = "This link has been used, has expired, or a later one took its place.";

    [Fact]
    public async Task The_link_of_the_mail_leads_to_another_password_that_ends_all_sessions_and_signs_nobody_in()
    {
        var (address, before) = await app.JoinAsync();
        var visitor = app.Visit();
        var link = await ForgetAsync(address);
        var page = await visitor.OpenAsync(link);
        Assert.Equal("Choose another password", page.Heading);
        Assert.Equal(address, page.Find("input[autocomplete=username]").GetAttribute("value"));

        var done = await LocalApp.ChooseAsync(visitor, link, Fresh);

        Assert.Contains("Your password is saved.", (await visitor.FollowAsync(done)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(LocalApp.Session, visitor.Cookies.Keys);
        Assert.Equal(HttpStatusCode.Found, (await before.GetAsync("/my-profile")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await LocalApp.EnterAsync(app.Visit(), address, LocalApp.Password)).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await LocalApp.EnterAsync(app.Visit(), address, Fresh)).StatusCode);
        await app.SendMailsAsync();
        Assert.Contains(ConfirmationMail.TextsTo(app.MailFolder, address), text => text.Contains("Your password was changed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Somebody_unknown_gets_the_same_answer_and_no_mail()
    {
        var (known, _) = await app.JoinAsync();
        var mails = await app.InDatabaseAsync(db => db.OutboxMails.CountAsync());
        List<string> answers = [];
        foreach (var address in new[] { known, "nobody@partner.example", "global-admin@demo.example", "no address" })
        {
            var visitor = app.Visit();
            answers.Add((await visitor.FollowAsync(await LocalApp.ForgetAsync(visitor, address))).Text);
        }

        Assert.Single(answers.Distinct());
        Assert.Contains("If somebody signs in here with that address, a mail is on its way to it.", answers[0], StringComparison.Ordinal);
        Assert.Equal(mails + 1, await app.InDatabaseAsync(db => db.OutboxMails.CountAsync()));
    }

    [Fact]
    public async Task To_look_at_the_link_changes_nothing_however_often()
    {
        var (address, _) = await app.JoinAsync();
        var link = await ForgetAsync(address);
        for (var look = 0; look < 20; look++)
            Assert.Equal("Choose another password", (await app.Visit().OpenAsync(link)).Heading);
        await app.Visit().SendAsync(new HttpRequestMessage(HttpMethod.Head, link));

        Assert.Equal("/sign-in/local", (await LocalApp.ChooseAsync(app.Visit(), link, Fresh)).LocationOf());
    }

    [Fact]
    public async Task The_link_works_once_and_only_the_latest_and_for_an_hour()
    {
        var (address, _) = await app.JoinAsync();
        var first = await ForgetAsync(address);
        var visitor = app.Visit();
        var open = await visitor.OpenAsync(first);
        var second = await ForgetAsync(address);
        Assert.NotEqual(first, second);

        Assert.Contains(Over, (await visitor.ReadAsync(await visitor.PressAsync(open.ButtonOf(first), ("Password", Fresh), ("Repeat", Fresh)))).Text, StringComparison.Ordinal);
        var used = await visitor.OpenAsync(second);
        await LocalApp.ChooseAsync(app.Visit(), second, Fresh);
        Assert.Contains(Over, (await visitor.ReadAsync(await visitor.PressAsync(used.ButtonOf(second), ("Password", "yet other words here"), ("Repeat", "yet other words here")))).Text, StringComparison.Ordinal);

        app.Clock.Advance(TimeSpan.FromHours(2));
        var third = await ForgetAsync(address);
        app.Clock.Advance(PasswordReset.Lasts);
        Assert.Contains(Over, (await visitor.OpenAsync(third)).Text, StringComparison.Ordinal);
        Assert.Contains(Over, (await visitor.OpenAsync("/reset-password/made-up")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await LocalApp.EnterAsync(app.Visit(), address, Fresh)).StatusCode);
    }

    [Fact]
    public async Task Of_two_who_use_it_at_one_instant_one_succeeds()
    {
        var (address, _) = await app.JoinAsync();
        var link = await ForgetAsync(address);
        var visitors = Enumerable.Range(0, 4).Select(_ => app.Visit()).ToList();
        var pages = new List<Page>();
        foreach (var visitor in visitors)
            pages.Add(await visitor.OpenAsync(link));

        var answers = await Task.WhenAll(visitors.Zip(pages, (visitor, page) => visitor.PressAsync(page.ButtonOf(link), ("Password", Fresh), ("Repeat", Fresh))));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Found);
    }

    [Fact]
    public async Task The_database_knows_no_link_and_the_log_of_mails_shows_none()
    {
        var (address, _) = await app.JoinAsync();
        await LocalApp.ForgetAsync(app.Visit(), address);
        var waiting = await app.InDatabaseAsync(db => db.OutboxMails.SingleAsync(mail => mail.Occasion == MailOccasion.PasswordReset && mail.Address == address));
        var link = Assert.Single(await app.ResetLinksOfAsync(address));
        var secret = link["/reset-password/".Length..];
        Assert.DoesNotContain(secret, waiting.Secret!, StringComparison.Ordinal);

        var sent = await app.InDatabaseAsync(db => db.OutboxMails.SingleAsync(mail => mail.Id == waiting.Id));

        Assert.Equal(MailState.Sent, sent.State);
        Assert.Null(sent.Secret);
        Assert.Null(sent.TextBody);
        Assert.Null(sent.HtmlBody);
        Assert.Equal(Secret.Hash(secret), (await app.InDatabaseAsync(db => db.PasswordResets.SingleAsync(reset => reset.Id == sent.PasswordResetId))).SecretHash);
    }

    [Fact]
    public async Task A_link_that_is_over_is_not_sent_any_more()
    {
        var (address, _) = await app.JoinAsync();
        await LocalApp.ForgetAsync(app.Visit(), address);
        app.Clock.Advance(PasswordReset.Lasts);

        Assert.Empty(await app.ResetLinksOfAsync(address));
        var mail = await app.InDatabaseAsync(db => db.OutboxMails.SingleAsync(mail => mail.Occasion == MailOccasion.PasswordReset && mail.Address == address));
        Assert.Equal(SuppressionReason.NotAwaited, mail.SuppressedBecause);
    }

    [Fact]
    public async Task More_than_three_mails_in_an_hour_are_not_sent_and_nobody_is_told()
    {
        var (address, _) = await app.JoinAsync();
        var visitor = app.Visit();
        for (var asked = 0; asked < 5; asked++)
            Assert.Equal("/forgotten-password/asked", (await LocalApp.ForgetAsync(visitor, address)).LocationOf());

        Assert.Equal(3, await app.InDatabaseAsync(db => db.OutboxMails.CountAsync(mail => mail.Occasion == MailOccasion.PasswordReset && mail.Address == address)));
    }

    [Fact]
    public async Task Another_password_ends_the_wait_and_leaves_the_second_step()
    {
        var (address, visitor) = await app.JoinAsync();
        var (secret, _) = await app.TurnOnTwoStepAsync(visitor);
        for (var tried = 0; tried < 6; tried++)
            await LocalApp.EnterAsync(app.Visit(), address, "wrong words in a row");

        await LocalApp.ChooseAsync(app.Visit(), await ForgetAsync(address), Fresh);

        app.Clock.Advance(TimeSpan.FromSeconds(30));
        var late = app.Visit();
        var code = await late.ReadAsync(await LocalApp.EnterAsync(late, address, Fresh));
        Assert.Equal("Enter your code", code.Heading);
        Assert.DoesNotContain(LocalApp.Session, late.Cookies.Keys);
        Assert.Equal("/", (await late.PressAsync(code.ButtonOf("/sign-in/local/code"), ("Code", app.CodeOf(secret)))).LocationOf());
    }

    [Fact]
    public async Task What_can_be_no_password_is_refused_and_the_link_still_counts()
    {
        var (address, _) = await app.JoinAsync();
        var link = await ForgetAsync(address);
        var visitor = app.Visit();

        var refused = await visitor.ReadAsync(await LocalApp.ChooseAsync(visitor, link, "password1234"));

        Assert.Contains("is among the first that somebody would try", refused.TextOf(".error-summary"), StringComparison.Ordinal);
        Assert.Equal("/sign-in/local", (await LocalApp.ChooseAsync(visitor, link, Fresh)).LocationOf());
    }

    [Fact]
    public async Task A_disabled_person_gets_no_mail_and_an_open_link_no_password()
    {
        var (address, _) = await app.JoinAsync();
        var link = await ForgetAsync(address);
        await app.InDatabaseAsync(async db =>
        {
            (await db.People.SingleAsync(person => person.SignInAddress == address)).Disable();
            return await db.SaveChangesAsync();
        });
        var mails = await app.InDatabaseAsync(db => db.OutboxMails.CountAsync());

        await LocalApp.ForgetAsync(app.Visit(), address);

        Assert.Contains(Over, (await app.Visit().OpenAsync(link)).Text, StringComparison.Ordinal);
        Assert.Equal(mails, await app.InDatabaseAsync(db => db.OutboxMails.CountAsync()));
    }

    private async Task<string> ForgetAsync(string address)
    {
        // Mails of one instant have no order.
        var before = await app.ResetLinksOfAsync(address);
        await LocalApp.ForgetAsync(app.Visit(), address);
        return Assert.Single((await app.ResetLinksOfAsync(address)).Except(before));
    }
}
