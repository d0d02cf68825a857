using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Domain.Access;
using PartnerCenter.Tests.Support;
using PartnerCenter.Web.Security;

namespace PartnerCenter.Tests.Structure;

/// <summary>Every action says who may use it, refuses forged forms, and knows nothing of other organizations.</summary>
public sealed class ActionsTests(LocalApp app) : IClassFixture<LocalApp>
{
    private const string Organization = "{organization}";
    private const string StaticFile = "a file of wwwroot";

    private static readonly string[] OpenToMailPrograms = ["POST /unsubscribe/{token}", "POST /unsubscribe/{token}/undo"];

    // Whoever adds to this list lets strangers in: say why in the review.
    private static readonly string[] OpenToStrangers =
    [
        "GET /",
        "GET /join/{token}",
        "GET /join/{token}/with/{provider}",

        // Passwords of the portal itself: who types one is a stranger until it is right, and who forgot it, too.
        "POST /join/{token}",
        "GET /sign-in/local",
        "POST /sign-in/local",
        "POST /sign-in/local/code",
        "GET /forgotten-password",
        "POST /forgotten-password",
        "GET /forgotten-password/asked",
        "GET /reset-password/{token}",
        "POST /reset-password/{token}",
        "GET /sign-in/{provider}",
        "GET /signout-oidc/{provider}",
        "POST /sign-in/demo",
        "ANY /error/{status:int}",

        // Calendars and feed readers cannot sign in: the secret in the address is what opens them.
        "GET /calendar/{secret}.ics",
        "GET /feeds/{secret}.atom",

        // Mail programs cannot either, nor do they have the token of a page: the sealed link of a mail turns off that mail, no more.
        .. OpenToMailPrograms,
        "GET /unsubscribe/{token}",

        // Samples that are made up, and in Development only.
        "GET /design",
    ];

    // So it is with this list: nothing on it may tell anything about anybody.
    private static readonly string[] NoActions =
    [
        StaticFile,
        "GET /healthz/live",
        "GET /healthz/ready",
        "GET /openapi/{documentName}.json",

        // Which pages a browser may fetch before somebody opens them.
        "GET /fetch-ahead/{version}.json",

        // Only in Development: files of wwwroot that came after the build.
        "GET /{**path:file}",
        "HEAD /{**path:file}",
    ];

    [Fact]
    public void Every_action_declares_who_may_use_it()
    {
        var silent = Actions().Where(action =>
            action.Metadata.GetMetadata<RequirePermissionAttribute>() is null
            && action.Metadata.GetMetadata<OperatorsOnlyAttribute>() is null
            && action.Metadata.GetMetadata<OwnAccountOnlyAttribute>() is null
            && action.Metadata.GetMetadata<ApiKeyOnlyAttribute>() is null
            && action.Metadata.GetMetadata<IAllowAnonymous>() is null);

        Assert.Empty(silent.SelectMany(Names));
    }

    [Fact]
    public void Only_the_listed_actions_are_open_to_strangers()
    {
        var open = Actions().Where(action => action.Metadata.GetMetadata<IAllowAnonymous>() is not null);

        Assert.Equal(OpenToStrangers.Order(), open.SelectMany(Names).Order());
    }

    // Mapping controllers asks for a sign-in; what is mapped beside them is open unless it says otherwise.
    [Fact]
    public void Beside_the_actions_only_the_listed_addresses_are_served()
    {
        var others = app.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is null)
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null ? [StaticFile] : Names(Assert.IsType<RouteEndpoint>(endpoint)));

        Assert.Equal(NoActions.Order(StringComparer.Ordinal), others.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_action_of_an_organization_needs_a_permission()
    {
        var without = Actions()
            .Where(action => Path(action).Contains(Organization, StringComparison.Ordinal))
            .Where(action => action.Metadata.GetMetadata<RequirePermissionAttribute>() is null);

        Assert.Empty(without.SelectMany(Names));
    }

    [Fact]
    public void A_permission_of_an_action_has_a_row_in_the_access_table()
    {
        var permissions = Actions().Select(action => action.Metadata.GetMetadata<RequirePermissionAttribute>()).OfType<RequirePermissionAttribute>();

        Assert.All(permissions, required => Assert.NotEmpty(AccessTable.WorkspaceOf(required.Permission)));
    }

    [Theory]
    [InlineData("global-admin", "/o/alpine-cloud", false)]
    [InlineData("operator", "/operator", true)]
    public async Task No_form_is_taken_without_the_token_of_a_page(string person, string home, bool isOperator)
    {
        var visitor = await app.SignInAsync(person);
        await visitor.OpenAsync(home);

        foreach (var address in Addresses("POST", "alpine-cloud", except: OpenToMailPrograms).Where(address => address.StartsWith("/operator", StringComparison.Ordinal) == isOperator))
        {
            var answer = await visitor.PostWithoutTokenAsync(address);

            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"POST {address} without a token answered {answer.StatusCode}");
        }
    }

    // Abuse case 10: a token counts only for whom it was made.
    [Fact]
    public async Task No_form_is_taken_with_the_token_of_somebody_else_or_one_that_was_changed()
    {
        var (visitor, other, stranger) = (await app.SignInAsync("global-admin"), await app.SignInAsync("billing-admin"), app.Visit());
        await visitor.OpenAsync("/o/alpine-cloud");
        await other.OpenAsync("/o/alpine-cloud");
        await stranger.OpenAsync("/");
        var changed = visitor.Token![..^4] + "AAAA";

        foreach (var token in new[] { other.Token!, stranger.Token!, changed, "", "x" })
        {
            foreach (var address in Addresses("POST", "alpine-cloud", except: OpenToMailPrograms).Where(address => address.StartsWith("/o/", StringComparison.Ordinal)))
            {
                var answer = await visitor.PostWithoutTokenAsync(address, (Visitor.TokenField, token));

                Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"POST {address} with the token '{token}' answered {answer.StatusCode}");
            }
        }
    }

    // Abuse case 10, the second line: even a token that was stolen does not help another site.
    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task Nothing_is_done_for_another_site_whatever_token_it_has(string site)
    {
        var visitor = await app.SignInAsync("global-admin");
        await visitor.OpenAsync("/o/alpine-cloud");

        foreach (var address in Addresses("POST", "alpine-cloud", except: OpenToMailPrograms))
        {
            var answer = await visitor.SendAsync(Form(address, site, visitor.Token!));

            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"POST {address} from another site answered {answer.StatusCode}");
        }

        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/o/alpine-cloud")).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await visitor.SendAsync(Form("/theme", "same-origin", visitor.Token!))).StatusCode);
    }

    // A link that changes something would do so for whoever only looks at it: a picture, a scanner of mails, a page that is fetched ahead.
    [Fact]
    public void Nothing_that_changes_something_answers_to_get()
    {
        var verbs = Actions().Where(action => Methods(action).Contains("GET") && Methods(action).Contains("POST"));

        Assert.Empty(verbs.SelectMany(Names));
    }

    [Theory]
    [InlineData("harbor-apps")]
    [InlineData("no-such-organization")]
    public async Task An_organization_that_is_not_mine_is_not_there(string organization)
    {
        var visitor = await app.SignInAsync("global-admin");
        await visitor.OpenAsync("/o/alpine-cloud");

        foreach (var address in Addresses("GET", organization).Where(address => address.Contains(organization, StringComparison.Ordinal)))
            Assert.True((await visitor.GetAsync(address)).StatusCode == HttpStatusCode.NotFound, $"GET {address}");
        foreach (var address in Addresses("POST", organization).Where(address => address.Contains(organization, StringComparison.Ordinal)))
            Assert.True((await visitor.ForgeAsync(address)).StatusCode == HttpStatusCode.NotFound, $"POST {address}");
    }

    [Fact]
    public async Task An_id_of_another_organization_is_not_there()
    {
        var visitor = await app.SignInAsync("global-admin");
        await visitor.OpenAsync("/o/alpine-cloud");
        var foreign = await app.PublishAsync(Drafts.RecommendedAction("owner") with { Organizations = ["harbor-apps"] });

        foreach (var method in new[] { "GET", "POST" })
        {
            foreach (var address in Addresses(method, "alpine-cloud", foreign).Where(address => address.StartsWith("/o/", StringComparison.Ordinal) && address.Contains($"/{foreign}", StringComparison.Ordinal)))
            {
                var answer = method == "GET" ? await visitor.GetAsync(address) : await visitor.ForgeAsync(address);

                Assert.True(answer.StatusCode == HttpStatusCode.NotFound, $"{method} {address} answered {answer.StatusCode}");
            }
        }
    }

    private static HttpRequestMessage Form(string address, string site, string token) => new(HttpMethod.Post, address)
    {
        Headers = { { "Sec-Fetch-Site", site } },
        Content = new FormUrlEncodedContent([new("theme", "dark"), new(Visitor.TokenField, token)]),
    };

    private static string Path(RouteEndpoint action) => "/" + action.RoutePattern.RawText!.TrimStart('/');

    private static IEnumerable<string> Methods(RouteEndpoint action) =>
        action.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["ANY"];

    private static IEnumerable<string> Names(RouteEndpoint action) => Methods(action).Select(method => $"{method} {Path(action)}");

    private List<RouteEndpoint> Actions() => [.. app.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is not null)];

    private IEnumerable<string> Addresses(string method, string organization, long id = 1, params string[] except) => Actions()
        .Where(action => Methods(action).Contains(method) && action.Metadata.GetMetadata<ApiKeyOnlyAttribute>() is null)
        .Where(action => !Names(action).Any(except.Contains))
        .Select(action => Path(action)
            .Replace(Organization, organization, StringComparison.Ordinal)
            .Replace("{id:long}", $"{id}", StringComparison.Ordinal)
            .Replace("{key}", organization, StringComparison.Ordinal)
            .Replace("{id:int}", $"{id}", StringComparison.Ordinal)
            .Replace("{item:int}", $"{id}", StringComparison.Ordinal)
            .Replace("{token}", "no-such-token", StringComparison.Ordinal)
            .Replace("{workspace}", "billing", StringComparison.Ordinal));
}
