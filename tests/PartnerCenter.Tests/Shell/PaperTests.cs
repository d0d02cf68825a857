using System.Net;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Shell;

/// <summary>What a page that is printed says of itself.</summary>
public sealed class PaperTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Theory]
    [InlineData("global-admin", "/o/alpine-cloud/action-center", "Alpine Cloud – PartnerCenter As of 2 March 2026 09:00 UTC")]
    [InlineData("dutch-admin", "/o/lowland-digital/action-center", "Lowland Digital – PartnerCenter Stand op 2 maart 2026 09:00 UTC")]
    [InlineData("operator", "/operator", "PartnerCenter As of 2 March 2026 09:00 UTC")]
    public async Task It_names_the_organization_and_the_moment(string person, string address, string line)
    {
        var visitor = await app.SignInAsync(person);

        var page = await visitor.OpenAsync(address);

        Assert.Equal(line, page.TextOf(".paper-line"));
    }

    [Theory]
    [InlineData("/o/alpine-cloud/account-settings/activity-log")]
    [InlineData("/o/alpine-cloud/no-such-page")]
    public async Task It_has_a_style_sheet_of_its_own(string address)
    {
        var visitor = await app.SignInAsync("global-admin");

        var sheet = (await visitor.OpenAsync(address)).Find("link[rel=stylesheet][media=print]").GetAttribute("href")!;

        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(sheet)).StatusCode);
    }
}
