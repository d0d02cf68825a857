using Microsoft.AspNetCore.Mvc.Controllers;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.SignIn;

public sealed class ReturnAddressTests(PortalApp app) : IClassFixture<PortalApp>
{
    private static readonly string[] Hostile =
    [
        "https://evil.example",
        "http://evil.example/o/alpine-cloud",
        "HTTPS://EVIL.EXAMPLE",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "\\/evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "\t//evil.example",
        " //evil.example",
        "https:evil.example",
        "https:/evil.example",
        "javascript:alert(1)",
        "data:text/html,hello",
        "vbscript:x",
        "evil.example",
        "o/alpine-cloud",
        "?returnUrl=//evil.example",
        "@evil.example",
        "/%09/evil.example\r\nLocation: https://evil.example",
        "~//evil.example",
        "~/\\evil.example",
        "//evil.example/%2f..",
        "//evil.example:443/",
        "//user@evil.example",
        "https://localhost@evil.example/",
        "https://evil.example/o/alpine-cloud",
        "https://evil.example#/o/alpine-cloud",
        "https:///evil.example",
        "https:\\\\evil.example",
        "http:evil.example",
        "hTTp:\\/evil.example",
        "/\\/evil.example",
        "/\\\\evil.example",
        "\\/\\/evil.example",
        "/\r/evil.example",
        "/\r\n/evil.example",
        "/\t\\evil.example",
        "\n//evil.example",
        "\r\nhttps://evil.example",
        "\u0001//evil.example",
        "\u00a0//evil.example",
        "\u200b//evil.example",
        "\ufeff//evil.example",
        "\uff0f\uff0fevil.example",
        "//evil\u3002example",
        "//\u24d4vil.example",
        "//[::1]@evil.example",
        "//127.1/",
        "//2130706433/",
        "//0x7f.1/",
        "////evil.example",
        "ftp://evil.example",
        "file:///etc/passwd",
        "blob:https://evil.example/1",
        "mailto:somebody@evil.example",
        "JavaScript:alert(1)",
        "java\nscript:alert(1)",
        " javascript:alert(1)",
        "data:text/html;base64,PHNjcmlwdD4=",
        "..//evil.example",
        ".//evil.example",
        "#//evil.example",
    ];

    // Each address that sends somebody back to where they say they were, and where it leads when that is elsewhere.
    private static readonly Dictionary<string, string> Told = new()
    {
        ["/sign-in/another"] = "/?another=true",
        ["/sign-in/again"] = "/?returnUrl=%2Fsign-in%2Fagain%3Fstep%3DGrantAdministrator",
        ["/language"] = "/",
        ["/theme"] = "/",
        ["/density"] = "/",
        ["/directories/default"] = "/",
        ["/o/alpine-cloud/my-preferences/contact/sign-in-address"] = "/o/alpine-cloud/my-preferences/contact",
    };

    public static TheoryData<string> Elsewhere => [.. Hostile];

    public static TheoryData<string> Returning => [.. Told.Keys];

    [Fact]
    public async Task A_page_that_needs_sign_in_is_where_one_lands_afterwards()
    {
        var visitor = app.Visit();
        const string Wanted = "/o/alpine-cloud/action-center?view=notifications&kind=promotional-notification";

        var start = await visitor.FollowAsync(await visitor.GetAsync(Wanted));
        var answer = await visitor.PressAsync(start.Find("button[value=global-admin]"));

        Assert.Equal(Wanted, answer.LocationOf());
    }

    [Fact]
    public async Task What_was_posted_without_sign_in_is_no_place_to_come_back_to()
    {
        var answer = await app.Visit().PostWithoutTokenAsync("/o/alpine-cloud/action-center/read-all");

        Assert.Equal("/?returnUrl=%2F", answer.LocationOf());
    }

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public async Task An_address_elsewhere_is_not_put_into_the_form(string elsewhere)
    {
        var page = await app.Visit().OpenAsync($"/?returnUrl={Uri.EscapeDataString(elsewhere)}");

        Assert.False(page.Has("input[name=returnUrl]"));
    }

    [Fact]
    public void Every_action_that_is_told_where_to_return_to_is_tried()
    {
        var told = Routes.Actions(app)
            .Where(route => route.Endpoint.Metadata.GetMetadata<ControllerActionDescriptor>()!.Parameters.Any(parameter =>
                parameter.Name.Equals("returnUrl", StringComparison.OrdinalIgnoreCase) || parameter.ParameterType.GetProperty("ReturnUrl") is not null))
            .Select(route => Routes.AddressOf(route.Endpoint))
            .Distinct();

        // The first two have tests of their own here, and the ways by a password and over a provider where there are these.
        Assert.Equal(Told.Keys.Concat(["/", "/sign-in/demo", "/sign-in/local", "/sign-in/local/code", "/sign-in/none"]).Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Returning))]
    public async Task No_action_returns_to_an_address_elsewhere(string address)
    {
        var followed = new List<string>();
        var visitor = await app.SignInAsync("global-admin");
        foreach (var elsewhere in Hostile)
        {
            if (address.StartsWith("/sign-in/", StringComparison.Ordinal))
                visitor = await app.SignInAsync("global-admin");
            await visitor.OpenAsync("/o/alpine-cloud");
            var answer = await visitor.ForgeAsync(
                address, ("returnUrl", elsewhere), ("language", "en"), ("theme", "dark"), ("density", "compact"), ("organization", "alpine-cloud"));

            if (answer.LocationOf() != Told[address])
                followed.Add($"{elsewhere} -> {answer.LocationOf()}");
        }

        Assert.Empty(followed);
    }

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public async Task An_address_elsewhere_is_not_followed(string elsewhere)
    {
        var visitor = app.Visit();
        var start = await visitor.OpenAsync("/");

        var answer = await visitor.PressAsync(start.Find("button[value=global-admin]"), ("returnUrl", elsewhere));

        Assert.Equal("/o/alpine-cloud", answer.LocationOf());
    }
}
