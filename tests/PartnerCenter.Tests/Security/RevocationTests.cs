using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Security;

/// <summary>What is taken back on one instance is gone with the next request on another: a hundred times of a hundred.</summary>
public sealed class RevocationTests : IAsyncLifetime, IDisposable
{
    private const int Times = 100;
    private const string Home = "/o/alpine-cloud";
    private const string Billing = $"{Home}/workspaces/billing";

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
    public async Task A_role_that_was_revoked()
    {
        var member = Elsewhere(await _here.SignInAsync("billing-admin"));
        var refused = 0;
        for (var time = 0; time < Times; time++)
        {
            Assert.Equal(HttpStatusCode.OK, (await member.GetAsync(Billing)).StatusCode);

            await ChangeAsync(_here, holder => holder.Roles.Clear());

            refused += (await member.GetAsync(Billing)).StatusCode == HttpStatusCode.Forbidden ? 1 : 0;
            await ChangeAsync(_here, holder => holder.Grant(RoleCatalogue.BillingAdmin, "Anna Winter", _here.Clock.Now));
        }

        Assert.Equal(Times, refused);
    }

    [Fact]
    public async Task A_member_who_was_blocked()
    {
        var member = Elsewhere(await _here.SignInAsync("billing-admin"));
        var refused = 0;
        for (var time = 0; time < Times; time++)
        {
            Assert.Equal(HttpStatusCode.OK, (await member.GetAsync(Billing)).StatusCode);

            await ChangeAsync(_here, holder => holder.Disable(_here.Clock.Now));

            refused += (await member.GetAsync(Billing)).StatusCode == HttpStatusCode.NotFound ? 1 : 0;
            await ChangeAsync(_here, holder => holder.Enable(_here.Clock.Now));
        }

        Assert.Equal(Times, refused);
    }

    private static Task<int> ChangeAsync(PortalInstance instance, Action<Domain.Organizations.Membership> change) => instance.InDatabaseAsync(async db =>
    {
        change(await db.Memberships.Include(member => member.Roles).SingleAsync(member => member.Person.SignInAddress == "billing-admin@demo.example"));
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
