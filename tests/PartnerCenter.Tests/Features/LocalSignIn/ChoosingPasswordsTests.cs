using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.LocalSignIn;

/// <summary>How the link of an invitation becomes an account with a password, and how not.</summary>
public sealed class ChoosingPasswordsTests(LocalApp app) : IClassFixture<LocalApp>
{
    [Fact]
    public async Task The_link_of_an_invitation_leads_to_choosing_a_password_and_in()
    {
        var (address, link) = await app.InviteAsync();
        var visitor = app.Visit();
        visitor.Keep(LocalApp.Session, "planted");
        var page = await visitor.OpenAsync(link);
        Assert.Equal("Join Alpine Cloud", page.Heading);
        Assert.Equal(address, page.Find("input[autocomplete=username]").GetAttribute("value"));
        Assert.Equal(2, page.FindAll("input[type=password][autocomplete=new-password]").Count);

        var answer = await visitor.PressAsync(page.ButtonOf(link), ("Password", LocalApp.Password), ("Repeat", LocalApp.Password));

        Assert.Equal(link, answer.LocationOf());
        Assert.NotEqual("planted", visitor.Cookies[LocalApp.Session]);
        Assert.Equal(address, await app.AddressOfAsync(visitor));
        Assert.Equal("/invitations/alpine-cloud", (await visitor.GetAsync(link)).LocationOf());
        Assert.Equal("Invitation to Alpine Cloud", (await visitor.OpenAsync("/invitations/alpine-cloud")).Heading);
        Assert.DoesNotContain(LocalApp.Password, (await app.AccountAsync(address)).PasswordHash, StringComparison.Ordinal);
    }

    [Fact]
    public async Task To_look_at_the_link_changes_nothing_and_it_works_once()
    {
        var (address, link) = await app.InviteAsync();
        for (var look = 0; look < 5; look++)
            Assert.Equal(HttpStatusCode.OK, (await app.Visit().OpenAsync(link)).Status);
        var (first, second) = (app.Visit(), app.Visit());
        var open = await second.OpenAsync(link);
        await LocalApp.ChooseAsync(first, link, LocalApp.Password);

        var late = await second.PressAsync(open.ButtonOf(link), ("Password", "other words entirely here"), ("Repeat", "other words entirely here"));

        Assert.Equal(link, late.LocationOf());
        Assert.DoesNotContain(LocalApp.Session, second.Cookies.Keys);
        Assert.Equal("/invitations/alpine-cloud", (await second.GetAsync(link)).LocationOf());
        Assert.Equal(HttpStatusCode.OK, (await LocalApp.EnterAsync(app.Visit(), address, "other words entirely here")).StatusCode);
    }

    [Fact]
    public async Task Of_two_who_use_it_at_one_instant_one_gets_in()
    {
        var (_, link) = await app.InviteAsync();
        var visitors = Enumerable.Range(0, 4).Select(_ => app.Visit()).ToList();
        var pages = new List<Page>();
        foreach (var visitor in visitors)
            pages.Add(await visitor.OpenAsync(link));

        await Task.WhenAll(visitors.Zip(pages, (visitor, page) => visitor.PressAsync(page.ButtonOf(link), ("Password", LocalApp.Password), ("Repeat", LocalApp.Password))));

        Assert.Single(visitors, visitor => visitor.Cookies.ContainsKey(LocalApp.Session));
    }

    [Theory]
    [InlineData("", "", "Choose a password.")]
    [InlineData("short words", "short words", "A password has at least 12 characters")]
    [InlineData("Password2026!", "Password2026!", "is among the first that somebody would try")]
    [InlineData("alpine-cloud-2026", "alpine-cloud-2026", "which others know")]
    [InlineData(LocalApp.Password, "kettle orbit marmelade", "This is not what you typed above.")]
    public async Task What_can_be_no_password_is_refused_beside_its_field_and_never_shown_again(string password, string repeat, string sentence)
    {
        var (address, link) = await app.InviteAsync();
        var visitor = app.Visit();

        var page = await visitor.ReadAsync(await LocalApp.ChooseAsync(visitor, link, password, repeat));

        Assert.Contains(sentence, page.TextOf(".error-summary"), StringComparison.Ordinal);
        Assert.Contains(sentence, page.TextOf("p.error"), StringComparison.Ordinal);
        Assert.All(page.FindAll("input[type=password]"), field => Assert.Null(field.GetAttribute("value")));
        Assert.DoesNotContain(LocalApp.Session, visitor.Cookies.Keys);
        Assert.False(await app.InDatabaseAsync(db => db.LocalAccounts.AnyAsync(account => account.Person.SignInAddress == address)));
    }

    [Fact]
    public async Task Every_sign_of_a_password_counts_spaces_at_its_ends_too()
    {
        const string Odd = "  Ünïcode 🦊 <b>&amp;\"' ends in space ";
        var (address, link) = await app.InviteAsync();
        await LocalApp.ChooseAsync(app.Visit(), link, Odd);

        Assert.Equal(HttpStatusCode.OK, (await LocalApp.EnterAsync(app.Visit(), address, Odd.Trim())).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await LocalApp.EnterAsync(app.Visit(), address, Odd)).StatusCode);
    }

    [Fact]
    public async Task A_link_ends_with_its_invitation_and_a_made_up_one_is_not_there()
    {
        var (address, link) = await app.InviteAsync();
        var visitor = app.Visit();
        var open = await visitor.OpenAsync(link);
        await app.InDatabaseAsync(async db =>
        {
            (await db.Memberships.SingleAsync(member => member.Person.SignInAddress == address)).Withdraw(app.Clock.Now);
            return await db.SaveChangesAsync();
        });

        await visitor.PressAsync(open.ButtonOf(link), ("Password", LocalApp.Password), ("Repeat", LocalApp.Password));

        var page = await visitor.OpenAsync(link);
        Assert.Equal("This link is over", page.Heading);
        Assert.False(page.Has("input[type=password]"));
        Assert.DoesNotContain(LocalApp.Session, visitor.Cookies.Keys);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.ForgeAsync("/join/made-up", ("Password", LocalApp.Password), ("Repeat", LocalApp.Password))).StatusCode);
    }

    [Fact]
    public async Task Choosing_and_changing_stand_in_the_activity_log()
    {
        var (address, visitor) = await app.JoinAsync();
        var form = await visitor.OpenAsync("/my-profile/password");
        await visitor.PressAsync(form.ButtonOf("/my-profile/password"), ("Current", LocalApp.Password), ("Password", "violin harbour teaspoon"), ("Repeat", "violin harbour teaspoon"));

        var member = await app.InDatabaseAsync(db => db.Memberships.SingleAsync(member => member.Person.SignInAddress == address));
        Assert.True(await app.InDatabaseAsync(db => db.AuditEntries.AnyAsync(entry => entry.Action == AuditAction.PasswordChanged && entry.SubjectMembershipId == member.Id && entry.ActorMembershipId == member.Id)));
    }
}
