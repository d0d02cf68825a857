using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.ContactAddress;

/// <summary>A member changes where mail reaches them, and mail goes where it went until they have shown that the address is theirs.</summary>
public sealed class ContactAddressTests : IAsyncLifetime, IDisposable
{
    private const string Contact = "/o/alpine-cloud/my-preferences/contact";
    private const string New = "ben@work.example";

    private readonly PortalApp _app = new();
    private Visitor _ben = null!;

    public async Task InitializeAsync() => _ben = await _app.SignInAsync("billing-admin");

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task The_mail_goes_to_the_new_address_alone_and_other_mail_goes_where_it_went()
    {
        var page = await EnterAsync(New);

        Assert.Equal("A mail is on its way to the new address. Follow its link or type its code here.", page.TextOf("[role=status]"));
        Assert.Equal("To be confirmed", page.TextOf("main .pill"));
        Assert.Contains(New, page.TextOf("#confirm"), StringComparison.Ordinal);
        Assert.Contains("Waiting", page.Text, StringComparison.Ordinal);
        await _app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "Meanwhile", RoleCatalogue.BillingAdmin));
        await _app.SendMailsAsync();

        var mail = Assert.Single(ConfirmationMail.AllTo(_app.MailFolder, New));
        Assert.Empty(ConfirmationMail.AllTo(_app.MailFolder, "billing-admin@demo.example"));
        Assert.Contains(ConfirmationMail.TextsTo(_app.MailFolder, "billing-admin@demo.example"), text => text.Contains("Meanwhile", StringComparison.Ordinal));
        Assert.DoesNotContain(ConfirmationMail.TextsTo(_app.MailFolder, New), text => text.Contains("Meanwhile", StringComparison.Ordinal));
        Assert.Matches("^[0-9]{6}$", mail.Code);
        Assert.Matches("Latest mail: .* Sent[.]", (await _ben.OpenAsync(Contact)).Text);
    }

    [Fact]
    public async Task The_code_of_the_mail_confirms_and_mail_goes_there_from_then_on()
    {
        var code = await CodeAsync(New);

        var page = await _ben.FollowAsync(await ConfirmAsync(code));

        Assert.Equal("The address is confirmed. Mail goes there from now on.", page.TextOf("[role=status]"));
        Assert.Equal("Verified", page.TextOf("main .pill"));
        Assert.False(page.Has("#Code"));
        await _app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "Afterwards", RoleCatalogue.BillingAdmin));
        await _app.SendMailsAsync();
        Assert.Contains(ConfirmationMail.TextsTo(_app.MailFolder, New), text => text.Contains("Afterwards", StringComparison.Ordinal));
        Assert.DoesNotContain(ConfirmationMail.TextsTo(_app.MailFolder, "billing-admin@demo.example"), text => text.Contains("Afterwards", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_address_that_mail_went_to_is_told_and_does_not_learn_the_new_one()
    {
        await ConfirmAsync(await CodeAsync(New));
        await _app.SendMailsAsync();
        await ConfirmAsync(await CodeAsync("ben@home.example"));

        await _app.SendMailsAsync();

        foreach (var (old, shown, hidden) in new[] { ("billing-admin@demo.example", "b…@work.example", New), (New, "b…@home.example", "ben@home.example") })
        {
            var notice = Assert.Single(await NoticesToAsync(old));
            Assert.Equal("[Account settings] Your mail about Alpine Cloud goes to another address now", notice.Subject);
            Assert.Contains(shown, notice.TextBody, StringComparison.Ordinal);
            Assert.DoesNotContain(hidden, notice.TextBody, StringComparison.Ordinal);
            Assert.Equal(MailState.Sent, notice.State);
        }

        Assert.Empty(await NoticesToAsync("ben@home.example"));
    }

    [Fact]
    public async Task Token_and_code_are_nowhere_but_in_the_mail_and_gone_from_here_once_it_went()
    {
        await EnterAsync(New);
        var waiting = await MailAsync();
        var secret = ContactSecret.Read(waiting.Secret!);

        await _app.SendMailsAsync();

        var sent = await MailAsync();
        Assert.Equal((MailState.Sent, null, null, null), (sent.State, sent.Secret, sent.TextBody, sent.HtmlBody));
        var mail = Assert.Single(ConfirmationMail.AllTo(_app.MailFolder, New));
        Assert.Equal(($"/verify-contact/{secret.Token}", secret.Code), (mail.Link, mail.Code));
        var everything = await _app.InDatabaseAsync(async db =>
            string.Join('\n', (await db.CommunicationContents.ToListAsync()).Select(content => content.Title + content.Body))
            + string.Join('\n', (await db.Communications.ToListAsync()).Select(communication => communication.Link))
            + string.Join('\n', (await db.AuditEntries.ToListAsync()).Select(entry => entry.Before + entry.After + entry.Topic + entry.Note)));
        Assert.DoesNotContain(secret.Token, everything, StringComparison.Ordinal);
        Assert.DoesNotContain(secret.Code, everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_codes_are_counted_and_after_five_another_mail_is_needed()
    {
        var code = await CodeAsync(New);
        var wrong = code == "000000" ? "000001" : "000000";

        var page = await _ben.ReadAsync(await ConfirmAsync(wrong));
        Assert.Equal("Code from the mail: This is not the code of the latest mail. Attempts left: 4.", page.TextOf(".error-summary a[href='#Code']"));
        Assert.Equal(wrong, page.Find("#Code").GetAttribute("value"));
        for (var i = 0; i < 4; i++)
            page = await _ben.ReadAsync(await ConfirmAsync(wrong));
        Assert.Contains("too many wrong codes", page.TextOf(".error-summary"), StringComparison.Ordinal);
        page = await _ben.ReadAsync(await ConfirmAsync(code));

        Assert.Contains("too many wrong codes", page.TextOf(".error-summary"), StringComparison.Ordinal);
        Assert.NotEqual(ContactState.Verified, (await MemberAsync()).ContactState);
        _app.Clock.Advance(TimeSpan.FromMinutes(1));
        await _ben.PressAsync(page.ButtonOf($"{Contact}/resend"));
        await _app.SendMailsAsync();
        await ConfirmAsync(ConfirmationMail.AllTo(_app.MailFolder, New)[^1].Code);
        Assert.Equal(ContactState.Verified, (await MemberAsync()).ContactState);
    }

    [Fact]
    public async Task After_a_new_mail_the_old_code_counts_no_more()
    {
        var old = await CodeAsync(New);
        _app.Clock.Advance(TimeSpan.FromMinutes(1));
        await _ben.PressAsync((await _ben.OpenAsync(Contact)).ButtonOf($"{Contact}/resend"));
        await _app.SendMailsAsync();
        var mails = ConfirmationMail.AllTo(_app.MailFolder, New);
        Assert.Equal(2, mails.Count);
        Assert.NotEqual(mails[0].Link, mails[1].Link);

        if (old != mails[1].Code)
            Assert.Equal(HttpStatusCode.OK, (await ConfirmAsync(old)).StatusCode);

        Assert.Equal("A later mail was sent instead of this one. Use the link in that one.", (await _ben.OpenAsync(mails[0].Link)).TextOf(".notice"));
        Assert.Equal(Contact, (await ConfirmAsync(mails[1].Code)).LocationOf());
    }

    [Fact]
    public async Task A_mail_a_minute_and_three_an_hour_are_sent()
    {
        await EnterAsync(New);

        var tooSoon = await ResendAsync();
        Assert.Contains("less than a minute ago", tooSoon.TextOf(".error-summary a[href='#Resend']"), StringComparison.Ordinal);
        Assert.Equal((tooSoon.Find(".error").Id, null), (tooSoon.Find("#Resend").GetAttribute("aria-describedby"), tooSoon.Find("#Resend").GetAttribute("aria-invalid")));
        for (var i = 0; i < 2; i++)
        {
            _app.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal("A new mail is on its way. The one before counts no more.", (await ResendAsync()).TextOf("[role=status]"));
        }

        _app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Contains("At most 3 such mails are sent in an hour.", (await ResendAsync()).TextOf(".error-summary"), StringComparison.Ordinal);
        var other = await EnterAsync("somebody.else@work.example");
        Assert.Contains("At most 3 such mails", other.TextOf(".error-summary a[href='#Address']"), StringComparison.Ordinal);
        Assert.Equal("somebody.else@work.example", other.Find("#Address").GetAttribute("value"));

        // What was not sent any more was replaced before it went.
        await _app.SendMailsAsync();
        Assert.Single(ConfirmationMail.AllTo(_app.MailFolder, New));
        Assert.Equal(2, await _app.InDatabaseAsync(db => db.OutboxMails.CountAsync(mail => mail.SuppressedBecause == SuppressionReason.NotAwaited)));
    }

    [Fact]
    public async Task Giving_an_address_up_stops_its_mail_and_its_code()
    {
        var page = await EnterAsync(New);
        var secret = ContactSecret.Read((await MailAsync()).Secret!);

        var after = await _ben.FollowAsync(await _ben.PressAsync(page.ButtonOf($"{Contact}/cancel")));
        await _app.SendMailsAsync();

        Assert.Equal("The address is given up. Mail goes where it went.", after.TextOf("[role=status]"));
        var mail = await MailAsync();
        Assert.Equal((MailState.Suppressed, SuppressionReason.NotAwaited, null), (mail.State, mail.SuppressedBecause, mail.Secret));
        Assert.Empty(ConfirmationMail.AllTo(_app.MailFolder, New));
        foreach (var stale in new[] { "confirm", "resend", "cancel" })
        {
            var refused = await _ben.ReadAsync(await _ben.ForgeAsync($"{Contact}/{stale}", ("Code", secret.Code)));
            Assert.Equal((HttpStatusCode.Conflict, "No address waits to be confirmed."), (refused.Status, refused.TextOf(".lead")));
        }
    }

    [Fact]
    public async Task After_a_day_the_page_says_so_and_a_mail_that_still_waits_is_not_sent()
    {
        await EnterAsync(New);
        _app.Clock.Advance(TimeSpan.FromHours(24));
        _ben = await _app.SignInAsync("billing-admin");

        var page = await _ben.OpenAsync(Contact);
        await _app.SendMailsAsync();

        Assert.Equal("Not confirmed in time", page.TextOf("main .pill"));
        Assert.False(page.Has("#Code"));
        Assert.Equal(HttpStatusCode.Conflict, (await ConfirmAsync("123456")).StatusCode);
        Assert.Equal(SuppressionReason.NotAwaited, (await MailAsync()).SuppressedBecause);
        await _ben.PressAsync(page.ButtonOf($"{Contact}/resend"));
        Assert.Equal("To be confirmed", (await _ben.OpenAsync(Contact)).TextOf("main .pill"));
    }

    [Theory]
    [InlineData("", "Mail can't be sent to this address. Check how it is written.")]
    [InlineData("not an address", "Mail can't be sent to this address. Check how it is written.")]
    [InlineData("a@b.example, c@d.example", "Mail can't be sent to this address. Check how it is written.")]
    [InlineData("BEN@work.example", "Mail goes to this address already.")]
    public async Task An_address_that_is_none_or_in_use_is_refused(string address, string error)
    {
        await ConfirmAsync(await CodeAsync(New));

        var page = await EnterAsync(address);

        Assert.Equal($"New address: {error}", page.TextOf(".error-summary a[href='#Address']"));
        Assert.Null((await MemberAsync()).PendingContact);
    }

    [Fact]
    public async Task Going_back_to_the_sign_in_address_needs_no_confirmation_and_is_told_to_the_contact_address()
    {
        await ConfirmAsync(await CodeAsync(New));
        await EnterAsync("ben@home.example");

        var page = await _ben.FollowAsync(await _ben.PressAsync((await _ben.OpenAsync(Contact)).ButtonOf($"{Contact}/sign-in-address")));
        await _app.SendMailsAsync();

        Assert.Equal("Mail goes to billing-admin@demo.example.", page.TextOf("[role=status]"));
        var member = await MemberAsync();
        Assert.Equal((null, null, ContactState.None), (member.ContactAddress, member.PendingContact, member.ContactState));
        Assert.Single(await NoticesToAsync(New));
        Assert.Empty(ConfirmationMail.AllTo(_app.MailFolder, "ben@home.example"));
        Assert.False(page.PostsTo($"{Contact}/sign-in-address"));
    }

    [Fact]
    public async Task Typing_the_sign_in_address_is_choosing_it()
    {
        var page = await EnterAsync("Billing-Admin@demo.example");

        Assert.False(page.Has(".error-summary"));
        Assert.Null((await MemberAsync()).PendingContact);
        Assert.Equal(0, await _app.InDatabaseAsync(db => db.ContactVerifications.CountAsync()));
    }

    [Fact]
    public async Task Every_change_is_in_the_log_and_no_address_that_nobody_confirmed()
    {
        var code = await CodeAsync(New);
        _app.Clock.Advance(TimeSpan.FromMinutes(1));
        await ResendAsync();
        await _ben.PressAsync((await _ben.OpenAsync(Contact)).ButtonOf($"{Contact}/cancel"));
        _app.Clock.Advance(TimeSpan.FromMinutes(1));
        await ConfirmAsync(await CodeAsync(New));
        await _ben.PressAsync((await _ben.OpenAsync(Contact)).ButtonOf($"{Contact}/sign-in-address"));

        var log = await _app.InDatabaseAsync(db => db.AuditEntries.OrderBy(entry => entry.Number).ToListAsync());

        Assert.Equal(
            [
                (AuditAction.ContactEntered, null, "b…@work.example"),
                (AuditAction.ContactMailResent, null, "b…@work.example"),
                (AuditAction.ContactCancelled, "b…@work.example", null),
                (AuditAction.ContactEntered, null, "b…@work.example"),
                (AuditAction.ContactConfirmed, "billing-admin@demo.example", New),
                (AuditAction.ContactSignInChosen, New, "billing-admin@demo.example"),
            ],
            log.Select(entry => (entry.Action, entry.Before, entry.After)));
        Assert.All(log, entry => Assert.Equal(("Ben Keller", "Ben Keller"), (entry.Actor, entry.Subject)));
        Assert.NotEmpty(code);
    }

    [Fact]
    public async Task An_administrator_sees_how_it_stands_and_not_the_address_that_waits()
    {
        await EnterAsync(New);
        await _app.SendMailsAsync();
        await _app.InDatabaseAsync(async db =>
        {
            var taken = await db.OutboxMails.SingleAsync(mail => mail.ContactVerificationId != null);
            db.Entry(taken).Property(mail => mail.LastAnswer).CurrentValue = $"450 <{New}> is busy";
            return await db.SaveChangesAsync();
        });
        var anna = await _app.SignInAsync("global-admin");

        var user = await anna.OpenAsync($"/o/alpine-cloud/account-settings/users/{(await MemberAsync()).Id}");
        var sent = await anna.OpenAsync("/o/alpine-cloud/sent-mail");
        var log = await anna.OpenAsync("/o/alpine-cloud/account-settings/activity-log");

        Assert.Equal("To be confirmed", user.TextOf(".facts .pill--warning"));
        var mail = Assert.Single(sent.FindAll(".mails > li"), mail => mail.TextContent.Contains("Confirm your contact address", StringComparison.Ordinal));
        Assert.Null(mail.QuerySelector("pre"));
        Assert.Contains("450 <b…@work.example> is busy", mail.TextContent, StringComparison.Ordinal);
        Assert.Contains("This mail asks its reader to confirm an address.", mail.TextContent, StringComparison.Ordinal);
        Assert.Contains("Entered a contact address", log.Text, StringComparison.Ordinal);
        Assert.All([user, sent, log], page =>
        {
            Assert.Contains("b…@work.example", page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(New, page.Html, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task My_preferences_say_where_mail_goes_and_lead_to_the_page()
    {
        var before = await _ben.OpenAsync("/o/alpine-cloud/my-preferences");
        await ConfirmAsync(await CodeAsync(New));

        var after = await _ben.OpenAsync("/o/alpine-cloud/my-preferences");

        Assert.Contains("billing-admin@demo.example (your sign-in address)", before.TextOf("section[aria-labelledby=contact]"), StringComparison.Ordinal);
        Assert.Contains($"{New} Your own contact address Verified", after.TextOf("section[aria-labelledby=contact]"), StringComparison.Ordinal);
        Assert.True(after.Has($"a[href='{Contact}']"));
    }

    [Fact]
    public async Task A_Dutch_member_gets_the_mail_in_Dutch()
    {
        var sanne = await _app.SignInAsync("dutch-admin");
        const string page = "/o/lowland-digital/my-preferences/contact";
        await sanne.PressAsync((await sanne.OpenAsync(page)).ButtonOf(page), ("Address", "sanne@werk.example"));

        await _app.SendMailsAsync();

        var mail = await MailAsync();
        Assert.Equal(("nl", "[Accountinstellingen] Bevestig uw contactadres voor Lowland Digital"), (mail.Language, mail.Subject));
        Assert.Contains("Dit adres bevestigen", Assert.Single(ConfirmationMail.TextsTo(_app.MailFolder, "sanne@werk.example")), StringComparison.Ordinal);
    }

    private async Task<Page> EnterAsync(string address)
    {
        var answer = await _ben.PressAsync((await _ben.OpenAsync(Contact)).ButtonOf(Contact), ("Address", address));
        return answer.StatusCode == HttpStatusCode.Found ? await _ben.FollowAsync(answer) : await _ben.ReadAsync(answer);
    }

    private async Task<Page> ResendAsync()
    {
        var answer = await _ben.PressAsync((await _ben.OpenAsync(Contact)).ButtonOf($"{Contact}/resend"));
        return answer.StatusCode == HttpStatusCode.Found ? await _ben.FollowAsync(answer) : await _ben.ReadAsync(answer);
    }

    private async Task<string> CodeAsync(string address)
    {
        await EnterAsync(address);
        await _app.SendMailsAsync();
        return ConfirmationMail.AllTo(_app.MailFolder, address)[^1].Code;
    }

    private Task<HttpResponseMessage> ConfirmAsync(string code) => _ben.ForgeAsync($"{Contact}/confirm", ("Code", code));

    private Task<OutboxMail> MailAsync() =>
        _app.InDatabaseAsync(db => db.OutboxMails.AsNoTracking().OrderBy(mail => mail.Id).LastAsync(mail => mail.ContactVerificationId != null));

    private Task<List<OutboxMail>> NoticesToAsync(string address) => _app.InDatabaseAsync(db => db.OutboxMails
        .Where(mail => mail.Address == address && mail.Occasion == "contact" && mail.ContactVerificationId == null)
        .ToListAsync());

    private Task<Membership> MemberAsync() => _app.InDatabaseAsync(db => db.Memberships.SingleAsync(member => member.Person.Name == "Ben Keller"));
}
