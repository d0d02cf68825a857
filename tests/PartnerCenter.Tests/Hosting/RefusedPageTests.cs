using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Hosting;

/// <summary>A member who may not open a page of their organization is never left with a bare refusal.</summary>
public sealed class RefusedPageTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task It_says_what_the_page_needs_which_roles_give_it_and_whom_to_ask()
    {
        var visitor = await app.SignInAsync("newcomer");

        var page = await visitor.OpenAsync("/o/alpine-cloud/account-settings/access-requests");

        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.Equal("You do not have access to this page", page.Heading);
        Assert.Equal("None of your roles opens it.", page.TextOf(".lead"));
        Assert.Equal("Grant and revoke roles (Account settings)", page.TextOf("[aria-labelledby=needs] p"));
        Assert.Equal(
            ["Global admin", "Account admin", "User management admin", "Security administrator", "Owner", "Manager"],
            page.TextsOf(".askable strong"));
        Assert.True(page.Has("a[href='/o/alpine-cloud/my-access/ask?role=account_admin']"));
        Assert.Contains("Anna Winter", page.TextOf("[aria-labelledby=admins]"), StringComparison.Ordinal);
        Assert.True(page.Has("a[href='mailto:global-admin@demo.example']"));
        Assert.True(page.Has("main a[href='/o/alpine-cloud/my-access']"));
    }

    [Fact]
    public async Task For_the_home_of_a_workspace_it_names_the_roles_that_open_that()
    {
        var visitor = await app.SignInAsync("billing-admin");

        var page = await visitor.OpenAsync("/o/alpine-cloud/workspaces/referrals");

        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.Equal("Any permission in the workspace Referrals", page.TextOf("[aria-labelledby=needs] p"));
        Assert.Contains("Referrals admin", page.TextsOf(".askable strong"));
        Assert.True(page.Has("a[href='/o/alpine-cloud/my-access/ask?workspace=referrals']"));
    }

    [Fact]
    public async Task The_links_lead_to_the_form_that_asks_for_the_role()
    {
        var visitor = await app.SignInAsync("newcomer");
        var page = await visitor.OpenAsync("/o/alpine-cloud/sent-mail");

        var form = await visitor.OpenAsync(page.Find(".askable a").GetAttribute("href")!);

        Assert.True(form.PostsTo("/o/alpine-cloud/my-access/ask"));
        Assert.Equal("global_admin", form.Find("input[name=Role]").GetAttribute("value"));
    }

    [Fact]
    public async Task A_guest_is_not_sent_to_ask_for_what_guests_cannot_have()
    {
        var visitor = await app.SignInAsync("guest");

        var page = await visitor.OpenAsync("/o/alpine-cloud/sent-mail");

        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.False(page.Has(".askable"));
    }

    [Fact]
    public async Task A_form_that_is_refused_gets_the_same_help()
    {
        var visitor = await app.SignInAsync("billing-admin");
        await visitor.OpenAsync("/o/alpine-cloud/my-access");

        var page = await visitor.ReadAsync(await visitor.ForgeAsync("/o/alpine-cloud/account-settings/access-requests/1/deny"));

        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.True(page.Has(".askable"));
    }

    [Fact]
    public async Task A_role_that_has_ended_is_named()
    {
        await using var own = new PortalApp();
        var membership = await own.InDatabaseAsync(db => db.Memberships.SingleAsync(member => member.Person.SignInAddress == "newcomer@demo.example"));
        await new Scenario(own.Services).GrantAsync(membership, RoleCatalogue.GlobalAdmin, own.Clock.GetUtcNow().UtcDateTime.AddDays(-1));
        var visitor = await own.SignInAsync("newcomer");

        var page = await visitor.OpenAsync("/o/alpine-cloud/sent-mail");

        Assert.Equal("No, the role that opened it has ended:", page.TextOf(".lead"));
        Assert.Contains("Global admin (Entire organization), granted by Anna Winter", page.TextOf("[aria-labelledby=needs] ul"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_speaks_the_language_of_the_reader()
    {
        var visitor = await app.SignInAsync("incentives");

        var page = await visitor.OpenAsync("/o/lowland-digital/sent-mail");

        Assert.Equal("U hebt geen toegang tot deze pagina", page.Heading);
        Assert.Equal("nl", page.Language);
        Assert.Equal("Toegang aanvragen: Algemeen beheerder", page.TextOf(".askable a"));
    }
}
