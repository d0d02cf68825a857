using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.SignIn;

public sealed class ReturnAddressTests(PortalApp app) : IClassFixture<PortalApp>
{
    public static TheoryData<string> Elsewhere =>
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
    ];

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
