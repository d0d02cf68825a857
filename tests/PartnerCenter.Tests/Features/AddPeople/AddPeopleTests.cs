using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.AddPeople;

public sealed class AddPeopleTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Add = "/o/alpine-cloud/account-settings/users/add";

    [Fact]
    public async Task Several_people_are_invited_at_once_with_roles_and_language()
    {
        var visitor = await app.SignInAsync("global-admin");

        var answer = await InviteAsync(visitor, "one@new.example, two@new.example;three@new.example\r\n TWO@new.example \n", ("Language", "nl"), ("Roles", "billing_admin"), ("Roles", "owner"));

        Assert.Equal("3 people are invited.", (await visitor.FollowAsync(answer)).TextOf("[role=status]"));
        var invited = await FindAsync("@new.example");
        Assert.Equal(["one@new.example", "three@new.example", "two@new.example"], invited.Select(member => member.Person.SignInAddress).Order());
        Assert.All(invited, member =>
        {
            Assert.Equal((MembershipStatus.Invited, "Anna Winter", "nl", false), (member.Status, member.InvitedBy, member.EmailLanguage, member.IsGuest));
            Assert.Equal(["billing_admin", "owner"], member.Roles.Select(grant => grant.Role).Order());
        });
    }

    [Fact]
    public async Task A_guest_comes_for_a_time()
    {
        var visitor = await app.SignInAsync("global-admin");

        await InviteAsync(visitor, "guest@guests.example", ("AsGuest", "true"), ("GuestUntil", "2026-06-30"), ("Roles", "owner"));

        var guest = Assert.Single(await FindAsync("@guests.example"));
        Assert.Equal((true, LastDay.EndOf(new DateOnly(2026, 6, 30))), (guest.IsGuest, guest.EndsAt));
    }

    [Fact]
    public async Task Whoever_cannot_be_invited_stays_in_the_form_with_the_reason_and_the_others_go_out()
    {
        var visitor = await app.SignInAsync("global-admin");
        await InviteAsync(visitor, "twice@failed.example");
        await app.InDatabaseAsync(async db =>
        {
            var blocked = await db.Memberships.SingleAsync(member => member.Person.SignInAddress == "helpdesk@demo.example");
            blocked.Disable(app.Clock.GetUtcNow().UtcDateTime);
            return await db.SaveChangesAsync();
        });

        var page = await visitor.ReadAsync(await InviteAsync(visitor, "fresh@failed.example\nbilling-admin@demo.example\ntwice@failed.example\nhelpdesk@demo.example", ("Roles", "owner")));

        Assert.Equal("1 person is invited.", page.TextOf("[role=status]"));
        Assert.Equal("billing-admin@demo.example\ntwice@failed.example\nhelpdesk@demo.example", page.Find("#Addresses").TextContent);
        Assert.Equal(
            [
                "Mail addresses: billing-admin@demo.example: The person is a member already.",
                "Mail addresses: twice@failed.example: The person is invited already. You can send the invitation again under User management.",
                "Mail addresses: helpdesk@demo.example: The person is a member who is blocked. Unblock them under User management.",
            ],
            page.TextsOf(".error-summary a"));
        Assert.True(page.Has("#role-owner[checked]"));
        Assert.Equal(2, (await FindAsync("@failed.example")).Count);
    }

    [Theory]
    [InlineData("", "#Addresses")]
    [InlineData(" ,;\n", "#Addresses")]
    [InlineData("fine@wrong.example, not an address", "#Addresses")]
    [InlineData("a@wrong.example\nb@wrong.example\nc@wrong.example\nd@wrong.example\ne@wrong.example\nf@wrong.example\ng@wrong.example\nh@wrong.example\ni@wrong.example\nj@wrong.example\nk@wrong.example", "#Addresses")]
    [InlineData("fine@wrong.example", "#Language", "Language", "de")]
    [InlineData("fine@wrong.example", "#Roles", "Roles", "no_such_role")]
    [InlineData("fine@wrong.example", "#Roles", "Roles", "default_user")]
    [InlineData("fine@wrong.example", "#GuestUntil", "GuestUntil", "2027-01-01")]
    [InlineData("fine@wrong.example", "#GuestUntil", "GuestUntil", "2026-03-01", "AsGuest", "true")]
    [InlineData("fine@wrong.example", "#GuestUntil", "GuestUntil", "tomorrow", "AsGuest", "true")]
    [InlineData("fine@wrong.example", "#Roles", "Roles", "global_admin", "AsGuest", "true")]
    public async Task What_is_wrong_is_said_at_its_field_and_nobody_is_invited(string addresses, string field, params string[] typed)
    {
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.ReadAsync(await InviteAsync(visitor, addresses, [.. typed.Chunk(2).Select(pair => (pair[0], (string?)pair[1]))]));

        Assert.Equal(field, page.Find(".error-summary a").GetAttribute("href"));
        Assert.Equal(addresses.Trim(), page.Find("#Addresses").TextContent.Trim());
        Assert.Empty(await FindAsync("@wrong.example"));
    }

    [Fact]
    public async Task Only_the_roles_that_one_may_grant_are_offered_and_taken()
    {
        var visitor = await app.SignInAsync("two-directories");
        const string There = "/o/lowland-digital/account-settings/users/add";
        var page = await visitor.OpenAsync(There);

        Assert.Equal(
            ["user_management_admin", "billing_admin", "admin_agent", "sales_agent", "helpdesk_agent"],
            page.FindAll("input[name=Roles]").Select(box => box.GetAttribute("value")));
        Assert.Equal(["Organization roles", "Customer service roles"], page.TextsOf(".choice-group-name"));

        var refused = await visitor.ReadAsync(await visitor.ForgeAsync(There, ("Addresses", "x@above.example"), ("Language", "en"), ("Roles", "global_admin")));

        Assert.Equal("Roles: None of your roles may grant the role Global admin.", refused.TextOf(".error-summary a"));
        Assert.Empty(await FindAsync("@above.example"));
    }

    [Theory]
    [InlineData("billing-admin", "/o/alpine-cloud")]
    [InlineData("newcomer", "/o/alpine-cloud")]
    [InlineData("two-directories", "/o/alpine-cloud")]
    public async Task Whoever_does_not_manage_people_is_refused(string person, string home)
    {
        var visitor = await app.ArriveAsync(person);
        await visitor.OpenAsync(home);

        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.OpenAsync(Add)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.ForgeAsync(Add, ("Addresses", "x@refused.example"), ("Language", "en"))).StatusCode);
        Assert.Empty(await FindAsync("@refused.example"));
    }

    [Theory]
    [InlineData("en", "Hello mailed-en@mails.example,", "asks you to join")]
    [InlineData("nl", "Beste mailed-nl@mails.example,", "vraagt u om deel te nemen")]
    public async Task The_invitation_arrives_as_a_mail_in_its_language_with_a_link(string language, string greeting, string body)
    {
        var visitor = await app.SignInAsync("global-admin");
        var address = $"mailed-{language}@mails.example";
        await InviteAsync(visitor, address, ("Language", language));

        await app.SendMailsAsync();

        var mail = Assert.Single(Directory.EnumerateFiles(app.MailFolder, "*.eml").Select(File.ReadAllText), text => text.Contains($"To: {address}", StringComparison.Ordinal));
        Assert.Contains("http://localhost:5080/join/", mail, StringComparison.Ordinal);
        var sent = await visitor.OpenAsync("/o/alpine-cloud/sent-mail");
        var row = Assert.Single(sent.FindAll(".mails > li"), item => item.TextContent.Contains(address, StringComparison.Ordinal));
        Assert.Equal("Sent", row.QuerySelector(".pill--good")!.TextContent);
        Assert.Contains(greeting, row.QuerySelector("pre")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(body, row.QuerySelector("pre")!.TextContent, StringComparison.Ordinal);
        var link = row.QuerySelector("pre")!.TextContent.Split((char[]?)null).Single(word => word.StartsWith("http://localhost:5080/join/", StringComparison.Ordinal));
        Assert.Equal("/invitations/alpine-cloud", (await app.Visit().GetAsync(new Uri(link).AbsolutePath)).LocationOf());
    }

    [Fact]
    public async Task An_account_mail_is_shown_nowhere_but_in_sent_mail()
    {
        var visitor = await app.SignInAsync("global-admin");
        await InviteAsync(visitor, "hidden@hidden.example", ("Roles", "owner"));
        var joined = await app.SignInAsync("hidden@hidden.example");
        await joined.OpenAsync("/invitations/alpine-cloud");
        await joined.ForgeAsync("/invitations/alpine-cloud/accept");
        joined = await app.ArriveAsync("hidden@hidden.example");
        var id = await app.InDatabaseAsync(db => db.Communications.Where(row => row.Kind == CommunicationKind.AccountMail).MaxAsync(row => row.Id));

        Assert.Equal(HttpStatusCode.NotFound, (await joined.OpenAsync($"/o/alpine-cloud/action-center/{id}")).Status);
        foreach (var address in new[] { "", "/action-center", "/action-center?view=notifications", "/action-center?view=completed", "/action-center?view=archived", "/search?q=invites", "/workspaces/billing" })
            Assert.DoesNotContain("invites you to", (await joined.OpenAsync($"/o/alpine-cloud{address}")).Html, StringComparison.Ordinal);
        var program = await app.SignInAsync("operator");
        Assert.DoesNotContain("invites you to", (await program.OpenAsync("/operator")).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await program.OpenAsync($"/operator/communications/{id}")).Status);
    }

    [Fact]
    public async Task The_name_that_another_organization_knows_is_not_told()
    {
        var visitor = await app.SignInAsync("global-admin");
        await InviteAsync(visitor, "developer@demo.example", ("Roles", "global_admin"));

        await app.SendMailsAsync();

        Assert.DoesNotContain("Priya", (await visitor.OpenAsync("/o/alpine-cloud/sent-mail")).Html, StringComparison.Ordinal);
        var told = await app.InDatabaseAsync(db => db.AuditEntries.Select(entry => entry.Subject).ToListAsync());
        Assert.Contains("developer@demo.example", told);
        Assert.DoesNotContain("Priya Nair", told);
    }

    private static async Task<HttpResponseMessage> InviteAsync(Visitor visitor, string addresses, params (string Name, string? Value)[] typed)
    {
        var page = await visitor.OpenAsync(Add);
        return await visitor.PressAsync(page.ButtonOf(Add), [("Addresses", addresses), .. typed]);
    }

    private Task<List<Membership>> FindAsync(string domain) => app.InDatabaseAsync(db => db.Memberships
        .Include(member => member.Person)
        .Include(member => member.Roles)
        .Where(member => member.Person.SignInAddress.EndsWith(domain))
        .ToListAsync());
}
