using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Mail.Dispatch;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.SignIn;

/// <summary>How an account at a provider becomes somebody's here, and how not.</summary>
public sealed class ConnectingAccountsTests : IClassFixture<ConnectingAccountsTests.App>
{
    private const string Generic = ProviderApp.Generic;
    private const string Entra = ProviderApp.Entra;
    private const string Invitation = "/invitations/alpine-cloud";

    private static int _number;

    private readonly App _app;
    private readonly LoopbackProvider _provider;

    public ConnectingAccountsTests(App app)
    {
        (_app, _provider) = (app, app.Provider);
        _provider.BeHonest();
    }

    [Theory]
    [InlineData(Generic)]
    [InlineData(Entra)]
    public async Task The_link_of_an_invitation_connects_an_account_with_any_address_and_leads_to_the_invitation(string provider)
    {
        var (address, link) = await InviteAsync();
        As("anything@else.example");
        var visitor = _app.Visit();
        var page = await visitor.OpenAsync(link);
        Assert.Equal("Join Alpine Cloud", page.Heading);
        Assert.Equal("Anna Winter invites you to Alpine Cloud.", page.TextOf(".lead"));

        var back = await _app.AuthorizeAsync(visitor, page.Find($"a[href$='/with/{provider}']").GetAttribute("href")!, isAddress: true);
        var joined = await visitor.GetAsync(back);

        Assert.Equal(link, joined.LocationOf());
        Assert.Equal(Invitation, (await visitor.GetAsync(link)).LocationOf());
        Assert.Equal("Invitation to Alpine Cloud", (await visitor.OpenAsync(Invitation)).Heading);
        Assert.Equal(address, await AddressOfAsync(visitor));
        var later = _app.Visit();
        Assert.Equal("/", (await _app.SignInWithAsync(later, provider)).LocationOf());
        Assert.Equal(address, await AddressOfAsync(later));
    }

    [Fact]
    public async Task To_look_at_the_link_changes_nothing_however_often()
    {
        var (address, link) = await InviteAsync();

        for (var look = 0; look < 20; look++)
            Assert.Equal(HttpStatusCode.OK, (await _app.Visit().OpenAsync(link)).Status);

        As();
        var visitor = _app.Visit();
        await JoinAsync(visitor, link);
        Assert.Equal(address, await AddressOfAsync(visitor));
    }

    [Fact]
    public async Task The_link_works_once()
    {
        var (_, link) = await InviteAsync();
        As();
        await JoinAsync(_app.Visit(), link);
        As();
        var second = _app.Visit();

        await ProviderApp.AssertRefusedAsync(second, await JoinAsync(second, link), HttpStatusCode.BadRequest, "This link has been used");
    }

    [Fact]
    public async Task Of_two_who_use_it_at_one_instant_one_gets_in()
    {
        var (_, link) = await InviteAsync();
        var answers = new List<string>();
        var visitors = new[] { _app.Visit(), _app.Visit() };
        foreach (var visitor in visitors)
        {
            As();
            answers.Add(await _app.AuthorizeAsync(visitor, $"{link}/with/{Generic}", isAddress: true));
        }

        // Each code brings an account of its own, told apart by how often it was asked for.
        var subjects = 0;
        _provider.ChangeClaims = claims => claims["sub"] = $"one of two {_number} {Interlocked.Increment(ref subjects)}";
        var results = await Task.WhenAll(visitors.Zip(answers, (visitor, answer) => visitor.GetAsync(answer)));

        Assert.Equal([HttpStatusCode.Found, HttpStatusCode.BadRequest], results.Select(result => result.StatusCode).Order());
    }

    [Theory]
    [InlineData("withdrawn")]
    [InlineData("expired")]
    [InlineData("sent anew")]
    [InlineData("disabled")]
    public async Task A_link_ends_with_its_invitation(string end)
    {
        var (address, link) = await InviteAsync();
        await _app.InDatabaseAsync(async db =>
        {
            var member = await db.Memberships.Include(member => member.Person).Include(member => member.Organization).SingleAsync(member => member.Person.SignInAddress == address);
            switch (end)
            {
                case "withdrawn":
                    member.Withdraw(_app.Clock.Now);
                    break;
                case "sent anew":
                    member.InviteAgain("Anna Winter", _app.Clock.Now.AddHours(1));
                    break;
                case "disabled":
                    member.Person.Disable();
                    break;
            }

            return await db.SaveChangesAsync();
        });
        if (end == "expired")
            _app.Clock.Advance(TimeSpan.FromDays(60));
        As();
        var visitor = _app.Visit();

        var page = await visitor.OpenAsync(link);

        Assert.Equal("This link is over", page.Heading);
        Assert.False(page.Has(".providers"));
        await ProviderApp.AssertRefusedAsync(visitor, await JoinAsync(visitor, link), HttpStatusCode.BadRequest, "This link has been used, has expired or was taken back.");
    }

    [Theory]
    [InlineData("made-up")]
    [InlineData("CfDJ8Made_up")]
    public async Task A_link_that_was_not_made_here_leads_nowhere(string token)
    {
        As();
        var visitor = _app.Visit();

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync($"/join/{token}")).Status);
        await ProviderApp.AssertRefusedAsync(visitor, await JoinAsync(visitor, $"/join/{token}"), HttpStatusCode.BadRequest, "This link has been used");
    }

    [Fact]
    public async Task An_account_that_is_somebody_elses_does_not_take_over_an_invitation()
    {
        var (address, link) = await InviteAsync();
        var visitor = _app.Visit();

        await ProviderApp.AssertRefusedAsync(visitor, await JoinAsync(visitor, link), HttpStatusCode.Forbidden, "is known here under another address");

        Assert.False(await _app.InDatabaseAsync(db => db.ExternalIdentities.AnyAsync(identity => identity.Person.SignInAddress == address)));
    }

    [Theory]
    [InlineData("email")]
    [InlineData("preferred_username")]
    [InlineData("upn")]
    public async Task An_address_connects_nobody_however_well_it_is_proved(string claim)
    {
        await SetTenantAsync(strangers: false, guests: false);
        var (address, _) = await InviteAsync();
        foreach (var provider in (string[])[Generic, Entra])
        {
            As();
            var change = _provider.ChangeClaims;
            _provider.ChangeClaims = claims =>
            {
                change(claims);
                claims[claim] = address;
                claims["email_verified"] = true;
                claims["xms_edov"] = true;
            };
            var visitor = _app.Visit();

            await ProviderApp.AssertRefusedAsync(visitor, await _app.SignInWithAsync(visitor, provider), HttpStatusCode.Forbidden, "has no access");
        }
    }

    [Fact]
    public async Task From_a_tenant_that_admits_strangers_they_become_members_without_a_role()
    {
        await SetTenantAsync(strangers: true, guests: false);
        var address = As();
        var visitor = _app.Visit();

        var answer = await _app.SignInWithAsync(visitor, Entra);

        Assert.Equal("/", answer.LocationOf());
        var member = await MemberAsync(address);
        Assert.Equal((ProviderApp.Organization, MembershipStatus.Active, false, "Sam Stranger"), (member.Organization.Key, member.Status, member.IsGuest, member.Person.Name));
        Assert.Empty(member.Roles);
        Assert.True(await _app.InDatabaseAsync(db => db.AuditEntries.AnyAsync(entry => entry.Action == AuditAction.MemberAdmitted && entry.SubjectMembershipId == member.Id)));
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.OpenAsync("/o/alpine-cloud/workspaces/billing")).Status);
        var again = _app.Visit();
        await _app.SignInWithAsync(again, Entra);
        Assert.Equal(address, await AddressOfAsync(again));
    }

    [Fact]
    public async Task A_stranger_who_was_erased_here_before_does_not_get_the_mail_again_that_they_had_turned_off()
    {
        await SetTenantAsync(strangers: true, guests: false);
        var address = As();
        await _app.InDatabaseAsync(db =>
        {
            db.Add(new ForgottenAddress(address, refusesMail: true, objects: true, _app.Clock.Now));
            return db.SaveChangesAsync();
        });

        await _app.SignInWithAsync(_app.Visit(), Entra);

        var member = await MemberAsync(address);
        Assert.NotNull(member.Person.MailRefusedAt);
        Assert.NotEqual(0, await _app.InDatabaseAsync(db => db.OptOuts.CountAsync(optOut => optOut.MembershipId == member.Id)));
    }

    [Fact]
    public async Task A_stranger_gets_nothing_of_whoever_has_the_same_address()
    {
        await SetTenantAsync(strangers: true, guests: false);
        var change = As("dutch-admin@demo.example");
        var visitor = _app.Visit();

        await ProviderApp.AssertRefusedAsync(visitor, await _app.SignInWithAsync(visitor, Entra), HttpStatusCode.Forbidden, "Somebody with your mail address is known here already");
        Assert.NotNull(change);
    }

    [Fact]
    public async Task Guests_of_a_tenant_come_in_only_where_the_organization_wants_it()
    {
        await SetTenantAsync(strangers: true, guests: false);
        var address = As(guest: true);
        var visitor = _app.Visit();
        await ProviderApp.AssertRefusedAsync(visitor, await _app.SignInWithAsync(visitor, Entra), HttpStatusCode.Forbidden, "as a guest");
        await SetTenantAsync(strangers: true, guests: true);

        await _app.SignInWithAsync(visitor, Entra);

        Assert.True((await MemberAsync(address)).IsGuest);
    }

    [Fact]
    public async Task Without_leave_nobody_is_created_and_of_a_suspended_organization_nobody_comes_in()
    {
        await SetTenantAsync(strangers: false, guests: false);
        As();
        var people = await _app.InDatabaseAsync(db => db.People.CountAsync());
        var visitor = _app.Visit();
        await ProviderApp.AssertRefusedAsync(visitor, await _app.SignInWithAsync(visitor, Entra), HttpStatusCode.Forbidden, "has no access");
        Assert.Equal(people, await _app.InDatabaseAsync(db => db.People.CountAsync()));

        var suspended = Guid.NewGuid();
        await _app.InDatabaseAsync(db =>
        {
            var organization = new Organization($"suspended-{_number}", "Suspended", _app.Clock.Now);
            organization.Suspend();
            var tenant = new TrustedTenant(suspended, organization, _app.Clock.Now);
            db.Add(tenant);
            return db.SaveChangesAsync();
        });
        _provider.ChangeClaims = claims =>
        {
            claims["tid"] = $"{suspended}";
            claims["iss"] = $"{_provider.Address}/{suspended}/v2.0";
        };

        await ProviderApp.AssertRefusedAsync(visitor, await _app.SignInWithAsync(visitor, Entra), HttpStatusCode.Forbidden, "is not set up for sign-in on this portal");
    }

    [Fact]
    public async Task The_first_administrator_comes_by_the_configuration_and_only_while_no_other_can()
    {
        // Of this organization nobody has ever signed in by the provider.
        _provider.ChangeClaims = claims => claims["sub"] = App.FirstAdministrator;
        var visitor = _app.Visit();
        await _app.SignInWithAsync(visitor, Generic);
        var admin = await AddressOfAsync(visitor);
        Assert.Equal("global-admin@demo.example", admin);

        // Their account is forgotten, but another Global admin has connected one by now.
        await _app.InDatabaseAsync(async db =>
        {
            db.RemoveRange(await db.ExternalIdentities.Where(identity => identity.Person.SignInAddress == admin).ToListAsync());
            var organization = await db.Organizations.SingleAsync(organization => organization.Key == ProviderApp.Organization);
            var other = new Membership(organization, new Person("Other Admin", "other-admin@partner.example"), _app.Clock.Now);
            other.Grant(RoleCatalogue.GlobalAdmin, "Test", _app.Clock.Now);
            db.Add(other);
            db.Add(new ExternalIdentity(_provider.Issuer, "the other admin", other.Person, _app.Clock.Now));
            return await db.SaveChangesAsync();
        });
        var late = _app.Visit();

        await ProviderApp.AssertRefusedAsync(late, await _app.SignInWithAsync(late, Generic), HttpStatusCode.Forbidden, "has no access");
    }

    private async Task SetTenantAsync(bool strangers, bool guests) => await _app.InDatabaseAsync(async db =>
    {
        (await db.TrustedTenants.SingleAsync(tenant => tenant.Tenant == LoopbackProvider.Tenant)).Admit(strangers, guests);
        return await db.SaveChangesAsync();
    });

    // Somebody nobody knows yet.
    private string As(string? address = null, bool guest = false)
    {
        var number = Interlocked.Increment(ref _number);
        address ??= $"stranger-{number}@partner.example";
        var oid = $"{Guid.NewGuid()}";
        _provider.ChangeClaims = claims =>
        {
            claims["sub"] = $"stranger {number}";
            claims["email"] = address;
            claims["name"] = "  Sam   Stranger ";
            if (claims.ContainsKey("oid"))
                claims["oid"] = oid;
            if (guest)
                claims["acct"] = 1;
        };
        return address;
    }

    // By the page of the demo's administrator; the mail is what the invited person has.
    private async Task<(string Address, string Link)> InviteAsync()
    {
        var address = $"invited-{Interlocked.Increment(ref _number)}@partner.example";
        var admin = await _app.SignInAsync("global-admin");
        await admin.OpenAsync("/o/alpine-cloud/account-settings/users/add");
        await admin.ForgeAsync("/o/alpine-cloud/account-settings/users/add", ("Addresses", address));
        var member = await MemberAsync(address);
        var links = _app.Services.GetRequiredService<JoinLinks>();
        return (address, links.For(new JoinLink(member.PersonId, member.Id, member.InvitationExpiresAt!.Value)).AbsolutePath);
    }

    private async Task<HttpResponseMessage> JoinAsync(Visitor visitor, string link) =>
        await visitor.GetAsync(await _app.AuthorizeAsync(visitor, $"{link}/with/{Generic}", isAddress: true));

    private Task<Membership> MemberAsync(string address) => _app.InDatabaseAsync(db => db.Memberships
        .Include(member => member.Organization).Include(member => member.Person).Include(member => member.Roles)
        .SingleAsync(member => member.Person.SignInAddress == address));

    private async Task<string> AddressOfAsync(Visitor visitor)
    {
        var person = await _app.PersonOfAsync(visitor);
        return await _app.InDatabaseAsync(db => db.People.Where(other => other.Id == person).Select(other => other.SignInAddress).SingleAsync());
    }

    public sealed class App : ProviderApp
    {
        public const string FirstAdministrator = "the first administrator";

        protected override void ConfigureWebHost(Microsoft.AspNetCore.Hosting.IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting($"SignIn:FirstAdministrators:{Organization}:Provider", Generic);
            builder.UseSetting($"SignIn:FirstAdministrators:{Organization}:Subject", FirstAdministrator);
        }
    }
}
