using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;
using static PartnerCenter.Tests.Features.Users.People;

namespace PartnerCenter.Tests.Features.Users;

public sealed class UserPageTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string LastGlobalAdmin =
        "The organization needs a Global admin who is active and whose role has no end date. Give the role to somebody else first.";

    [Fact]
    public async Task It_says_who_the_member_is_and_which_roles_they_have_from_whom()
    {
        var visitor = await app.SignInAsync("program-admin");

        var page = await visitor.OpenAsync(PageOf(await app.IdOfAsync("Gita Rao")));

        Assert.Equal("Gita Rao", page.Heading);
        Assert.Equal(["Business profile admin"], page.TextsOf("tbody th"));
        Assert.Equal(["Entire organization", "Anna Winter", "2 July 2025", "2 July 2026"], page.TextsOf("tbody td"));
        Assert.Equal(
            [
                "guest@demo.example", "None given: mail goes to the sign-in address.", "Agency consultant", "English", "2 July 2025", "No end date",
            ],
            page.TextsOf(".facts dd"));
        Assert.Equal("User management", page.TextOf(".tabs [aria-current]"));
    }

    [Fact]
    public async Task Somebody_who_may_only_look_is_told_who_may_do_more()
    {
        var visitor = await app.SignInAsync("program-admin");
        var id = await app.IdOfAsync("Noa Lind");

        var page = await visitor.OpenAsync(PageOf(id));

        Assert.Contains(
            "Only these roles may block or remove somebody, or bring them back: Global admin, User management admin.", page.Text, StringComparison.Ordinal);
        Assert.False(page.Has("main form"));
        Assert.False(page.Has("#activity"));
        Assert.True(page.Has($"a[href='{PageOf(id)}/permissions']"));
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.ForgeAsync($"{PageOf(id)}/block")).StatusCode);
    }

    [Fact]
    public async Task Whoever_may_not_see_the_roles_of_members_does_not_get_there()
    {
        var visitor = await app.SignInAsync("newcomer");

        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.GetAsync(PageOf(await app.IdOfAsync("Noa Lind")))).StatusCode);
    }

    [Fact]
    public async Task An_administrator_blocks_a_member_after_a_confirmation_and_unblocks_them()
    {
        var id = await app.AddPersonAsync("Blocked Bo", roles: RoleCatalogue.SalesAgent);
        var visitor = await app.SignInAsync("global-admin");
        var page = await visitor.OpenAsync(PageOf(id));

        Assert.Contains("Blocked Bo can no longer open anything", page.TextOf($"details form[action='{PageOf(id)}/block']"), StringComparison.Ordinal);
        var blocked = await visitor.FollowAsync(await visitor.PressAsync(page.ButtonOf($"{PageOf(id)}/block")));

        Assert.Equal("The member is blocked.", blocked.TextOf(".flash"));
        Assert.Equal("Blocked", blocked.TextOf(".pill--disabled"));
        Assert.Equal(MembershipStatus.Disabled, (await app.MembershipAsync(id)).Status);
        Assert.Contains("Blocked a member by Anna Winter", blocked.TextsOf(".user-activity li")[0], StringComparison.Ordinal);

        var back = await visitor.FollowAsync(await visitor.PressAsync(blocked.ButtonOf($"{PageOf(id)}/unblock")));

        Assert.Equal("The member can work here again.", back.TextOf(".flash"));
        Assert.Equal(MembershipStatus.Active, (await app.MembershipAsync(id)).Status);
    }

    [Fact]
    public async Task A_member_who_was_removed_comes_back_with_the_roles_of_before()
    {
        var id = await app.AddPersonAsync("Removed Rosa", roles: RoleCatalogue.SalesAgent);
        var visitor = await app.SignInAsync("global-admin");
        var page = await visitor.OpenAsync(PageOf(id));

        var removed = await visitor.FollowAsync(await visitor.PressAsync(page.ButtonOf($"{PageOf(id)}/remove")));

        Assert.Equal("The member was removed.", removed.TextOf(".flash"));
        Assert.False(removed.Has($"a[href$='roles?member={id}']"));
        Assert.Equal("1 April 2026", removed.TextsOf(".facts dd")[^1]);

        await visitor.PressAsync(removed.ButtonOf($"{PageOf(id)}/restore"));

        var member = await app.MembershipAsync(id);
        Assert.Equal((MembershipStatus.Active, "sales_agent"), (member.Status, member.Roles.Single().Role));
    }

    [Fact]
    public async Task A_member_who_was_removed_too_long_ago_stays_away_and_the_page_says_why()
    {
        var id = await app.AddPersonAsync("Far Fay", member => member.Remove(app.Now().AddDays(-30)));
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync(PageOf(id));

        Assert.Equal("The member was removed more than 30 days ago. Invite the person again.", page.TextOf("#why-restore"));
        Assert.False(page.PostsTo($"{PageOf(id)}/restore"));
        Assert.Equal(HttpStatusCode.Conflict, (await visitor.ForgeAsync($"{PageOf(id)}/restore")).StatusCode);
    }

    [Fact]
    public async Task An_invitation_is_sent_again_and_withdrawn_and_makes_nobody_a_member_afterwards()
    {
        var id = await app.InvitePersonAsync("Invited Ida");
        var visitor = await app.SignInAsync("global-admin");
        var page = await visitor.OpenAsync(PageOf(id));
        Assert.Equal(["Send the invitation again", "Withdraw the invitation"], page.TextsOf(".user-verb button"));
        Assert.Contains("16 March 2026", page.TextsOf(".facts dd"));

        var sent = await visitor.FollowAsync(await visitor.PressAsync(page.ButtonOf($"{PageOf(id)}/resend")));
        var withdrawn = await visitor.FollowAsync(await visitor.PressAsync(sent.ButtonOf($"{PageOf(id)}/withdraw")));

        Assert.Equal("The invitation was sent again.", sent.TextOf(".flash"));
        Assert.Equal("The invitation was withdrawn.", withdrawn.TextOf(".flash"));
        Assert.False(withdrawn.Has("main form"));
        Assert.DoesNotContain("Ida", withdrawn.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await visitor.ForgeAsync($"{PageOf(id)}/restore")).StatusCode);
        Assert.Equal(MembershipStatus.Removed, (await app.MembershipAsync(id)).Status);
        var invitations = await app.InDatabaseAsync(db => db.Communications.Where(mail => mail.Topic == $"invitation/{id}").ToListAsync());
        Assert.NotEmpty(invitations);
        Assert.All(invitations, invitation => Assert.NotNull(invitation.WithdrawnAt));
    }

    [Fact]
    public async Task The_activity_log_does_not_name_somebody_who_has_not_joined()
    {
        var id = await app.InvitePersonAsync("Logged Lou");
        var visitor = await app.SignInAsync("global-admin");
        var page = await visitor.OpenAsync(PageOf(id));

        await visitor.PressAsync(page.ButtonOf($"{PageOf(id)}/resend"));

        var entry = await app.InDatabaseAsync(db => db.AuditEntries.SingleAsync(entry => entry.SubjectMembershipId == id));
        Assert.Equal(AuditAction.InvitationResent, entry.Action);
        Assert.EndsWith("@people.example", entry.Subject, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("block")]
    [InlineData("remove")]
    public async Task The_last_global_admin_stays_and_the_page_says_why(string verb)
    {
        var visitor = await app.SignInAsync("dutch-admin");
        var id = await app.IdOfAsync("Sanne de Vries", Lowland);
        var address = PageOf(id, Lowland);

        var page = await visitor.OpenAsync(address);
        var answer = await visitor.ForgeAsync($"{address}/{verb}");

        Assert.True(page.Find($"button[aria-describedby=why-{verb}]").HasAttribute("disabled"));
        Assert.StartsWith("De organisatie heeft een", page.TextOf($"#why-{verb}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains(page.TextOf($"#why-{verb}"), (await visitor.ReadAsync(answer)).Text, StringComparison.Ordinal);
        Assert.Equal(MembershipStatus.Active, (await app.MembershipAsync(id)).Status);
    }

    [Fact]
    public async Task The_sentence_for_the_last_global_admin_is_the_rules_own()
    {
        var visitor = await app.SignInAsync("publisher");
        var address = PageOf(await app.IdOfAsync("Omar Haddad", "harbor-apps"), "harbor-apps");

        var page = await visitor.OpenAsync(address);

        Assert.Equal(LastGlobalAdmin, page.TextOf("#why-block"));
        Assert.Equal(LastGlobalAdmin, page.TextOf("#why-remove"));
    }

    [Fact]
    public async Task Nobody_keeps_out_somebody_whose_roles_they_may_not_take()
    {
        var visitor = await app.SignInAsync("two-directories");
        var id = await app.IdOfAsync("Sanne de Vries", Lowland);
        var address = PageOf(id, Lowland);

        var page = await visitor.OpenAsync(address);

        Assert.Equal("None of your roles may take away the role Global admin.", page.TextOf("#why-block"));
        Assert.Equal(HttpStatusCode.Conflict, (await visitor.ForgeAsync($"{address}/block")).StatusCode);
        Assert.False(page.Has("#activity"));
    }

    [Theory]
    [InlineData("resend")]
    [InlineData("withdraw")]
    [InlineData("unblock")]
    [InlineData("restore")]
    public async Task A_verb_that_does_not_fit_is_refused(string verb)
    {
        var visitor = await app.SignInAsync("global-admin");
        var address = PageOf(await app.IdOfAsync("Noa Lind"));
        await visitor.OpenAsync(address);

        Assert.Equal(HttpStatusCode.Conflict, (await visitor.ForgeAsync($"{address}/{verb}")).StatusCode);
    }

    [Fact]
    public async Task The_last_day_of_a_guest_is_moved_and_taken_away()
    {
        var id = await app.AddPersonAsync("Guest Gil", member => member.BecomeGuest());
        var visitor = await app.SignInAsync("global-admin");
        var page = await visitor.OpenAsync(PageOf(id));

        var moved = await visitor.FollowAsync(await visitor.PressAsync(page.ButtonOf($"{PageOf(id)}/guest-end"), ("LastDay", "2026-06-30")));

        Assert.Equal("The last day was changed.", moved.TextOf(".flash"));
        Assert.Equal("2026-06-30", moved.Find("#LastDay").GetAttribute("value"));
        Assert.Equal("30 June 2026", moved.TextsOf(".facts dd")[^1]);
        Assert.True((await app.MembershipAsync(id)).IsActiveAt(new DateTime(2026, 6, 30, 23, 0, 0, DateTimeKind.Utc)));
        Assert.False((await app.MembershipAsync(id)).IsActiveAt(new DateTime(2026, 7, 1, 0, 0, 0, DateTimeKind.Utc)));

        await visitor.PressAsync(moved.ButtonOf($"{PageOf(id)}/guest-end"), ("LastDay", ""));

        Assert.Null((await app.MembershipAsync(id)).EndsAt);
    }

    [Theory]
    [InlineData("2026-03-01", "Choose an end date in the future.")]
    [InlineData("tomorrow", "“tomorrow” is not what this field takes.")]
    public async Task A_last_day_that_cannot_be_is_refused_at_the_field_and_kept_there(string typed, string sentence)
    {
        var id = await app.AddPersonAsync("Guest Gus", member => member.BecomeGuest());
        var visitor = await app.SignInAsync("global-admin");
        var page = await visitor.OpenAsync(PageOf(id));

        var answer = await visitor.ReadAsync(await visitor.PressAsync(page.ButtonOf($"{PageOf(id)}/guest-end"), ("LastDay", typed)));

        Assert.Equal($"Error: {sentence}", answer.TextOf("#LastDay-error"));
        Assert.Equal(typed, answer.Find("#LastDay").GetAttribute("value"));
        Assert.Equal("#LastDay", answer.Find(".error-summary a").GetAttribute("href"));
        Assert.Null((await app.MembershipAsync(id)).EndsAt);
    }

    [Fact]
    public async Task Nobody_moves_the_end_of_a_guest_whose_roles_they_may_not_take()
    {
        var id = await app.AddPersonAsync("Guest Gwen", member => member.BecomeGuest(), Lowland, RoleCatalogue.AccountAdmin);
        var visitor = await app.SignInAsync("two-directories");

        var page = await visitor.OpenAsync(PageOf(id, Lowland));
        var answer = await visitor.ForgeAsync($"{PageOf(id, Lowland)}/guest-end", ("LastDay", "2026-03-03"));

        Assert.True(page.Find("#LastDay").HasAttribute("disabled"));
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Null((await app.MembershipAsync(id)).EndsAt);
    }

    [Fact]
    public async Task Somebody_who_is_no_guest_has_no_last_day()
    {
        var visitor = await app.SignInAsync("global-admin");
        var address = PageOf(await app.IdOfAsync("Noa Lind"));

        Assert.False((await visitor.OpenAsync(address)).Has("#LastDay"));
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.ForgeAsync($"{address}/guest-end", ("LastDay", "2027-01-01"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.ForgeAsync($"{address}/guest-end", ("LastDay", "never"))).StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/block")]
    [InlineData("/unblock")]
    [InlineData("/remove")]
    [InlineData("/restore")]
    [InlineData("/resend")]
    [InlineData("/withdraw")]
    [InlineData("/guest-end")]
    public async Task A_member_of_another_organization_and_nobody_at_all_are_the_same(string verb)
    {
        var visitor = await app.SignInAsync("global-admin");
        await visitor.OpenAsync(ListOf(Alpine));
        var foreign = await app.IdOfAsync("Omar Haddad", "harbor-apps");

        var (one, other) = (await AskAsync(foreign), await AskAsync(999_999));

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (one.Status, other.Status));
        Assert.Equal(WithoutTrace(one), WithoutTrace(other));

        async Task<Page> AskAsync(int id) => await visitor.ReadAsync(
            verb.Length == 0 ? await visitor.GetAsync(PageOf(id)) : await visitor.ForgeAsync(PageOf(id) + verb));
    }

    [Fact]
    public async Task Whoever_removes_themselves_is_sent_home()
    {
        var visitor = await app.SignInAsync("helpdesk");
        var id = await app.IdOfAsync("Dario Frei");
        await app.InDatabaseAsync(async db =>
        {
            var me = await db.Memberships.Include(member => member.Roles).SingleAsync(member => member.Id == id);
            me.Grant(RoleCatalogue.GlobalAdmin, "Test", app.Now());
            return await db.SaveChangesAsync();
        });
        var page = await visitor.OpenAsync(PageOf(id));

        var answer = await visitor.PressAsync(page.ButtonOf($"{PageOf(id)}/remove"));

        Assert.Equal("/", answer.LocationOf());
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/o/alpine-cloud")).StatusCode);
    }

    private static string PageOf(int id, string organization = Alpine) => $"{ListOf(organization)}/{id}";

    private static string WithoutTrace(Page page) => page.TextOf("main").Split("Code for support")[0];
}
