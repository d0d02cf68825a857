using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.Roles;

/// <summary>The page where an administrator changes somebody's roles: what it offers, what it shows before it saves, what it saves.</summary>
public sealed class ChangingRolesTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Roles = "/o/alpine-cloud/account-settings/users/roles";

    [Fact]
    public async Task The_difference_is_shown_with_workspaces_and_open_actions_before_anything_is_saved()
    {
        var (visitor, noa) = (await app.SignInAsync("global-admin"), await IdOfAsync("newcomer"));
        await app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, "Check the price list", RoleCatalogue.SalesAgent));
        var page = await visitor.OpenAsync($"{Roles}?member={noa}");

        var preview = await visitor.ReadAsync(await visitor.PressAsync(page.FindAll($"form[action='{Roles}'] button")[0], ("Choice", "sales_agent")));

        Assert.Contains("Sales agent", preview.TextOf(".card--decision dd strong"), StringComparison.Ordinal);
        Assert.Contains("Opens: Billing, Customers, Referrals, Pricing", preview.TextOf(".card--decision"), StringComparison.Ordinal);
        Assert.Contains("Check the price list", preview.TextOf(".card--decision"), StringComparison.Ordinal);
        Assert.Empty(await RolesOfAsync("newcomer"));
    }

    [Fact]
    public async Task Confirming_saves_just_what_was_shown_and_it_counts_on_the_next_request()
    {
        var (visitor, femi) = (await app.SignInAsync("global-admin"), await app.SignInAsync("referrals"));
        Assert.Equal(HttpStatusCode.Forbidden, (await femi.GetAsync("/o/alpine-cloud/workspaces/billing")).StatusCode);
        var page = await visitor.OpenAsync($"{Roles}?member={await IdOfAsync("referrals")}");

        var preview = await visitor.ReadAsync(await visitor.PressAsync(
            page.FindAll($"form[action='{Roles}'] button")[0], ("Choice", "billing_admin"), ("Until[billing_admin]", "2026-12-31")));
        var saved = await visitor.PressAsync(preview.FindAll($".card--decision form button")[0]);

        Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        var grant = Assert.Single(await RolesOfAsync("referrals"));
        Assert.Equal(("billing_admin", "Anna Winter"), (grant.Role, grant.GrantedBy));
        Assert.Equal(new DateTime(2026, 12, 31, 23, 59, 59, DateTimeKind.Utc), grant.EndsAt);
        Assert.Equal(HttpStatusCode.OK, (await femi.GetAsync("/o/alpine-cloud/workspaces/billing")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await femi.GetAsync("/o/alpine-cloud/workspaces/referrals")).StatusCode);
    }

    [Fact]
    public async Task A_role_can_be_limited_to_locations()
    {
        var (visitor, priya) = (await app.SignInAsync("global-admin"), await IdOfAsync("helpdesk"));
        var page = await visitor.OpenAsync($"{Roles}?member={priya}");
        var local = page.FindAll("input[name=Choice][value^='incentives_user@']")[0].GetAttribute("value")!;

        var preview = await visitor.ReadAsync(await visitor.PressAsync(page.FindAll($"form[action='{Roles}'] button")[0], ("Choice", local)));
        await visitor.PressAsync(preview.FindAll(".card--decision form button")[0]);

        var grant = Assert.Single(await RolesOfAsync("helpdesk"));
        Assert.Equal("incentives_user", grant.Role);
        Assert.NotNull(grant.LocationId);
    }

    [Fact]
    public async Task What_an_administrator_may_not_change_is_not_offered_and_stays_when_the_rest_is_saved()
    {
        // Mila is an account admin here: program roles, but no directory role.
        var (mila, elena) = (await app.SignInAsync("two-directories"), await IdOfAsync("program-admin"));
        var page = await mila.OpenAsync($"{Roles}?member={elena}");

        Assert.False(page.Has("input[name=Choice][value=global_admin]"));
        Assert.False(page.Has("input[name=Choice][value=compliance_admin]"));
        Assert.Contains("Compliance admin", page.Text, StringComparison.Ordinal);
        Assert.Contains("None of your roles may take away the role Compliance admin.", page.Text, StringComparison.Ordinal);

        var preview = await mila.ReadAsync(await mila.PressAsync(page.FindAll($"form[action='{Roles}'] button")[0], ("Choice", "partner_program_admin")));
        await mila.PressAsync(preview.FindAll(".card--decision form button")[0]);

        Assert.Equal(["compliance_admin", "partner_program_admin"], (await RolesOfAsync("program-admin")).Select(grant => grant.Role).Order());
    }

    [Fact]
    public async Task A_forged_form_grants_nothing_above_one_s_right()
    {
        var (mila, carla) = (await app.SignInAsync("two-directories"), await IdOfAsync("agent"));
        await mila.OpenAsync($"{Roles}?member={carla}");
        var before = await RolesOfAsync("agent");

        await mila.ForgeAsync(Roles, ("Member", $"{carla}"), ("IsConfirmed", "true"), ("Choice", "global_admin"), ("Choice", "admin_agent"), ("Choice", "sales_agent"), ("Seen", $"{before[0].Id}"), ("Seen", $"{before[1].Id}"));

        Assert.Equal(before.Select(grant => grant.Role), (await RolesOfAsync("agent")).Select(grant => grant.Role));
    }

    [Fact]
    public async Task The_last_global_admin_keeps_the_role_and_is_told_why()
    {
        var (anna, id) = (await app.SignInAsync("publisher"), await IdOfAsync("publisher"));
        const string Harbor = "/o/harbor-apps/account-settings/users/roles";
        var page = await anna.OpenAsync($"{Harbor}?member={id}");
        var preview = await anna.ReadAsync(await anna.PressAsync(page.FindAll($"form[action='{Harbor}'] button")[0], ("Choice", "owner")));

        var answer = await anna.ReadAsync(await anna.PressAsync(preview.FindAll(".card--decision form button")[0]));

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Contains("needs a Global admin who is active", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_last_day_in_the_past_is_an_error_that_keeps_what_was_typed()
    {
        var (visitor, noa) = (await app.SignInAsync("global-admin"), await IdOfAsync("newcomer"));
        var page = await visitor.OpenAsync($"{Roles}?member={noa}");

        var again = await visitor.ReadAsync(await visitor.PressAsync(
            page.FindAll($"form[action='{Roles}'] button")[0], ("Choice", "developer"), ("Until[developer]", "2026-03-01")));

        Assert.Contains("Choose an end date in the future.", again.TextOf(".error-summary"), StringComparison.Ordinal);
        Assert.True(again.Has("input[name=Choice][value=developer][checked]"));
        Assert.Equal("2026-03-01", again.Find("form#Choice input[name='Until[developer]']").GetAttribute("value"));
    }

    [Theory]
    [InlineData("?member=999999")]
    [InlineData("?member=abc")]
    public async Task Somebody_who_is_not_here_is_not_found_and_nonsense_leads_to_the_choice_of_members(string query)
    {
        var visitor = await app.SignInAsync("global-admin");
        var foreign = await IdOfAsync("dutch-admin");

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"{Roles}?member={foreign}")).StatusCode);
        Assert.Contains((await visitor.GetAsync(Roles + query)).StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.OK });
    }

    [Fact]
    public async Task Several_members_are_changed_at_once_with_a_result_for_each()
    {
        var mila = await app.SignInAsync("two-directories");
        var (noa, gita, own) = (await IdOfAsync("newcomer"), await IdOfAsync("guest"), await IdOfAsync("two-directories"));
        var page = await mila.OpenAsync($"{Roles}?member={noa}&member={gita}&member={own}");
        var bulk = $"{Roles}/bulk";

        var preview = await mila.ReadAsync(await mila.PressAsync(page.FindAll($"form[action='{bulk}'] button")[^1], ("Member", $"{noa}"), ("Role", "security_reader")));
        Assert.Contains("Security reader", preview.Text, StringComparison.Ordinal);

        await mila.OpenAsync($"{Roles}?member={noa}");
        var result = await mila.ReadAsync(await mila.ForgeAsync(
            bulk, ("Member", $"{noa}"), ("Member", $"{gita}"), ("Member", $"{own}"), ("Role", "security_reader"), ("IsConfirmed", "true")));

        Assert.Contains("2 of 3 members changed.", result.Text, StringComparison.Ordinal);
        Assert.Contains("Nobody grants a role to themselves.", result.Text, StringComparison.Ordinal);
        Assert.Contains("security_reader", (await RolesOfAsync("guest")).Select(grant => grant.Role));

        await mila.ForgeAsync(bulk, ("Member", $"{noa}"), ("Member", $"{gita}"), ("Role", "security_reader"), ("Revoke", "true"), ("IsConfirmed", "true"));
        Assert.DoesNotContain("security_reader", (await RolesOfAsync("guest")).Select(grant => grant.Role));
    }

    [Fact]
    public async Task Bulk_without_a_role_asks_for_one()
    {
        var visitor = await app.SignInAsync("global-admin");
        var (noa, gita) = (await IdOfAsync("newcomer"), await IdOfAsync("guest"));
        var page = await visitor.OpenAsync($"{Roles}?member={noa}&member={gita}");

        var again = await visitor.ReadAsync(await visitor.PressAsync(page.FindAll($"form[action='{Roles}/bulk'] button")[^1]));

        Assert.Contains("Choose at least one role.", again.TextOf(".error-summary"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Members_are_found_by_name_or_address_whatever_wildcards_are_typed()
    {
        var visitor = await app.SignInAsync("global-admin");

        Assert.Equal(["Carla Moser agent@demo.example"], (await visitor.OpenAsync($"{Roles}?q=cArLa")).TextsOf("input[name=member] + span"));
        Assert.Contains("Nobody has such a name", (await visitor.OpenAsync($"{Roles}?q=%25")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_grant_nothing_has_no_such_page()
    {
        var ben = await app.SignInAsync("billing-admin");

        Assert.Equal(HttpStatusCode.Forbidden, (await ben.GetAsync(Roles)).StatusCode);
    }

    [Fact]
    public async Task The_member_gets_a_mail_in_their_language_about_it()
    {
        var sanne = await app.SignInAsync("dutch-admin");
        const string Lowland = "/o/lowland-digital/account-settings/users/roles";
        var page = await sanne.OpenAsync($"{Lowland}?member={await IdOfAsync("incentives")}");
        var preview = await sanne.ReadAsync(await sanne.PressAsync(page.FindAll($"form[action='{Lowland}'] button")[0], ("Choice", "developer")));
        await sanne.PressAsync(preview.FindAll(".card--decision form button")[0]);

        await app.SendMailsAsync();

        var mail = await app.InDatabaseAsync(db => db.OutboxMails.SingleAsync(mail => mail.Kind == CommunicationKind.AccountMail && mail.Address == "incentives@demo.example"));
        Assert.Contains("Uw rollen bij Lowland Digital zijn gewijzigd", mail.Subject, StringComparison.Ordinal);
        Assert.Contains("/o/lowland-digital/my-access", mail.TextBody, StringComparison.Ordinal);
    }

    private Task<int> IdOfAsync(string person) => app.InDatabaseAsync(db =>
        db.Memberships.Where(membership => membership.Person.SignInAddress == $"{person}@demo.example").OrderByDescending(membership => membership.Organization.Key == "alpine-cloud").Select(membership => membership.Id).FirstAsync());

    private async Task<List<PartnerCenter.Domain.Organizations.RoleAssignment>> RolesOfAsync(string person)
    {
        var id = await IdOfAsync(person);
        return await app.InDatabaseAsync(db => db.Memberships.Where(membership => membership.Id == id).SelectMany(membership => membership.Roles).AsNoTracking().ToListAsync());
    }
}
