using System.Net;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.PersonSessions;

/// <summary>Those who run the program sign anybody out everywhere.</summary>
public sealed class PersonSessionsTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Sessions = "/operator/sessions";

    [Fact]
    public async Task An_operator_ends_all_sessions_of_a_person_and_the_logs_say_so()
    {
        var (one, other, operated) = (await app.SignInAsync("two-directories"), await app.SignInAsync("two-directories"), await app.SignInAsync("operator"));

        var page = await operated.OpenAsync($"{Sessions}?address=Two-Directories@demo.example");
        Assert.Equal(2, page.FindAll("main li").Count);
        var done = await operated.FollowAsync(await operated.PressAsync(page.ButtonOf($"{Sessions}/end")));

        Assert.Equal("2 sessions ended.", done.TextOf(".flash"));
        Assert.True(done.Has(".empty"));
        Assert.All(new[] { await one.GetAsync("/o/alpine-cloud"), await other.GetAsync("/o/lowland-digital") }, answer => Assert.Equal(HttpStatusCode.Found, answer.StatusCode));
        Assert.Equal(HttpStatusCode.OK, (await operated.GetAsync("/operator")).StatusCode);
        var entries = await app.InDatabaseAsync(db => db.AuditEntries.Where(entry => entry.Action == AuditAction.SessionsEnded).ToListAsync());
        Assert.Equal(2, entries.Select(entry => entry.OrganizationId).Distinct().Count());
        Assert.All(entries, entry => Assert.Equal(("Olivia Stone", null, "Mila Jansen"), (entry.Actor, entry.ActorMembershipId, entry.Subject)));
    }

    [Fact]
    public async Task An_address_that_nobody_has_is_said_to_be_so()
    {
        var page = await (await app.SignInAsync("operator")).OpenAsync($"{Sessions}?address=nobody@demo.example");

        Assert.Contains("Nobody signs in with nobody@demo.example.", page.Text, StringComparison.Ordinal);
        Assert.False(page.PostsTo($"{Sessions}/end"));
    }

    [Fact]
    public async Task A_person_who_does_not_exist_has_none_to_end()
    {
        var visitor = await app.SignInAsync("operator");
        await visitor.OpenAsync(Sessions);

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.ForgeAsync($"{Sessions}/end", ("person", "999999"))).StatusCode);
    }

    [Fact]
    public async Task Nobody_else_gets_there()
    {
        var visitor = await app.SignInAsync("global-admin");
        await visitor.OpenAsync("/o/alpine-cloud");

        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.GetAsync(Sessions)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.ForgeAsync($"{Sessions}/end", ("person", "1"))).StatusCode);
    }
}
