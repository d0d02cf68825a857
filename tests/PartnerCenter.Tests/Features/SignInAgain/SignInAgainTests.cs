using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Tests.Features.Users;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.SignInAgain;

/// <summary>What gives lasting power needs a sign-in of the last 15 minutes; whoever has an older one loses nothing of what they typed.</summary>
public sealed class SignInAgainTests : IDisposable
{
    private const string Home = "/o/alpine-cloud";
    private const string Roles = $"{Home}/account-settings/users/roles";
    private const string Bulk = $"{Roles}/bulk";
    private const string Add = $"{Home}/account-settings/users/add";
    private const string Import = $"{Home}/account-settings/users/import";
    private const string Contact = $"{Home}/my-preferences/contact";
    private const string Again = "/sign-in/again";
    private const string ToGrant = "Giving somebody a role that can give roles needs a sign-in of the last 15 minutes.";
    private const string ForContact = "Changing the address for mail needs a sign-in of the last 15 minutes.";

    private readonly PortalApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task An_administrator_role_is_not_given_without_one_and_the_choice_stays()
    {
        var id = await _app.AddPersonAsync("Later Admin");
        var admin = await _app.SignInAsync("global-admin");
        var page = await admin.OpenAsync($"{Roles}?member={id}");
        Wait();

        var refused = await admin.ReadAsync(await admin.PressAsync(page.FindAll($"form[action='{Roles}'] button")[0], ("Choice", "user_management_admin")));

        AssertAsksForSignIn(refused, ToGrant, SensitiveStep.GrantAdministrator);
        Assert.True(refused.Has("input[name=Choice][value=user_management_admin][checked]"));
        Assert.False(refused.Has("input[name=IsConfirmed]"));
        Assert.Empty((await _app.MembershipAsync(id)).Roles);
    }

    [Fact]
    public async Task Signing_in_again_in_another_tab_lets_the_form_that_is_still_open_through()
    {
        var id = await _app.AddPersonAsync("Waiting Admin");
        var admin = await _app.SignInAsync("global-admin");
        var preview = await admin.ReadAsync(await admin.PressAsync(
            (await admin.OpenAsync($"{Roles}?member={id}")).FindAll($"form[action='{Roles}'] button")[0], ("Choice", "owner")));
        Wait();
        var refused = await admin.ReadAsync(await admin.PressAsync(preview.FindAll(".card--decision form button")[0]));
        AssertAsksForSignIn(refused, ToGrant, SensitiveStep.GrantAdministrator);
        Assert.Empty((await _app.MembershipAsync(id)).Roles);

        var done = await SignInAgainAsync(admin, refused.Find(".error-summary a[target=_blank]").GetAttribute("href")!, "global-admin");
        var saved = await admin.PressAsync(preview.FindAll(".card--decision form button")[0]);

        Assert.Contains("You have just signed in as Anna Winter.", done.Text, StringComparison.Ordinal);
        Assert.Contains("go back to the one with your form", done.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        Assert.Equal("owner", Assert.Single((await _app.MembershipAsync(id)).Roles).Role);
    }

    [Fact]
    public async Task Until_the_last_moment_of_the_quarter_of_an_hour_it_is_given()
    {
        var id = await _app.AddPersonAsync("Just Admin");
        var admin = await _app.SignInAsync("global-admin");
        var page = await admin.OpenAsync($"{Roles}?member={id}");
        _app.Clock.Advance(FreshSignInTable.Lasts - TimeSpan.FromSeconds(1));

        var preview = await admin.ReadAsync(await admin.PressAsync(page.FindAll($"form[action='{Roles}'] button")[0], ("Choice", "owner")));
        await admin.PressAsync(preview.FindAll(".card--decision form button")[0]);

        Assert.Single((await _app.MembershipAsync(id)).Roles);
    }

    [Fact]
    public async Task Other_roles_and_taking_an_administrator_role_away_need_none()
    {
        var (seller, owner) = (await _app.AddPersonAsync("Seller"), await _app.AddPersonAsync("No Owner", roles: RoleCatalogue.Owner));
        var admin = await _app.SignInAsync("global-admin");
        Wait();

        foreach (var (id, choice) in new[] { (seller, "sales_agent"), (owner, null) })
        {
            var page = await admin.OpenAsync($"{Roles}?member={id}");
            var preview = await admin.ReadAsync(await admin.PressAsync(page.FindAll($"form[action='{Roles}'] button")[0], ("Choice", choice)));
            Assert.Equal(HttpStatusCode.Found, (await admin.PressAsync(preview.FindAll(".card--decision form button")[0])).StatusCode);
        }

        Assert.Equal("sales_agent", Assert.Single((await _app.MembershipAsync(seller)).Roles).Role);
        Assert.Empty((await _app.MembershipAsync(owner)).Roles);
    }

    [Fact]
    public async Task Several_at_once_are_not_given_one_either()
    {
        var (one, other) = (await _app.AddPersonAsync("One Of Two"), await _app.AddPersonAsync("Two Of Two"));
        var admin = await _app.SignInAsync("global-admin");
        var page = await admin.OpenAsync($"{Roles}?member={one}&member={other}");
        Wait();

        var refused = await admin.ReadAsync(await admin.ForgeAsync(
            Bulk, ("Member", $"{one}"), ("Member", $"{other}"), ("Revoke", "false"), ("Role", "manager"), ("Until", "2026-12-31"), ("IsConfirmed", "true")));

        Assert.True(page.Has($"form[action='{Bulk}']"));
        AssertAsksForSignIn(refused, ToGrant, SensitiveStep.GrantAdministrator);
        Assert.True(refused.Has("input[name=Role][value=manager][checked]"));
        Assert.Equal("2026-12-31", refused.Find("#Until").GetAttribute("value"));
        Assert.Empty((await _app.MembershipAsync(one)).Roles);
    }

    [Fact]
    public async Task Nobody_is_invited_as_an_administrator_without_one_and_the_form_stays()
    {
        var admin = await _app.SignInAsync("global-admin");
        var page = await admin.OpenAsync(Add);
        Wait();

        var refused = await admin.ReadAsync(await admin.PressAsync(page.ButtonOf(Add), ("Addresses", "new-admin@new.example"), ("Roles", "global_admin"), ("Language", "nl")));

        AssertAsksForSignIn(refused, ToGrant, SensitiveStep.GrantAdministrator);
        Assert.Equal("new-admin@new.example", refused.Find("#Addresses").TextContent);
        Assert.True(refused.Has("input[name=Roles][value=global_admin][checked]"));
        Assert.False(await _app.InDatabaseAsync(db => db.People.AnyAsync(person => person.SignInAddress == "new-admin@new.example")));
    }

    [Fact]
    public async Task A_file_with_an_administrator_is_not_imported_without_one_and_need_not_be_sent_again()
    {
        var admin = await _app.SignInAsync("global-admin");
        Wait();
        var file = Encoding.UTF8.GetBytes("address,name,status,guest,guest_until,role,location,role_until\nadmin@import.example,,,,,manager,,\n");
        var report = await admin.ReadAsync(await admin.UploadAsync((await admin.OpenAsync(Import)).ButtonOf(Import), "File", file));

        var refused = await admin.ReadAsync(await admin.PressAsync(report.ButtonOf($"{Import}/confirm")));

        AssertAsksForSignIn(refused, ToGrant, SensitiveStep.GrantAdministrator);
        await SignInAgainAsync(admin, refused.Find(".error-summary a[target=_blank]").GetAttribute("href")!, "global-admin");
        Assert.Equal(HttpStatusCode.Found, (await admin.PressAsync(refused.ButtonOf($"{Import}/confirm"))).StatusCode);
        Assert.True(await _app.InDatabaseAsync(db => db.People.AnyAsync(person => person.SignInAddress == "admin@import.example")));
    }

    [Fact]
    public async Task A_request_for_an_administrator_role_is_not_approved_without_one_and_the_comment_stays()
    {
        var newcomer = await _app.SignInAsync("newcomer");
        const string Ask = $"{Home}/my-access/ask";
        await newcomer.PressAsync((await newcomer.OpenAsync($"{Ask}?role=user_management_admin")).ButtonOf(Ask), ("Reason", "I look after people."));
        var id = await _app.InDatabaseAsync(db => db.AccessRequests.OrderBy(request => request.Id).Select(request => request.Id).LastAsync());
        var approve = $"{Home}/account-settings/access-requests/{id}/approve";
        var admin = await _app.SignInAsync("global-admin");
        var page = await admin.OpenAsync($"{Home}/account-settings/access-requests/{id}");
        Wait();

        var refused = await admin.ReadAsync(await admin.PressAsync(page.ButtonOf(approve), ("Comment", "Welcome.")));

        AssertAsksForSignIn(refused, ToGrant, SensitiveStep.GrantAdministrator);
        Assert.Contains("Welcome.", refused.Find("[name=Comment]").TextContent + refused.Find("[name=Comment]").GetAttribute("value"), StringComparison.Ordinal);
        await SignInAgainAsync(admin, Again, "global-admin");
        Assert.Equal(HttpStatusCode.Found, (await admin.PressAsync(refused.ButtonOf(approve))).StatusCode);
    }

    [Fact]
    public async Task The_page_of_the_contact_address_says_so_before_anything_is_typed_and_leads_there_and_back()
    {
        var ben = await _app.SignInAsync("billing-admin");
        Assert.False((await ben.OpenAsync(Contact)).Has($"main a[href^='{Again}']"));
        Wait();

        var page = await ben.OpenAsync(Contact);
        Assert.Contains(ForContact, page.TextOf("main .notice"), StringComparison.Ordinal);
        var why = await ben.OpenAsync(page.Find($"main a[href^='{Again}']").GetAttribute("href")!);
        Assert.Contains(ForContact, why.TextOf("main .lead"), StringComparison.Ordinal);
        var start = await ben.PressAsync(why.ButtonOf(Again));
        Assert.Equal($"/?returnUrl={Uri.EscapeDataString(Contact)}", start.LocationOf());
        var back = await ben.PressAsync((await ben.FollowAsync(start)).Find("button[value=billing-admin]"));

        Assert.Equal(Contact, back.LocationOf());
        Assert.False((await ben.FollowAsync(back)).Has($"main a[href^='{Again}']"));
    }

    [Fact]
    public async Task A_contact_address_is_not_taken_without_one_and_stays_in_the_form()
    {
        var ben = await _app.SignInAsync("billing-admin");
        var page = await ben.OpenAsync(Contact);
        Wait();

        var refused = await ben.ReadAsync(await ben.PressAsync(page.ButtonOf(Contact), ("Address", "ben@elsewhere.example")));

        AssertAsksForSignIn(refused, ForContact, SensitiveStep.ChangeContactAddress);
        Assert.Equal("ben@elsewhere.example", refused.Find("#Address").GetAttribute("value"));
        Assert.False(await _app.InDatabaseAsync(db => db.ContactVerifications.AnyAsync()));
    }

    [Fact]
    public async Task On_the_first_visit_it_is_the_same()
    {
        var noa = await _app.SignInAsync("newcomer");
        var page = await noa.OpenAsync($"{Home}/welcome");
        Wait();

        var refused = await noa.ReadAsync(await noa.PressAsync(
            page.ButtonOf($"{Home}/welcome"), ("JobTitle", "Apprentice"), ("UsesOther", "true"), ("Address", "noa@elsewhere.example")));

        AssertAsksForSignIn(refused, ForContact, SensitiveStep.ChangeContactAddress);
        Assert.Equal(("noa@elsewhere.example", "Apprentice"), (refused.Find("#Address").GetAttribute("value"), refused.Find("#JobTitle").GetAttribute("value")));
        Assert.Equal(HttpStatusCode.Found, (await noa.PressAsync(refused.ButtonOf($"{Home}/welcome"), ("UsesOther", "false"))).StatusCode);
    }

    [Fact]
    public async Task Who_signs_in_as_somebody_else_then_has_nothing_of_the_session_before()
    {
        var id = await _app.AddPersonAsync("Nobody's Admin");
        var admin = await _app.SignInAsync("global-admin");
        var preview = await admin.ReadAsync(await admin.PressAsync(
            (await admin.OpenAsync($"{Roles}?member={id}")).FindAll($"form[action='{Roles}'] button")[0], ("Choice", "owner")));
        var choosingColours = preview.Find("form[action='/theme'] button[value=dark]");
        var before = admin.Copy();
        Wait();

        await SignInAgainAsync(admin, Again, "newcomer");

        Assert.Equal(HttpStatusCode.Forbidden, (await admin.PressAsync(preview.FindAll(".card--decision form button")[0])).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.PressAsync(choosingColours)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await admin.GetAsync($"{Roles}?member={id}")).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await before.GetAsync(Home)).StatusCode);
        Assert.Empty((await _app.MembershipAsync(id)).Roles);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    public async Task Nobody_is_led_to_another_site(string returnUrl)
    {
        var admin = await _app.SignInAsync("global-admin");
        Wait();
        var page = await admin.OpenAsync($"{Again}?step=ChangeContactAddress&returnUrl={Uri.EscapeDataString(returnUrl)}");

        Assert.DoesNotContain("evil", page.Find("main").OuterHtml, StringComparison.Ordinal);
        Assert.Equal(
            $"/?returnUrl={Uri.EscapeDataString($"{Again}?step=ChangeContactAddress")}",
            (await admin.ForgeAsync(Again, ("step", "ChangeContactAddress"), ("returnUrl", returnUrl))).LocationOf());
    }

    [Theory]
    [InlineData("?step=Everything")]
    [InlineData("?step=99")]
    [InlineData("")]
    public async Task A_step_that_does_not_exist_has_a_page_all_the_same(string query)
    {
        var admin = await _app.SignInAsync("global-admin");
        Wait();

        Assert.Equal(HttpStatusCode.OK, (await admin.OpenAsync(Again + query)).Status);
    }

    private static void AssertAsksForSignIn(Page page, string says, SensitiveStep step)
    {
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(says, page.TextOf(".error-summary"), StringComparison.Ordinal);
        var link = page.Find(".error-summary a[target=_blank]");
        Assert.Equal($"{Again}?step={step}", link.GetAttribute("href"));
    }

    private void Wait() => _app.Clock.Advance(FreshSignInTable.Lasts);

    private static async Task<Page> SignInAgainAsync(Visitor visitor, string address, string person)
    {
        var start = await visitor.PressAsync((await visitor.OpenAsync(address)).ButtonOf(Again));
        return await visitor.FollowAsync(await visitor.PressAsync((await visitor.FollowAsync(start)).Find($"button[value={person}]")));
    }
}
