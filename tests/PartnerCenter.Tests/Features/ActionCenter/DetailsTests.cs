using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.ActionCenter;

public sealed class DetailsTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string ActionCenter = "/o/alpine-cloud/action-center";

    [Fact]
    public async Task They_say_why_I_see_this_by_role_who_granted_it_and_since_when()
    {
        var visitor = await app.SignInAsync("billing-admin");
        var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.TransactionalNotification, "An invoice", RoleCatalogue.BillingAdmin));

        var page = await visitor.OpenAsync($"{ActionCenter}/{id}");

        Assert.Equal("You have the role Billing admin, granted by Anna Winter on 2 July 2025.", page.TextOf("section[aria-labelledby=why] li"));
    }

    [Fact]
    public async Task They_name_the_location_where_the_role_counts()
    {
        var visitor = await app.SignInAsync("referrals");
        var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.TransactionalNotification, "A lead", RoleCatalogue.ReferralsAdmin));

        var page = await visitor.OpenAsync($"{ActionCenter}/{id}");

        Assert.Equal(
            "You have the role Referrals admin for Alpine Cloud Zurich, granted by Anna Winter on 2 July 2025.",
            page.TextOf("section[aria-labelledby=why] li"));
    }

    [Fact]
    public async Task They_give_every_way_by_which_it_reached_me()
    {
        var visitor = await app.SignInAsync("agent");
        var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.TransactionalNotification, "For three reasons", RoleCatalogue.AdminAgent) with
        {
            Roles = ["admin_agent", "sales_agent", "default_user"],
        });

        var page = await visitor.OpenAsync($"{ActionCenter}/{id}");

        Assert.Equal(
            [
                "It is addressed to you as a member of this organization.",
                "You have the role Admin agent, granted by Anna Winter on 2 July 2025.",
                "You have the role Sales agent, granted by Anna Winter on 2 July 2025.",
            ],
            page.TextsOf("section[aria-labelledby=why] li").Order());
    }

    [Fact]
    public async Task They_show_the_text_with_its_markup_and_the_way_to_the_work()
    {
        var visitor = await app.SignInAsync("global-admin");
        var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.RecommendedAction, "Choose a date", RoleCatalogue.GlobalAdmin) with
        {
            Content = Drafts.English("Choose a date", "It must be **soon**.\n\n1. One\n2. Two"),
            DueInDays = 1,
            Link = "https://work.example.com/dates",
        });

        var page = await visitor.OpenAsync($"{ActionCenter}/{id}");

        Assert.Equal("Choose a date", page.Heading);
        Assert.Equal("soon", page.TextOf(".prose strong"));
        Assert.Equal(["One", "Two"], page.TextsOf(".prose ol li"));
        Assert.Equal("1 day left", page.TextOf("article .due"));
        Assert.Equal("Take action", page.TextOf("article a.button"));
        var before = await visitor.OpenAsync(page.Find("article a.button").GetAttribute("href")!);
        Assert.Equal("https://work.example.com/dates", before.Find("main a[href^='https:']").GetAttribute("href"));
    }

    [Fact]
    public async Task Reading_them_lowers_the_badge_once()
    {
        var visitor = await app.SignInAsync("program-admin");
        var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.TransactionalNotification, "Just news", RoleCatalogue.PartnerProgramAdmin));
        var before = Bell.On(await visitor.OpenAsync("/o/alpine-cloud")).Badge;

        var page = await visitor.OpenAsync($"{ActionCenter}/{id}");

        Assert.Equal(before - 1, Bell.On(await visitor.OpenAsync("/o/alpine-cloud")).Badge);
        Assert.Equal("Just news", page.Heading);
        await visitor.OpenAsync($"{ActionCenter}/{id}");
        Assert.Equal(before - 1, Bell.On(await visitor.OpenAsync("/o/alpine-cloud")).Badge);
    }

    [Fact]
    public async Task Reading_an_open_mandatory_action_leaves_the_badge()
    {
        var visitor = await app.SignInAsync("program-admin");
        var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "A duty", RoleCatalogue.PartnerProgramAdmin));
        var before = Bell.On(await visitor.OpenAsync("/o/alpine-cloud")).Badge;

        await visitor.OpenAsync($"{ActionCenter}/{id}");

        Assert.Equal(before, Bell.On(await visitor.OpenAsync("/o/alpine-cloud")).Badge);
    }

    [Fact]
    public async Task What_I_read_is_unread_for_my_colleagues()
    {
        var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.TransactionalNotification, "For everybody", RoleCatalogue.DefaultUser));
        var (reader, colleague) = (await app.SignInAsync("helpdesk"), await app.SignInAsync("newcomer"));

        await reader.OpenAsync($"{ActionCenter}/{id}");

        Assert.False(IsUnread(await reader.OpenAsync($"{ActionCenter}?view=notifications"), id));
        Assert.True(IsUnread(await colleague.OpenAsync($"{ActionCenter}?view=notifications"), id));
    }

    [Fact]
    public async Task What_is_not_for_me_is_not_there_just_as_what_does_not_exist()
    {
        var visitor = await app.SignInAsync("billing-admin");
        var forAgents = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "For agents only", RoleCatalogue.AdminAgent));
        var forOthers = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "For Lowland only", RoleCatalogue.BillingAdmin) with
        {
            Organizations = ["lowland-digital"],
        });
        var unknown = await visitor.OpenAsync($"{ActionCenter}/999999");

        var foreign = await visitor.OpenAsync($"{ActionCenter}/{forAgents}");
        var elsewhere = await visitor.OpenAsync($"{ActionCenter}/{forOthers}");

        Assert.All([unknown, foreign, elsewhere], page => Assert.Equal(HttpStatusCode.NotFound, page.Status));
        Assert.All([foreign, elsewhere], page => Assert.Equal(Anonymous.Html(unknown), Anonymous.Html(page)));
    }

    [Fact]
    public async Task A_link_from_my_other_directory_does_not_work_here()
    {
        var visitor = await app.SignInAsync("two-directories");
        var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.TransactionalNotification, "For Alpine only", RoleCatalogue.AccountAdmin));

        var there = await visitor.OpenAsync($"{ActionCenter}/{id}");
        var here = await visitor.OpenAsync($"/o/lowland-digital/action-center/{id}");

        Assert.Equal(HttpStatusCode.OK, there.Status);
        Assert.Equal(HttpStatusCode.NotFound, here.Status);
    }

    [Fact]
    public async Task What_was_withdrawn_is_not_there_any_more()
    {
        var visitor = await app.SignInAsync("global-admin");
        var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "A mistake", RoleCatalogue.GlobalAdmin));
        await app.InDatabaseAsync(async db =>
        {
            (await db.Communications.Include(communication => communication.Targets).SingleAsync(communication => communication.Id == id))
                .Withdraw(app.Clock.Now);
            return await db.SaveChangesAsync();
        });

        var page = await visitor.OpenAsync($"{ActionCenter}/{id}");

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
    }

    [Theory]
    [InlineData("[click](javascript:alert(1))")]
    [InlineData("[click](JaVaScRiPt:alert(1))")]
    [InlineData("[click](&#106;avascript:alert(1))")]
    [InlineData("[click](data:text/html;base64,PHNjcmlwdD4=)")]
    [InlineData("[click](vbscript:x)")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("<a href='#' onclick='alert(1)'>x</a>")]
    [InlineData("<style>body{display:none}</style>")]
    [InlineData("![pixel](https://tracker.example/pixel.gif)")]
    [InlineData("[x]: javascript:alert(1)\n\n[click][x]")]
    [InlineData("[click](//evil.example)")]
    [InlineData("[click](/\\evil.example)")]
    [InlineData("</div></main><form action=https://evil.example>")]
    public async Task A_hostile_text_is_harmless(string body)
    {
        var visitor = await app.SignInAsync("global-admin");
        var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.TransactionalNotification, "<b>Bold</b>", RoleCatalogue.GlobalAdmin) with
        {
            Content = Drafts.English("<b>Bold</b>", body),
        });

        // The page itself is checked for handlers, inline scripts and javascript: links.
        var page = await visitor.OpenAsync($"{ActionCenter}/{id}");

        Assert.Equal("<b>Bold</b>", page.Heading);
        Assert.False(page.Has(".prose :is(script, img, style, form, iframe, object)"));
        Assert.DoesNotContain(page.FindAll(".prose a[href]"), link => link.GetAttribute("href") is { Length: > 0 });
        Assert.True(page.Has("main .prose"), "The text has not broken out of its place.");
    }

    [Fact]
    public async Task They_open_even_if_nobody_can_write_down_that_they_were_read()
    {
        var reader = await app.SignInAsync("billing-admin");
        var id = await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.TransactionalNotification, "Unforgettable", RoleCatalogue.BillingAdmin));
        await DoAsync("CREATE TRIGGER Full BEFORE INSERT ON MemberStates BEGIN INSERT INTO Nowhere VALUES (1); END");

        using var answer = await reader.GetAsync($"{ActionCenter}/{id}");
        await DoAsync("DROP TRIGGER Full");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Unforgettable", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(IsUnread(await reader.OpenAsync($"{ActionCenter}?view=notifications"), id));
    }

    private Task<int> DoAsync(string sql) => app.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync(sql));

    private static bool IsUnread(Page page, long id) => page.Has($".communication--unread:has(a[href*='/action-center/{id}?'])");
}
