using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Tests.Support;
using static PartnerCenter.Tests.Features.Users.People;

namespace PartnerCenter.Tests.Features.Users;

/// <summary>An administrator signs a member out everywhere.</summary>
public sealed class EndingSessionsTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Home = "/o/alpine-cloud";

    [Fact]
    public async Task Whoever_manages_users_ends_the_sessions_of_a_member_after_a_confirmation()
    {
        var (id, member) = await ArriveAsync("Signed Sam");
        var second = await app.ArriveAsync(await AddressOfAsync(id));
        var admin = await app.SignInAsync("global-admin");
        var page = await admin.OpenAsync(PageOf(id));

        Assert.Contains("Signed Sam is signed out in every browser", page.TextOf($"details form[action='{PageOf(id)}/end-sessions']"), StringComparison.Ordinal);
        var done = await admin.FollowAsync(await admin.PressAsync(page.ButtonOf($"{PageOf(id)}/end-sessions")));

        Assert.Equal("The member is signed out everywhere.", done.TextOf(".flash"));
        Assert.All(new[] { await member.GetAsync(Home), await second.GetAsync(Home) }, answer => Assert.Equal(HttpStatusCode.Found, answer.StatusCode));
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync(Home)).StatusCode);
        var entry = await app.InDatabaseAsync(db => db.AuditEntries.SingleAsync(entry => entry.SubjectMembershipId == id && entry.Action == AuditAction.SessionsEnded));
        Assert.Equal("Anna Winter", entry.Actor);
        Assert.Contains("Signed somebody out everywhere by Anna Winter", done.TextsOf(".user-activity li")[0], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await (await app.ArriveAsync(await AddressOfAsync(id))).GetAsync(Home)).StatusCode);
    }

    [Fact]
    public async Task Whose_roles_one_may_not_change_one_does_not_sign_out_either()
    {
        var (_, manager) = await ArriveAsync("User Manager", RoleCatalogue.UserManagementAdmin);
        var (id, admin) = await ArriveAsync("Other Global Admin", RoleCatalogue.GlobalAdmin);
        var page = await manager.OpenAsync(PageOf(id));

        Assert.False(page.PostsTo($"{PageOf(id)}/end-sessions"));
        Assert.True(page.Has("#why-end-sessions"));
        Assert.Equal(HttpStatusCode.Conflict, (await manager.ForgeAsync($"{PageOf(id)}/end-sessions")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync(Home)).StatusCode);
    }

    [Fact]
    public async Task Whoever_does_not_manage_users_ends_nobodys()
    {
        var (id, member) = await ArriveAsync("Left Alone");
        var visitor = await app.SignInAsync("program-admin");
        await visitor.OpenAsync(PageOf(id));

        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.ForgeAsync($"{PageOf(id)}/end-sessions")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await member.GetAsync(Home)).StatusCode);
    }

    // Otherwise an invitation to somebody would be enough to sign them out of the organization that they work in.
    [Fact]
    public async Task Somebody_who_was_only_invited_is_not_signed_out()
    {
        var id = await app.InvitePersonAsync("Invited Ina");
        var admin = await app.SignInAsync("global-admin");
        var page = await admin.OpenAsync(PageOf(id));
        var invited = await app.SignInAsync(await AddressOfAsync(id));

        Assert.False(page.PostsTo($"{PageOf(id)}/end-sessions"));
        Assert.Equal(HttpStatusCode.Conflict, (await admin.ForgeAsync($"{PageOf(id)}/end-sessions")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await invited.GetAsync("/my-profile")).StatusCode);
    }

    private async Task<(int Id, Visitor Visitor)> ArriveAsync(string name, params Role[] roles)
    {
        var id = await app.AddPersonAsync(name, roles: roles);
        return (id, await app.ArriveAsync(await AddressOfAsync(id)));
    }

    private async Task<string> AddressOfAsync(int id) => (await app.MembershipAsync(id)).Person.SignInAddress;

    private static string PageOf(int id) => $"{ListOf(Alpine)}/{id}";
}
