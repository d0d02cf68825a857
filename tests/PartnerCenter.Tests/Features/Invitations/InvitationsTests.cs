using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.Invitations;

public sealed class InvitationsTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Add = "/o/alpine-cloud/account-settings/users/add";
    private const string Invitation = "/invitations/alpine-cloud";
    private const string Accept = "/invitations/alpine-cloud/accept";
    private const string Decline = "/invitations/alpine-cloud/decline";

    [Fact]
    public async Task It_says_who_invites_to_what_as_what_and_until_when()
    {
        await InviteAsync("says@invited.example", ("AsGuest", "true"), ("GuestUntil", "2026-06-30"), ("Roles", "billing_admin"));

        var page = await (await app.SignInAsync("says@invited.example")).OpenAsync(Invitation);

        Assert.Equal("Invitation to Alpine Cloud", page.Heading);
        Assert.Equal("Anna Winter asks you to join Alpine Cloud.", page.TextOf(".lead"));
        Assert.Equal(["Alpine Cloud", "Anna Winter", "Guest until 30 June 2026", "16 March 2026", "says@invited.example"], page.TextsOf("dl dd"));
        Assert.Contains("Billing admin", page.TextOf("main section li"), StringComparison.Ordinal);
        Assert.True(page.PostsTo(Accept) && page.PostsTo(Decline));
    }

    [Fact]
    public async Task Whoever_accepts_is_a_member_and_lands_in_the_organization()
    {
        await InviteAsync("yes@invited.example", ("Roles", "billing_admin"));
        var visitor = await app.SignInAsync("yes@invited.example");
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync("/o/alpine-cloud")).Status);
        var page = await visitor.OpenAsync(Invitation);

        var answer = await visitor.PressAsync(page.ButtonOf(Accept), ("Name", "  Yes  Sayer "));

        Assert.Equal("/o/alpine-cloud", answer.LocationOf());
        var first = await visitor.FollowAsync(await visitor.GetAsync("/o/alpine-cloud"));
        Assert.Equal(("Set up your notifications", "You are a member of Alpine Cloud now."), (first.Heading, first.TextOf("[role=status]")));
        Assert.Equal(HttpStatusCode.OK, (await visitor.OpenAsync("/o/alpine-cloud/workspaces/billing")).Status);
        var member = await FindAsync("yes@invited.example");
        Assert.Equal((MembershipStatus.Active, "Yes Sayer"), (member.Status, member.Person.Name));
        var entry = await app.InDatabaseAsync(db => db.AuditEntries.SingleAsync(entry => entry.Action == AuditAction.InvitationAccepted && entry.SubjectMembershipId == member.Id));
        Assert.Equal(("Yes Sayer", member.Id), (entry.Subject, entry.ActorMembershipId));
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync(Invitation)).Status);
    }

    [Fact]
    public async Task Whoever_declines_is_no_member_and_keeps_nothing()
    {
        await InviteAsync("no@invited.example", ("Roles", "billing_admin"));
        var visitor = await app.SignInAsync("no@invited.example");
        var page = await visitor.OpenAsync(Invitation);

        var answer = await visitor.PressAsync(page.ButtonOf(Decline));

        Assert.Equal("/", answer.LocationOf());
        var home = await visitor.FollowAsync(await visitor.GetAsync("/"));
        Assert.Equal("You belong to no organization yet", home.Heading);
        Assert.Equal("You declined the invitation to Alpine Cloud.", home.TextOf("[role=status]"));
        var declined = await FindAsync("no@invited.example");
        Assert.Equal(MembershipStatus.Removed, declined.Status);
        Assert.Empty(declined.Roles);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.ForgeAsync(Accept)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync("/o/alpine-cloud")).Status);
    }

    [Fact]
    public async Task To_everybody_else_it_is_not_there()
    {
        await InviteAsync("mine@invited.example");
        var other = await app.SignInAsync("publisher");
        await other.OpenAsync("/o/harbor-apps");

        var foreign = await other.OpenAsync(Invitation);
        var unknown = await other.OpenAsync("/invitations/no-such-organization");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (foreign.Status, unknown.Status));
        Assert.Equal(Anonymous.Html(unknown), Anonymous.Html(foreign));
        Assert.Equal(HttpStatusCode.NotFound, (await other.ForgeAsync(Accept)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.ForgeAsync(Decline)).StatusCode);
        Assert.Equal(MembershipStatus.Invited, (await FindAsync("mine@invited.example")).Status);
    }

    [Fact]
    public async Task The_link_of_the_mail_leads_through_the_sign_in_back_to_it()
    {
        await InviteAsync("link@invited.example");
        var visitor = app.Visit();

        var start = await visitor.FollowAsync(await visitor.GetAsync(Invitation));
        var answer = await visitor.PressAsync(start.Find("button[value='link@invited.example']"));

        Assert.Equal(Invitation, answer.LocationOf());
    }

    [Fact]
    public async Task Somebody_without_an_organization_is_led_to_it_and_a_member_finds_it_in_their_menu()
    {
        await InviteAsync("home@invited.example, developer@demo.example");

        Assert.Equal(Invitation, (await (await app.SignInAsync("home@invited.example")).GetAsync("/")).LocationOf());
        var member = await app.SignInAsync("developer");
        var home = await member.FollowAsync(await member.GetAsync("/"));
        Assert.Equal("Alpine Cloud", home.TextOf($".menu-panel a[href='{Invitation}']"));
        var page = await member.OpenAsync(Invitation);
        Assert.False(page.Has("#Name"), "Whoever has a name elsewhere is not asked for one.");
        await member.PressAsync(page.ButtonOf(Accept), ("Name", "Forged Name"));
        Assert.Equal("Priya Nair", (await app.InDatabaseAsync(db => db.People.SingleAsync(person => person.SignInAddress == "developer@demo.example"))).Name);
    }

    [Fact]
    public async Task A_name_that_is_too_long_comes_back_with_what_is_wrong()
    {
        await InviteAsync("long@invited.example");
        var visitor = await app.SignInAsync("long@invited.example");
        var page = await visitor.OpenAsync(Invitation);

        var again = await visitor.ReadAsync(await visitor.PressAsync(page.ButtonOf(Accept), ("Name", new string('x', 201))));

        Assert.Equal("#Name", again.Find(".error-summary a").GetAttribute("href"));
        Assert.Equal(MembershipStatus.Invited, (await FindAsync("long@invited.example")).Status);
    }

    private async Task InviteAsync(string addresses, params (string Name, string? Value)[] typed)
    {
        var admin = await app.SignInAsync("global-admin");
        var page = await admin.OpenAsync(Add);
        await admin.PressAsync(page.ButtonOf(Add), [("Addresses", addresses), .. typed]);
    }

    private Task<Membership> FindAsync(string address) => app.InDatabaseAsync(db => db.Memberships
        .Include(member => member.Person)
        .Include(member => member.Roles)
        .SingleAsync(member => member.Person.SignInAddress == address));
}

/// <summary>Moves the clock, so it has a portal of its own.</summary>
public sealed class ExpiredInvitationTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task An_invitation_that_has_expired_says_so_and_whom_to_ask()
    {
        const string Add = "/o/alpine-cloud/account-settings/users/add";
        var admin = await app.SignInAsync("global-admin");
        await admin.PressAsync((await admin.OpenAsync(Add)).ButtonOf(Add), ("Addresses", "late@invited.example"));
        app.Clock.Advance(TimeSpan.FromDays(14));
        var visitor = await app.SignInAsync("late@invited.example");

        var page = await visitor.OpenAsync("/invitations/alpine-cloud");
        var answer = await visitor.ReadAsync(await visitor.ForgeAsync("/invitations/alpine-cloud/accept"));

        Assert.Equal("This invitation has expired. Ask Anna Winter to send it again.", page.TextOf(".notice"));
        Assert.False(page.PostsTo("/invitations/alpine-cloud/accept"));
        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Contains("The invitation has expired.", answer.Text, StringComparison.Ordinal);
    }
}
