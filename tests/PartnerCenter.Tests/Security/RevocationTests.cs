using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Security;

/// <summary>What is taken back on one instance is gone with the next request on another: a hundred times of a hundred.</summary>
public sealed class RevocationTests : IAsyncLifetime, IDisposable
{
    private const int Times = 100;
    private const string Home = "/o/alpine-cloud";
    private const string Billing = $"{Home}/workspaces/billing";
    private const string Users = $"{Home}/account-settings/users";

    private readonly string _folder = Directory.CreateTempSubdirectory("partnercenter-instances-").FullName;
    private PortalInstance _here = null!;
    private PortalInstance _there = null!;

    public Task InitializeAsync()
    {
        var file = Path.Combine(_folder, "partnercenter.db");
        PreparedDatabase.WriteDemoTo(file);
        (_here, _there) = (new PortalInstance(file, isDemo: true), new PortalInstance(file, isDemo: true));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _here.DisposeAsync();
        await _there.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public void Dispose()
    {
        _here.Dispose();
        _there.Dispose();
    }

    [Fact]
    public async Task A_session_that_was_ended()
    {
        var mine = await _here.SignInAsync("billing-admin");
        await mine.OpenAsync("/my-profile");
        var refused = 0;
        for (var time = 0; time < Times; time++)
        {
            var copied = Elsewhere(await _here.SignInAsync("billing-admin"));
            Assert.Equal(HttpStatusCode.OK, (await copied.GetAsync(Billing)).StatusCode);

            await mine.ForgeAsync("/my-sessions/end-others");

            refused += (await copied.GetAsync(Billing)).StatusCode == HttpStatusCode.Found ? 1 : 0;
        }

        Assert.Equal(Times, refused);
        Assert.Equal(HttpStatusCode.OK, (await mine.GetAsync(Home)).StatusCode);
    }

    [Fact]
    public async Task A_role_that_an_administrator_took_away()
    {
        var (admin, member) = await AdministratorAndMemberAsync();
        var refused = 0;
        for (var time = 0; time < Times; time++)
        {
            Assert.Equal(HttpStatusCode.OK, (await member.GetAsync(Billing)).StatusCode);
            var (id, grant) = await _here.InDatabaseAsync(db => Member(db).Select(row => new ValueTuple<int, int>(row.Id, row.Roles.Single().Id)).SingleAsync());

            await PressedAsync(admin.ForgeAsync($"{Users}/roles", ("Member", $"{id}"), ("IsConfirmed", "true"), ("Seen", $"{grant}")));

            refused += (await member.GetAsync(Billing)).StatusCode == HttpStatusCode.Forbidden ? 1 : 0;
            await ChangeAsync(holder => holder.Grant(RoleCatalogue.BillingAdmin, "Anna Winter", _here.Clock.Now));
        }

        Assert.Equal(Times, refused);
    }

    [Fact]
    public async Task A_member_whom_an_administrator_blocked()
    {
        var (admin, member) = await AdministratorAndMemberAsync();
        var id = await _here.InDatabaseAsync(db => Member(db).Select(row => row.Id).SingleAsync());
        var refused = 0;
        for (var time = 0; time < Times; time++)
        {
            Assert.Equal(HttpStatusCode.OK, (await member.GetAsync(Billing)).StatusCode);

            await PressedAsync(admin.ForgeAsync($"{Users}/{id}/block"));

            refused += (await member.GetAsync(Billing)).StatusCode == HttpStatusCode.NotFound ? 1 : 0;
            await PressedAsync(admin.ForgeAsync($"{Users}/{id}/unblock"));
        }

        Assert.Equal(Times, refused);
    }

    [Fact]
    public async Task A_person_who_was_disabled()
    {
        var refused = 0;
        for (var time = 0; time < Times; time++)
        {
            var member = Elsewhere(await _here.SignInAsync("billing-admin"));
            Assert.Equal(HttpStatusCode.OK, (await member.GetAsync(Billing)).StatusCode);

            await ChangeAsync(holder => holder.Person.Disable());

            refused += (await member.GetAsync(Billing)).StatusCode == HttpStatusCode.Found ? 1 : 0;
            // Nothing of the portal lets somebody in again.
            await _here.InDatabaseAsync(async db =>
            {
                db.Entry(await Member(db).Select(row => row.Person).SingleAsync()).Property(person => person.IsDisabled).CurrentValue = false;
                return await db.SaveChangesAsync();
            });
        }

        Assert.Equal(Times, refused);
    }

    private static IQueryable<Membership> Member(PartnerCenterDb db) => db.Memberships.Where(member => member.Person.SignInAddress == "billing-admin@demo.example");

    private static async Task PressedAsync(Task<HttpResponseMessage> press) => Assert.Equal(HttpStatusCode.Found, (await press).StatusCode);

    private async Task<(Visitor Admin, Visitor Member)> AdministratorAndMemberAsync()
    {
        var admin = await _here.SignInAsync("global-admin");
        await admin.OpenAsync(Users);
        return (admin, Elsewhere(await _here.SignInAsync("billing-admin")));
    }

    private Task<int> ChangeAsync(Action<Membership> change) => _here.InDatabaseAsync(async db =>
    {
        change(await Member(db).Include(member => member.Person).Include(member => member.Roles).SingleAsync());
        return await db.SaveChangesAsync();
    });

    private Visitor Elsewhere(Visitor visitor)
    {
        var there = _there.Visit();
        foreach (var (cookie, value) in visitor.Cookies)
            there.Keep(cookie, value);
        return there;
    }
}
