using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Hosting;

public sealed class RequestLanguageTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Theory]
    [InlineData(null, "en")]
    [InlineData("", "en")]
    [InlineData("nl", "nl")]
    [InlineData("NL", "nl")]
    [InlineData("nl-BE", "nl")]
    [InlineData("en-GB", "en")]
    [InlineData("nl, en", "nl")]
    [InlineData("en, nl", "en")]
    [InlineData("de, nl;q=0.5, en;q=0.1", "nl")]
    [InlineData("en;q=0.5, nl", "nl")]
    [InlineData("nl;q=0.2, en;q=0.8", "en")]
    [InlineData("nl;q=0.8, en;q=0.8", "nl")]
    [InlineData("de, fr", "en")]
    [InlineData("*", "en")]
    [InlineData("nl;q=0", "en")]
    [InlineData("nl;q=0, *", "en")]
    [InlineData("nl;q=most, ;;, -", "en")]
    [InlineData("nlx", "en")]
    public async Task Before_sign_in_it_is_the_first_that_the_browser_wants_and_we_have(string? wanted, string language)
    {
        var page = await OpenAsync(app.Visit(), "/", wanted);

        Assert.Equal((language, language), (page.Language, page.Answer.Header("Content-Language")));
    }

    [Theory]
    [InlineData("global-admin", "/o/alpine-cloud", "nl", "en")]
    [InlineData("dutch-admin", "/o/lowland-digital", "en", "nl")]
    public async Task After_sign_in_it_is_the_person_s_own_whatever_the_browser_wants(string person, string home, string wanted, string language)
    {
        var visitor = await app.SignInAsync(person);

        var page = await OpenAsync(visitor, home, wanted);
        var missing = await OpenAsync(visitor, "/no-such-page", wanted);

        Assert.Equal((language, language), (page.Language, missing.Language));
    }

    [Fact]
    public async Task After_signing_out_it_stays_that_of_whoever_used_the_browser()
    {
        using var own = new PortalApp();
        var visitor = await own.SignInAsync("dutch-admin");
        await visitor.PressAsync((await visitor.OpenAsync("/o/lowland-digital")).ButtonOf("/sign-out"));
        Assert.Equal("nl", (await OpenAsync(visitor, "/", "en")).Language);

        visitor = await own.SignInAsync("global-admin");
        var home = await visitor.OpenAsync("/o/alpine-cloud");
        await visitor.PressAsync(home.Find("form[action='/language'] button[value=nl]"));
        await visitor.PressAsync((await visitor.OpenAsync("/o/alpine-cloud")).ButtonOf("/sign-out"));
        Assert.Equal("nl", (await OpenAsync(visitor, "/", "en")).Language);
    }

    [Fact]
    public async Task What_no_browser_of_ours_would_have_kept_counts_as_nothing()
    {
        var visitor = app.Visit();
        visitor.Keep("pc-language", "xx");

        Assert.Equal("nl", (await OpenAsync(visitor, "/", "nl")).Language);
    }

    [Fact]
    public async Task A_fault_in_a_page_is_told_in_the_language_of_the_page()
    {
        using var broken = new PortalApp();
        var visitor = await broken.SignInAsync("dutch-admin");
        broken.Database.Fault = new InvalidOperationException("The part number 4711 is broken.");
        broken.Database.StillReachable = 1;

        var page = await OpenAsync(visitor, "/o/lowland-digital", "en");

        Assert.Equal(("nl", "Er ging bij ons iets mis"), (page.Language, page.Heading));
    }

    private static async Task<Page> OpenAsync(Visitor visitor, string address, string? wanted)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (wanted is not null)
            request.Headers.TryAddWithoutValidation("Accept-Language", wanted);
        return await visitor.ReadAsync(await visitor.SendAsync(request));
    }
}
