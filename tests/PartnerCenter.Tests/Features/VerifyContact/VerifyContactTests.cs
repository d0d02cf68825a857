using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Tests.Support;
using PartnerCenter.Web.Hosting;

namespace PartnerCenter.Tests.Features.VerifyContact;

/// <summary>The link of the mail: looking at it does nothing, pressing its button confirms, and it is nobody else's.</summary>
public sealed class VerifyContactTests : IAsyncLifetime, IDisposable
{
    private const string Contact = "/o/alpine-cloud/my-preferences/contact";
    private const string New = "ben@work.example";

    private readonly LoggedPortal _app = new();
    private Visitor _ben = null!;
    private string _link = "";

    public async Task InitializeAsync()
    {
        _ben = await _app.SignInAsync("billing-admin");
        await _ben.PressAsync((await _ben.OpenAsync(Contact)).ButtonOf(Contact), ("Address", New));
        await _app.SendMailsAsync();
        _link = Assert.Single(ConfirmationMail.AllTo(_app.MailFolder, New)).Link;
    }

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task Looking_at_it_changes_nothing_however_often()
    {
        for (var i = 0; i < 3; i++)
            Assert.Equal("Confirm your contact address", (await _ben.OpenAsync(_link)).Heading);

        var verification = await VerificationAsync();
        Assert.Equal((VerificationState.Open, 0, 0), (verification.State, verification.WrongCodes, verification.Version));
        Assert.Null((await MemberAsync()).ContactAddress);
    }

    [Fact]
    public async Task Its_button_confirms_once()
    {
        var page = await _ben.OpenAsync(_link);
        Assert.Equal(New, page.TextOf("main h2"));

        var answer = await _ben.PressAsync(page.ButtonOf(_link));

        var after = await _ben.FollowAsync(answer);
        Assert.Equal($"Thank you. Mail of Alpine Cloud goes to {New} from now on.", after.TextOf("[role=status]"));
        Assert.False(after.PostsTo(_link));
        Assert.False(after.Has(".notice"));
        Assert.Equal($"{New} was confirmed with this link.", after.TextOf(".lead"));
        Assert.Equal((New, ContactState.Verified), ((await MemberAsync()).ContactAddress, (await MemberAsync()).ContactState));

        var again = await _ben.ReadAsync(await _ben.ForgeAsync(_link));
        Assert.Equal((HttpStatusCode.Conflict, "This address was confirmed already, and the link counts once."), (again.Status, again.TextOf(".notice")));
    }

    [Fact]
    public async Task A_replayed_link_does_not_bring_an_old_address_back()
    {
        await _ben.ForgeAsync(_link);
        await _ben.OpenAsync(Contact);
        await _ben.ForgeAsync($"{Contact}/sign-in-address");

        Assert.Equal(HttpStatusCode.Conflict, (await _ben.ForgeAsync(_link)).StatusCode);

        Assert.Null((await MemberAsync()).ContactAddress);
    }

    [Fact]
    public async Task After_a_day_it_says_so()
    {
        _app.Clock.Advance(TimeSpan.FromHours(24));
        _ben = await _app.SignInAsync("billing-admin");

        await _ben.OpenAsync(Contact);
        var page = await _ben.OpenAsync(_link);
        var answer = await _ben.ForgeAsync(_link);

        Assert.StartsWith("The link and the code count for 24 hours", page.TextOf(".notice"), StringComparison.Ordinal);
        Assert.True(page.Has($"a[href='{Contact}']"));
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Null((await MemberAsync()).ContactAddress);
    }

    [Fact]
    public async Task To_everybody_else_it_is_not_there()
    {
        var anna = await _app.SignInAsync("global-admin");
        await anna.OpenAsync("/o/alpine-cloud");

        var foreign = await anna.OpenAsync(_link);
        var unknown = await anna.OpenAsync($"/verify-contact/{new string('a', 43)}");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (foreign.Status, unknown.Status));
        Assert.Equal(Anonymous.Html(unknown), Anonymous.Html(foreign));
        Assert.Equal(HttpStatusCode.NotFound, (await anna.ForgeAsync(_link)).StatusCode);
        Assert.Null((await MemberAsync()).ContactAddress);
    }

    [Fact]
    public async Task Whoever_was_removed_meanwhile_finds_nothing()
    {
        await _app.InDatabaseAsync(async db =>
        {
            (await db.Memberships.SingleAsync(member => member.Person.Name == "Ben Keller")).Remove(_app.Clock.Now);
            return await db.SaveChangesAsync();
        });

        Assert.Equal(HttpStatusCode.NotFound, (await _ben.OpenAsync(_link)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _ben.ForgeAsync(_link)).StatusCode);
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_comes_back_to_it()
    {
        var visitor = _app.Visit();

        var start = await visitor.FollowAsync(await visitor.GetAsync(_link));
        var answer = await visitor.PressAsync(start.Find("button[value='billing-admin']"));

        Assert.Equal(_link, answer.LocationOf());
        var page = await visitor.FollowAsync(answer);
        await visitor.PressAsync(page.ButtonOf(_link));
        Assert.Equal(New, (await MemberAsync()).ContactAddress);
    }

    [Fact]
    public async Task It_works_while_communications_cannot_be_read()
    {
        await _app.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE MemberStates RENAME TO Gone"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _ben.GetAsync("/o/alpine-cloud")).StatusCode);

        var page = await _ben.OpenAsync(_link);
        var after = await _ben.FollowAsync(await _ben.PressAsync(page.ButtonOf(_link)));

        Assert.StartsWith("Thank you.", after.TextOf("[role=status]"), StringComparison.Ordinal);
        Assert.Equal(New, (await MemberAsync()).ContactAddress);
    }

    [Fact]
    public async Task The_log_of_the_portal_knows_neither_token_nor_code()
    {
        await _ben.OpenAsync(_link);
        await _ben.ForgeAsync(_link);
        var mail = Assert.Single(ConfirmationMail.AllTo(_app.MailFolder, New));

        var requests = _app.Log.Of<RequestLog>();

        Assert.Contains(requests, line => line.StartsWith("POST verify-contact/{token} answered 302", StringComparison.Ordinal));
        Assert.DoesNotContain(requests, line => line.Contains(mail.Link, StringComparison.Ordinal) || line.Contains(mail.Code, StringComparison.Ordinal));
    }

    private Task<ContactVerification> VerificationAsync() => _app.InDatabaseAsync(db => db.ContactVerifications.SingleAsync());

    private Task<Membership> MemberAsync() => _app.InDatabaseAsync(db => db.Memberships.SingleAsync(member => member.Person.Name == "Ben Keller"));
}
