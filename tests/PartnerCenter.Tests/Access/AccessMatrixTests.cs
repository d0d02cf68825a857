using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Domain.Access;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Access;

/// <summary>
/// Every address of an organization, asked for with every role: in an organization of one's own, in a foreign one, and in one that is
/// not there. Who may open what is written down here by hand and may not be looked up in the product.
/// </summary>
public sealed class AccessMatrixTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Own = "alpine-cloud";
    private const string Foreign = "harbor-apps";
    private const string Unknown = "no-such-house";

    private const string Workspace = "GET /o/{organization}/workspaces/{workspace}";

    // Whoever has done this is no member any more.
    private const string Leave = "POST /o/{organization}/account-settings/leave";

    private const string EveryMember =
        """
        GET /o/{organization}
        GET /o/{organization}/search
        GET /o/{organization}/search/suggestions
        GET /o/{organization}/help
        GET /o/{organization}/help/{article}
        GET /o/{organization}/switch
        POST /o/{organization}/tiles/{workspace}
        GET /o/{organization}/action-center
        GET /o/{organization}/action-center/{id:long}
        POST /o/{organization}/action-center/{id:long}/archive
        POST /o/{organization}/action-center/{id:long}/restore
        POST /o/{organization}/action-center/{id:long}/complete
        POST /o/{organization}/action-center/{id:long}/reopen
        POST /o/{organization}/action-center/{id:long}/unread
        POST /o/{organization}/action-center/{id:long}/snooze
        POST /o/{organization}/action-center/{id:long}/wake
        POST /o/{organization}/action-center/{id:long}/hand-over
        POST /o/{organization}/action-center/{id:long}/accept
        POST /o/{organization}/action-center/{id:long}/return
        POST /o/{organization}/action-center/batch
        GET /o/{organization}/action-center/bell
        POST /o/{organization}/action-center/read-all
        GET /o/{organization}/action-center/announcements
        GET /o/{organization}/action-center/calendar
        POST /o/{organization}/action-center/calendar
        POST /o/{organization}/action-center/calendar/revoke
        GET /o/{organization}/my-access
        GET /o/{organization}/my-access/ask
        POST /o/{organization}/my-access/ask
        POST /o/{organization}/my-access/requests/{id:int}/withdraw
        GET /o/{organization}/my-preferences
        POST /o/{organization}/my-preferences
        GET /o/{organization}/my-preferences/edit
        POST /o/{organization}/my-preferences/edit
        POST /o/{organization}/my-preferences/review
        GET /o/{organization}/my-preferences/history
        GET /o/{organization}/my-preferences/where-mail-goes
        POST /o/{organization}/my-preferences/where-mail-goes/test
        GET /o/{organization}/my-preferences/contact
        POST /o/{organization}/my-preferences/contact
        POST /o/{organization}/my-preferences/contact/resend
        POST /o/{organization}/my-preferences/contact/confirm
        POST /o/{organization}/my-preferences/contact/cancel
        POST /o/{organization}/my-preferences/contact/sign-in-address
        GET /o/{organization}/welcome
        POST /o/{organization}/welcome
        POST /o/{organization}/welcome/skip
        GET /o/{organization}/help-support
        GET /o/{organization}/help-support/requests
        GET /o/{organization}/help-support/requests/new
        POST /o/{organization}/help-support/requests/new
        GET /o/{organization}/help-support/requests/{id:int}
        POST /o/{organization}/help-support/requests/{id:int}
        GET /o/{organization}/account-settings
        GET /o/{organization}/account-settings/permissions
        GET /o/{organization}/account-settings/programs
        GET /o/{organization}/account-settings/users
        GET /o/{organization}/account-settings/leave
        POST /o/{organization}/account-settings/leave
        """;

    private static readonly (string Addresses, string Roles)[] Reserved =
    [
        // The roles of others are seen by who may give or view them.
        (
            """
            GET /o/{organization}/action-center/coverage
            GET /o/{organization}/account-settings/users/export.csv
            GET /o/{organization}/account-settings/users/{id:int}
            GET /o/{organization}/account-settings/users/{id:int}/permissions
            """,
            "global_admin account_admin user_management_admin partner_program_admin security_administrator owner manager"),

        // Everybody who may give any role to somebody.
        (
            """
            GET /o/{organization}/account-settings/users/roles
            POST /o/{organization}/account-settings/users/roles
            POST /o/{organization}/account-settings/users/roles/bulk
            GET /o/{organization}/account-settings/access-requests
            GET /o/{organization}/account-settings/access-requests/{id:int}
            POST /o/{organization}/account-settings/access-requests/{id:int}/approve
            POST /o/{organization}/account-settings/access-requests/{id:int}/deny
            GET /o/{organization}/account-settings/access-reviews
            POST /o/{organization}/account-settings/access-reviews
            GET /o/{organization}/account-settings/access-reviews/{id:int}
            POST /o/{organization}/account-settings/access-reviews/{id:int}/grants/{item:int}/keep
            POST /o/{organization}/account-settings/access-reviews/{id:int}/grants/{item:int}/remove
            POST /o/{organization}/account-settings/access-reviews/{id:int}/close
            GET /o/{organization}/account-settings/access-reviews/{id:int}/evidence
            """,
            "global_admin account_admin user_management_admin security_administrator owner manager"),

        // Who creates users.
        (
            """
            GET /o/{organization}/account-settings/users/add
            POST /o/{organization}/account-settings/users/add
            GET /o/{organization}/account-settings/users/import
            POST /o/{organization}/account-settings/users/import
            POST /o/{organization}/account-settings/users/import/confirm
            POST /o/{organization}/account-settings/users/{id:int}/resend
            POST /o/{organization}/account-settings/users/{id:int}/withdraw
            POST /o/{organization}/account-settings/users/{id:int}/end-sessions
            POST /o/{organization}/account-settings/users/{id:int}/block
            POST /o/{organization}/account-settings/users/{id:int}/unblock
            POST /o/{organization}/account-settings/users/{id:int}/remove
            POST /o/{organization}/account-settings/users/{id:int}/restore
            POST /o/{organization}/account-settings/users/{id:int}/guest-end
            """,
            "global_admin user_management_admin"),

        (
            "GET /o/{organization}/account-settings/organization",
            "global_admin account_admin user_management_admin partner_program_admin"),
        (
            """
            POST /o/{organization}/account-settings/organization/rename
            GET /o/{organization}/account-settings/sign-in
            POST /o/{organization}/account-settings/sign-in
            """,
            "global_admin"),
        (
            """
            GET /o/{organization}/account-settings/organization/locations/add
            POST /o/{organization}/account-settings/organization/locations/add
            GET /o/{organization}/account-settings/organization/locations/{id:int}
            POST /o/{organization}/account-settings/organization/locations/{id:int}
            POST /o/{organization}/account-settings/organization/locations/{id:int}/remove
            POST /o/{organization}/account-settings/programs/{program}/enroll
            POST /o/{organization}/account-settings/programs/{program}/resume
            GET /o/{organization}/account-settings/programs/{program}/suspend
            POST /o/{organization}/account-settings/programs/{program}/suspend
            GET /o/{organization}/account-settings/programs/{program}/leave
            POST /o/{organization}/account-settings/programs/{program}/leave
            """,
            "global_admin account_admin"),
        (
            """
            GET /o/{organization}/account-settings/activity-log
            GET /o/{organization}/account-settings/activity-log/export
            """,
            "global_admin account_admin admin_agent"),
        (
            """
            GET /o/{organization}/sent-mail
            GET /o/{organization}/sent-mail/export
            """,
            "global_admin"),
    ];

    public static TheoryData<string> Roles => [.. TranscribedMatrix.Rows.Keys];

    private static IEnumerable<string> Everything =>
        Reserved.SelectMany(group => Lines(group.Addresses)).Concat(Lines(EveryMember)).Append(Workspace);

    [Fact]
    public void Every_address_of_an_organization_is_in_the_table()
    {
        var served = app.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("o/{organization}", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/')}"));

        Assert.Equal(Everything.Order(StringComparer.Ordinal), served.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task In_the_own_organization_a_role_opens_just_what_the_table_says(string role)
    {
        var visitor = await SignInWithAsync(role);
        var wrong = new List<string>();

        foreach (var (address, isOpen) in Asked(role))
        {
            var answer = await AskAsync(visitor, address, Own);
            var isRight = isOpen ? answer.StatusCode != HttpStatusCode.Forbidden && (int)answer.StatusCode < 500 : answer.StatusCode == HttpStatusCode.Forbidden;
            if (!isRight)
                wrong.Add($"{address} answered {(int)answer.StatusCode}");
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task No_role_can_tell_a_foreign_organization_from_one_that_is_not_there(string role)
    {
        var visitor = await SignInWithAsync(role);
        var wrong = new List<string>();

        foreach (var (address, _) in Asked(role))
        {
            var foreign = await visitor.ReadAsync(await AskAsync(visitor, address, Foreign));
            var unknown = await visitor.ReadAsync(await AskAsync(visitor, address, Unknown));
            if (foreign.Status != HttpStatusCode.NotFound || unknown.Status != HttpStatusCode.NotFound || Anonymous.Html(foreign) != Anonymous.Html(unknown))
                wrong.Add(address);
        }

        Assert.Empty(wrong);
    }

    private static Task<HttpResponseMessage> AskAsync(Visitor visitor, string address, string organization)
    {
        var parts = address.Split(' ');
        var path = parts[1]
            .Replace("{organization}", organization, StringComparison.Ordinal)
            .Replace("{id:long}", "1", StringComparison.Ordinal)
            .Replace("{id:int}", "999999", StringComparison.Ordinal)
            .Replace("{item:int}", "999999", StringComparison.Ordinal)
            .Replace("{program}", "no-such-program", StringComparison.Ordinal);
        return parts[0] == "GET" ? visitor.GetAsync(path) : visitor.ForgeAsync(path);
    }

    private static IEnumerable<(string Address, bool IsOpen)> Asked(string role)
    {
        foreach (var workspace in TranscribedMatrix.Workspaces)
            yield return (Workspace.Replace("{workspace}", workspace, StringComparison.Ordinal), TranscribedMatrix.Opens(role, workspace));
        foreach (var (addresses, roles) in Reserved)
        {
            foreach (var address in Lines(addresses))
                yield return (address, roles.Split(' ').Contains(role));
        }

        foreach (var address in Lines(EveryMember).OrderBy(address => address == Leave))
            yield return (address, true);
    }

    private static string[] Lines(string text) => text.Split('\n');

    // One member after the other role: what they had before, or left, is gone.
    private async Task<Visitor> SignInWithAsync(string role)
    {
        await app.InDatabaseAsync(async db =>
        {
            var member = await db.Memberships.Include(row => row.Roles).SingleAsync(row => row.Person.Name == "Noa Lind" && row.Organization.Key == Own);
            member.Roles.Clear();
            member.Recover(app.Clock.GetUtcNow().UtcDateTime);
            member.SetUp(app.Clock.GetUtcNow().UtcDateTime);
            var known = RoleCatalogue.Find(role)!;
            if (known.Family != RoleFamily.Everyone)
                member.Grant(known, "Test", app.Clock.GetUtcNow().UtcDateTime);
            return await db.SaveChangesAsync();
        });
        var visitor = await app.SignInAsync("newcomer");
        await visitor.OpenAsync($"/o/{Own}");
        return visitor;
    }
}
