using System.Net;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.MyProfile;

public sealed class MyProfileTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Address = "/my-profile";

    [Fact]
    public async Task It_shows_what_somebody_is_in_each_directory()
    {
        var visitor = await app.SignInAsync("two-directories");

        var page = await visitor.OpenAsync(Address);

        Assert.Equal(["Alpine Cloud", "Lowland Digital"], page.TextsOf(".profile-directories h3"));
        Assert.Contains("two-directories@demo.example", page.Text, StringComparison.Ordinal);
        Assert.Contains("Interim account manager", page.TextsOf(".profile-directories li")[0], StringComparison.Ordinal);
        Assert.Contains("Account admin", page.TextsOf(".profile-directories li")[0], StringComparison.Ordinal);
        Assert.Contains("People lead", page.TextsOf(".profile-directories li")[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_one_step_from_every_page()
    {
        var page = await (await app.SignInAsync("billing-admin")).OpenAsync("/o/alpine-cloud/my-access");

        Assert.Equal("My profile", page.TextOf($".menu-panel a[href='{Address}']"));
    }

    [Fact]
    public async Task A_new_name_is_seen_by_the_others()
    {
        var visitor = await app.SignInAsync("helpdesk");
        var page = await visitor.OpenAsync(Address);

        var answer = await visitor.PressAsync(page.Find("main form button[type=submit]"), ("Name", "  Dario   Frei-Huber "));

        Assert.Equal(Address, answer.LocationOf());
        page = await visitor.FollowAsync(answer);
        Assert.Equal(("Your name is saved.", "Dario Frei-Huber"), (page.TextOf(".flash p"), page.Find("#Name").GetAttribute("value")));
        var others = await (await app.SignInAsync("global-admin")).OpenAsync("/o/alpine-cloud/account-settings/users?text=Frei-Huber");
        Assert.Contains("Dario Frei-Huber", others.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Enter your name.")]
    [InlineData("   ", "Enter your name.")]
    [InlineData(null, "The text is too long.")]
    public async Task A_name_that_cannot_be_is_refused_beside_its_field(string? name, string message)
    {
        var typed = name ?? new string('x', 201);
        var visitor = await app.SignInAsync("referrals");
        var page = await visitor.OpenAsync(Address);

        var refused = await visitor.ReadAsync(await visitor.PressAsync(page.Find("main form button[type=submit]"), ("Name", typed)));

        Assert.Equal(HttpStatusCode.OK, refused.Status);
        Assert.Contains(message, refused.TextOf("main form"), StringComparison.Ordinal);
        Assert.Equal("Femi Adeyemi", (await visitor.OpenAsync(Address)).Find("#Name").GetAttribute("value"));
    }

    [Fact]
    public async Task Whoever_belongs_nowhere_is_told_so()
    {
        var page = await (await app.SignInAsync("operator")).OpenAsync(Address);

        Assert.True(page.Has(".empty"));
    }
}
