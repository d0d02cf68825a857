using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Tests.Support;
using PartnerCenter.Web.Security.SignIn.Local;

namespace PartnerCenter.Tests.Features.LocalSignIn;

/// <summary>Tries count for all instances together, and where people sign in otherwise, there are no passwords.</summary>
public sealed class TwoInstancesTests
{
    private const string Address = "noa@harbor.example";

    [Fact]
    public async Task Tries_on_one_instance_delay_the_next_on_another()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("partnercenter-two-").FullName, "partnercenter.db");
        await using var one = new PortalInstance(file);
        await using var other = new PortalInstance(file);
        await one.InDatabaseAsync(db =>
        {
            db.Add(new LocalAccount(new Person("Noa", Address), new Passwords().Hash(LocalApp.Password), one.Clock.Now));
            return db.SaveChangesAsync();
        });
        for (var tried = 0; tried < 4; tried++)
            await LocalApp.EnterAsync((tried % 2 == 0 ? one : other).Visit(), Address, "wrong words in a row");

        Assert.Equal(HttpStatusCode.OK, (await LocalApp.EnterAsync(one.Visit(), Address, LocalApp.Password)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await LocalApp.EnterAsync(other.Visit(), Address, LocalApp.Password)).StatusCode);

        one.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.Found, (await LocalApp.EnterAsync(one.Visit(), Address, LocalApp.Password)).StatusCode);
    }

    [Theory]
    [InlineData("/sign-in/local")]
    [InlineData("/forgotten-password")]
    [InlineData("/forgotten-password/asked")]
    [InlineData("/reset-password/made-up")]
    public async Task In_the_demo_and_beside_a_provider_there_are_no_passwords_unless_wanted(string address)
    {
        await using var demo = new PortalApp();
        await using var provider = new ProviderApp();
        foreach (var app in new[] { demo, provider })
        {
            var visitor = app.Visit();
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(address)).StatusCode);
            Assert.False((await visitor.OpenAsync("/")).Has("input[type=password]"));
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.PostWithoutTokenAsync("/sign-in/local", ("Address", Address), ("Password", "x"))).StatusCode);
        }
    }

    [Fact]
    public async Task Whoever_has_no_password_has_no_page_to_change_one()
    {
        await using var app = new LocalApp();
        var visitor = await app.SignInAsync("global-admin");

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/my-profile/password")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/my-profile/two-step")).StatusCode);
        Assert.DoesNotContain("How you sign in", (await visitor.OpenAsync("/my-profile")).Text, StringComparison.Ordinal);
        Assert.Equal(0, await app.InDatabaseAsync(db => db.LocalAccounts.CountAsync()));
    }
}
