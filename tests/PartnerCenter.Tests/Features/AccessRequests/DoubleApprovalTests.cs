using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Audit;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.AccessRequests;

/// <summary>Two administrators press Approve at the same instant, over real HTTP on a database file.</summary>
public sealed class DoubleApprovalTests : IDisposable
{
    private const int Rounds = 100;
    private const string Requests = "/o/alpine-cloud/account-settings/access-requests";

    private readonly OnKestrel _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task One_of_them_grants_the_role_and_the_other_is_told()
    {
        Visitor[] admins = [await _app.SignInOverHttpAsync("global-admin"), await _app.SignInOverHttpAsync("two-directories")];
        var requests = await AskAsync();

        foreach (var id in requests)
        {
            foreach (var admin in admins)
                await admin.OpenAsync($"{Requests}/{id}");

            var answers = await Task.WhenAll(admins.Select(admin => admin.ForgeAsync($"{Requests}/{id}/approve", ("Role", "support_admin"))));

            Assert.Equal([HttpStatusCode.Found, HttpStatusCode.Conflict], answers.Select(answer => answer.StatusCode).Order());
        }

        var granted = await _app.InDatabaseAsync(db => db.AccessRequests
            .Where(request => requests.Contains(request.Id))
            .Select(request => request.Requester.Roles.Count)
            .ToListAsync());
        Assert.Equal(Enumerable.Repeat(1, Rounds), granted);
        Assert.Equal(Rounds, await CountAsync(AuditAction.RoleGranted));
        Assert.Equal(Rounds, await CountAsync(AuditAction.AccessRequestApproved));
    }

    private Task<int> CountAsync(AuditAction action) => _app.InDatabaseAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == action));

    private async Task<List<int>> AskAsync()
    {
        var scenario = new Scenario(_app.Services);
        var organization = await _app.InDatabaseAsync(db => db.Organizations.SingleAsync(organization => organization.Key == "alpine-cloud"));
        var requests = new List<int>();
        for (var round = 1; round <= Rounds; round++)
        {
            var member = await scenario.MemberAsync(organization);
            await using var scope = _app.Services.CreateAsyncScope();
            requests.Add(await scope.ServiceProvider.GetRequiredService<PartnerCenter.Data.Access.AccessRequests>().SubmitAsync(
                organization.Id, new Actor(member.Person.Name, member.Id), RoleCatalogue.SupportAdmin, workspace: null, "I need it.", until: null));
        }

        return requests;
    }

    private sealed class OnKestrel : PortalApp
    {
        public OnKestrel() => UseKestrel(0);

        public async Task<Visitor> SignInOverHttpAsync(string person)
        {
            StartServer();
            var address = Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
            var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(address) };
            browser.DefaultRequestHeaders.Accept.ParseAdd("text/html");
            var visitor = new Visitor(browser);
            var start = await visitor.OpenAsync("/");
            var answer = await visitor.PressAsync(start.Find($"main form button[name=person][value={person}]"));
            Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
            return visitor;
        }
    }
}
