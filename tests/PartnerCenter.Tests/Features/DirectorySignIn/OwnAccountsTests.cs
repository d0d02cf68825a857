using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data.Demo;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.DirectorySignIn;

/// <summary>An organization decides who comes from its own tenant, and that members work there only with an account of it.</summary>
public sealed class OwnAccountsTests : IDisposable
{
    private const string Alpine = ProviderApp.Organization;
    private const string Rules = $"/o/{Alpine}/account-settings/sign-in";
    private const string SignIn = $"/directories/{Alpine}";

    private readonly ProviderApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_global_admin_lets_guests_and_everybody_of_the_directory_in_and_the_log_says_so()
    {
        var admin = await _app.SignInAsync("global-admin");
        var page = await admin.OpenAsync(Rules);
        Assert.Equal([LoopbackProvider.Tenant], page.TextsOf("fieldset code"));

        var saved = await admin.FollowAsync(await admin.PressAsync(
            page.ButtonOf(Rules), ("Guests", LoopbackProvider.Tenant), ("Strangers", LoopbackProvider.Tenant)));

        Assert.Equal((true, true), await AdmitsAsync());
        Assert.True(saved.Has("input[name=Guests][checked]"));
        Assert.True(saved.Has("input[name=Strangers][checked]"));
        Assert.Equal([AuditAction.TenantGuestsAdmitted, AuditAction.TenantStrangersAdmitted], await DecisionsAsync());

        await admin.PressAsync(saved.ButtonOf(Rules), ("Guests", null), ("Strangers", LoopbackProvider.Tenant));

        Assert.Equal((false, true), await AdmitsAsync());
        Assert.Equal(AuditAction.TenantGuestsRefused, (await DecisionsAsync())[^1]);
    }

    [Fact]
    public async Task The_directory_of_another_organization_is_not_theirs_to_decide_about()
    {
        var foreign = $"{DemoPeople.LowlandTenant:D}";
        var admin = await _app.SignInAsync("global-admin");
        await admin.OpenAsync(Rules);

        await admin.ForgeAsync(Rules, ("Guests", foreign), ("Strangers", foreign));

        Assert.False(await _app.InDatabaseAsync(db => db.TrustedTenants.AnyAsync(tenant => tenant.AdmitsGuests || tenant.AdmitsStrangers)));
    }

    [Fact]
    public async Task Who_did_not_sign_in_just_now_decides_nothing_and_keeps_what_was_chosen()
    {
        var admin = await _app.SignInAsync("global-admin");
        var page = await admin.OpenAsync(Rules);
        _app.Clock.Advance(FreshSignInTable.Lasts);

        var refused = await admin.ReadAsync(await admin.PressAsync(page.ButtonOf(Rules), ("Guests", LoopbackProvider.Tenant)));

        Assert.Contains("Deciding who signs in needs a sign-in of the last 15 minutes.", refused.Text, StringComparison.Ordinal);
        Assert.True(refused.Has($".error-summary a[href*='step={SensitiveStep.DecideWhoComes}']"));
        Assert.True(refused.Has("input[name=Guests][checked]"));
        Assert.Equal((false, false), await AdmitsAsync());
    }

    [Fact]
    public async Task Nobody_shuts_themselves_out()
    {
        var admin = await _app.SignInAsync("global-admin");

        var refused = await admin.ReadAsync(await admin.PressAsync((await admin.OpenAsync(Rules)).ButtonOf(Rules), ("OnlyOwnAccounts", "true")));

        Assert.Contains("Otherwise you would shut yourself out.", refused.TextOf(".error-summary"), StringComparison.Ordinal);
        Assert.True(refused.Has("#OnlyOwnAccounts[checked]"));
        Assert.False(await TakesOnlyOwnAsync());
    }

    [Fact]
    public async Task Who_is_signed_in_with_an_account_of_the_directory_can_want_it_of_all_and_take_it_back()
    {
        var admin = await OwnAsync("global-admin");

        await admin.PressAsync((await admin.OpenAsync(Rules)).ButtonOf(Rules), ("OnlyOwnAccounts", "true"));
        Assert.True(await TakesOnlyOwnAsync());
        var page = await admin.OpenAsync(Rules);
        Assert.True(page.Has("#OnlyOwnAccounts[checked]"));
        await admin.PressAsync(page.ButtonOf(Rules), ("OnlyOwnAccounts", null));

        Assert.False(await TakesOnlyOwnAsync());
        Assert.Equal([AuditAction.OwnAccountsRequired, AuditAction.OwnAccountsRequiredNoMore], await DecisionsAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("/action-center")]
    [InlineData("/account-settings/sign-in")]
    public async Task Members_with_another_account_are_led_to_where_they_change_it(string path)
    {
        await TakeOnlyOwnAsync();
        var admin = await _app.SignInAsync("global-admin");

        Assert.Equal(SignIn, (await admin.GetAsync($"/o/{Alpine}{path}")).LocationOf());

        var page = await admin.OpenAsync(SignIn);
        Assert.Contains("Alpine Cloud lets its members in only with an account of its own directory.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_was_open_changes_nothing_any_more()
    {
        var admin = await _app.SignInAsync("global-admin");
        var page = await admin.OpenAsync($"/o/{Alpine}/account-settings/organization");
        await TakeOnlyOwnAsync();

        var answer = await admin.PressAsync(page.ButtonOf($"/o/{Alpine}/account-settings/organization/rename"), ("Name", "Taken over"));

        Assert.Equal(SignIn, answer.LocationOf());
        Assert.False(await _app.InDatabaseAsync(db => db.Organizations.AnyAsync(organization => organization.Name == "Taken over")));
    }

    [Fact]
    public async Task Elsewhere_work_goes_on_and_shows_nothing_of_there()
    {
        await TakeOnlyOwnAsync();
        var both = await _app.SignInAsync("two-directories");

        Assert.Equal(HttpStatusCode.OK, (await both.GetAsync("/o/lowland-digital/action-center")).StatusCode);
        var actions = await both.OpenAsync("/my-actions");
        Assert.Contains("Lowland Digital", actions.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Alpine Cloud", actions.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task To_strangers_the_organization_does_not_exist_as_before()
    {
        await TakeOnlyOwnAsync();
        var stranger = await _app.SignInAsync("publisher");

        foreach (var address in new[] { $"/o/{Alpine}", SignIn, "/directories/nobody" })
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(address)).StatusCode);
    }

    [Fact]
    public async Task The_button_asks_that_tenant_and_a_new_account_is_connected_to_the_same_person()
    {
        await TakeOnlyOwnAsync();
        var admin = await _app.SignInAsync("global-admin");
        var anna = await _app.PersonOfAsync(admin);
        var before = admin.Copy();

        var challenge = await PressAsync(admin);
        Assert.StartsWith($"{_app.Provider.Address}/{LoopbackProvider.Tenant}/oauth2/authorize?", challenge.LocationOf(), StringComparison.Ordinal);
        Assert.Contains("login_hint=global-admin@demo.example", challenge.LocationOf(), StringComparison.Ordinal);
        var answer = await ComeBackAsync(admin, challenge, "anna at her own tenant");

        Assert.Equal($"/o/{Alpine}", answer.LocationOf());
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync($"/o/{Alpine}")).StatusCode);
        Assert.Equal(anna, await _app.PersonOfAsync(admin));
        Assert.Contains("You are signed in with such an account.", (await admin.OpenAsync(SignIn)).Text, StringComparison.Ordinal);
        Assert.StartsWith("/?returnUrl=", (await before.GetAsync("/my-profile")).LocationOf(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task To_connect_an_account_one_must_have_signed_in_just_now()
    {
        var admin = await _app.SignInAsync("global-admin");
        _app.Clock.Advance(FreshSignInTable.Lasts);

        Assert.Equal($"/sign-in/again?step={SensitiveStep.ConnectAccount}&returnUrl=%2Fdirectories%2F{Alpine}", (await PressAsync(admin)).LocationOf());
    }

    [Fact]
    public async Task An_account_that_is_connected_needs_no_fresh_sign_in()
    {
        await ConnectAsync("global-admin");
        var admin = await _app.SignInAsync("global-admin");
        _app.Clock.Advance(FreshSignInTable.Lasts);

        var answer = await ComeBackAsync(admin, await PressAsync(admin), ObjectOf("global-admin"));

        Assert.Equal($"/o/{Alpine}", answer.LocationOf());
    }

    [Fact]
    public async Task An_account_of_another_tenant_than_was_asked_is_not_taken()
    {
        var other = Guid.NewGuid();
        await _app.InDatabaseAsync(async db =>
        {
            var organization = await db.Organizations.SingleAsync(organization => organization.Key == Alpine);
            db.Add(new TrustedTenant(other, organization, _app.Clock.Now));
            return await db.SaveChangesAsync();
        });
        var admin = await _app.SignInAsync("global-admin");
        var (page, session) = (await admin.OpenAsync(SignIn), admin.Cookies[ProviderApp.Session]);
        var challenge = await admin.ForgeAsync(SignIn, ("tenant", $"{other:D}"));

        var refused = await admin.ReadAsync(await ComeBackAsync(admin, challenge, "anna at her own tenant"));

        Assert.Equal(2, page.FindAll($"form[action='{SignIn}']").Count);
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("another", refused.Text, StringComparison.Ordinal);
        Assert.Equal(session, admin.Cookies[ProviderApp.Session]);
        Assert.False(await IsConnectedAsync("anna at her own tenant"));
    }

    [Fact]
    public async Task A_session_that_was_ended_in_the_meantime_connects_nothing()
    {
        var admin = await _app.SignInAsync("global-admin");
        var challenge = await PressAsync(admin);
        await _app.InDatabaseAsync(async db =>
        {
            db.RemoveRange(await db.Sessions.ToListAsync());
            return await db.SaveChangesAsync();
        });

        var answer = await ComeBackAsync(admin, challenge, "anna at her own tenant");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(await IsConnectedAsync("anna at her own tenant"));
    }

    [Fact]
    public async Task A_member_who_was_blocked_in_the_meantime_connects_nothing()
    {
        var admin = await _app.SignInAsync("agent");
        var challenge = await PressAsync(admin);
        await _app.InDatabaseAsync(async db =>
        {
            (await db.Memberships.SingleAsync(member => member.Person.SignInAddress == "agent@demo.example")).Disable(new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc));
            return await db.SaveChangesAsync();
        });

        Assert.Equal(HttpStatusCode.Forbidden, (await ComeBackAsync(admin, challenge, "carla at her own tenant")).StatusCode);
        Assert.False(await IsConnectedAsync("carla at her own tenant"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("7d0f3a52-4c1e-4b8a-9a53-0c6f6a1d2e10")]
    [InlineData("/organizations")]
    public async Task No_other_tenant_is_asked(string tenant)
    {
        var admin = await _app.SignInAsync("global-admin");
        await admin.OpenAsync(SignIn);

        Assert.Equal(HttpStatusCode.NotFound, (await admin.ForgeAsync(SignIn, ("tenant", tenant))).StatusCode);
    }

    private static string ObjectOf(string person) => $"the object id of {person}";

    private static Guid IdOf(string account) => new(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(account)).AsSpan(0, 16));

    private static async Task<HttpResponseMessage> PressAsync(Visitor visitor) => await visitor.PressAsync((await visitor.OpenAsync(SignIn)).ButtonOf(SignIn));

    private async Task<HttpResponseMessage> ComeBackAsync(Visitor visitor, HttpResponseMessage challenge, string account)
    {
        _app.Provider.ChangeClaims = claims =>
        {
            claims["oid"] = $"{IdOf(account):D}";
            claims["auth_time"] = new DateTimeOffset(_app.Clock.Now).ToUnixTimeSeconds();
        };
        return await visitor.GetAsync((await _app.Browser.GetAsync(new Uri(challenge.LocationOf()))).LocationOf());
    }

    private async Task<Visitor> OwnAsync(string person)
    {
        await ConnectAsync(person);
        var visitor = _app.Visit();
        await ComeBackAsync(visitor, await visitor.GetAsync($"/sign-in/{ProviderApp.Entra}"), ObjectOf(person));
        return visitor;
    }

    private Task<int> ConnectAsync(string person) => _app.InDatabaseAsync(async db =>
    {
        var found = await db.People.SingleAsync(somebody => somebody.SignInAddress == $"{person}@demo.example");
        db.Add(new ExternalIdentity(_app.Provider.TenantIssuer, $"{IdOf(ObjectOf(person)):D}", found, _app.Clock.Now));
        return await db.SaveChangesAsync();
    });

    private Task<bool> IsConnectedAsync(string account)
    {
        var subject = $"{IdOf(account):D}";
        return _app.InDatabaseAsync(db => db.ExternalIdentities.AnyAsync(identity => identity.Subject == subject));
    }

    private Task<int> TakeOnlyOwnAsync() => _app.InDatabaseAsync(async db =>
    {
        (await db.Organizations.SingleAsync(organization => organization.Key == Alpine)).TakeOnlyOwnAccounts(true);
        return await db.SaveChangesAsync();
    });

    private Task<bool> TakesOnlyOwnAsync() => _app.InDatabaseAsync(db => db.Organizations.AnyAsync(organization => organization.Key == Alpine && organization.TakesOnlyOwnAccounts));

    private Task<(bool Guests, bool Strangers)> AdmitsAsync() => _app.InDatabaseAsync(async db =>
    {
        var tenant = await db.TrustedTenants.SingleAsync(tenant => tenant.Tenant == LoopbackProvider.Tenant);
        return (tenant.AdmitsGuests, tenant.AdmitsStrangers);
    });

    private Task<List<AuditAction>> DecisionsAsync() => _app.InDatabaseAsync(async db =>
        (await db.AuditEntries.OrderBy(entry => entry.Number).Select(entry => entry.Action).ToListAsync())
            .FindAll(action => action >= AuditAction.OwnAccountsRequired));
}
