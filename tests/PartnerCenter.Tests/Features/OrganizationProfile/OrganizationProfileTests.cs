using System.Net;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.OrganizationProfile;

public sealed class OrganizationProfileTests : IAsyncLifetime, IDisposable
{
    private const string Profile = "/o/alpine-cloud/account-settings/organization";

    private readonly PortalApp _app = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task It_says_what_the_organization_is_and_why_its_key_stays()
    {
        var visitor = await _app.SignInAsync("program-admin");

        var page = await visitor.OpenAsync(Profile);

        var facts = page.TextsOf(".facts dd");
        Assert.Equal("Alpine Cloud", facts[0]);
        Assert.StartsWith("alpine-cloud It stands in every link", facts[1], StringComparison.Ordinal);
        Assert.Equal(("2 March 2024", "9"), (facts[2], facts[3]));
        Assert.Equal(["Alpine Cloud Basel", "Alpine Cloud Zurich"], page.TextsOf("tbody th"));
        Assert.Equal(["Basel", "Switzerland", "0"], page.TextsOf("tbody tr:first-child td"));
        Assert.False(page.Has("main form, main a[href*='/locations/']"));
    }

    [Fact]
    public async Task Countries_have_their_names_in_the_language_of_the_reader()
    {
        var visitor = await _app.SignInAsync("dutch-admin");

        var page = await visitor.OpenAsync("/o/lowland-digital/account-settings/organization");
        var form = await visitor.OpenAsync("/o/lowland-digital/account-settings/organization/locations/add");

        Assert.Equal("Nederland", page.TextsOf("tbody td")[1]);
        Assert.Equal("Duitsland", form.TextOf("option[value=DE]"));
    }

    [Fact]
    public async Task A_new_name_is_on_the_next_page()
    {
        var visitor = await _app.SignInAsync("global-admin");
        var page = await visitor.OpenAsync(Profile);

        var renamed = await visitor.FollowAsync(await visitor.PressAsync(page.ButtonOf($"{Profile}/rename"), ("Name", "Alpine Cloud AG")));

        Assert.Equal("Alpine Cloud AG", renamed.TextsOf(".facts dd")[0]);
        Assert.Equal("The name is changed.", renamed.TextOf(".flash"));
    }

    [Theory]
    [InlineData("   ", "Enter a name.")]
    [InlineData("long", "The text is too long.")]
    public async Task A_name_that_cannot_be_one_is_refused_at_its_field(string name, string sentence)
    {
        var visitor = await _app.SignInAsync("global-admin");
        var page = await visitor.OpenAsync(Profile);
        name = name == "long" ? new string('x', 201) : name;

        var refused = await visitor.ReadAsync(await visitor.PressAsync(page.ButtonOf($"{Profile}/rename"), ("Name", name)));

        Assert.EndsWith(sentence, refused.TextOf("#Name-error"), StringComparison.Ordinal);
        Assert.Equal(name.Trim(), refused.Find("#Name").GetAttribute("value") ?? "");
        Assert.Equal("Alpine Cloud", refused.TextsOf(".facts dd")[0]);
    }

    [Fact]
    public async Task A_location_is_added_edited_and_removed()
    {
        var visitor = await _app.SignInAsync("two-directories");
        var add = await visitor.OpenAsync($"{Profile}/locations/add");

        var added = await visitor.FollowAsync(await visitor.PressAsync(
            add.ButtonOf($"{Profile}/locations/add"), ("Name", "Aachen office"), ("City", "Aachen"), ("Country", "DE")));
        Assert.Equal("Aachen office", added.TextsOf("tbody th")[0]);
        Assert.Equal(["Aachen", "Germany", "0"], added.TextsOf("tbody tr:first-child td").Take(3));

        var edit = await visitor.OpenAsync(added.Find("tbody tr:first-child a").GetAttribute("href")!);
        var address = edit.FindAll("form[method=post]").First(form => form.ClassList.Contains("form")).GetAttribute("action")!;
        var edited = await visitor.FollowAsync(await visitor.PressAsync(edit.ButtonOf(address), ("Name", "Aachen"), ("Country", "BE")));
        Assert.Equal("Belgium", edited.TextsOf("tbody tr:first-child td")[1]);

        var removed = await visitor.FollowAsync(await visitor.PressAsync((await visitor.OpenAsync(address)).ButtonOf($"{address}/remove")));
        Assert.Equal(["Alpine Cloud Basel", "Alpine Cloud Zurich"], removed.TextsOf("tbody th"));
    }

    [Fact]
    public async Task A_location_with_a_country_from_nowhere_keeps_what_was_typed()
    {
        var visitor = await _app.SignInAsync("global-admin");
        var add = await visitor.OpenAsync($"{Profile}/locations/add");

        var refused = await visitor.ReadAsync(await visitor.PressAsync(
            add.ButtonOf($"{Profile}/locations/add"), ("Name", "Moon base"), ("City", "Copernicus"), ("Country", "XX")));

        Assert.EndsWith("Choose a country from the list.", refused.TextOf("#Country-error"), StringComparison.Ordinal);
        Assert.Equal(("Moon base", "Copernicus"), (refused.Find("#Name").GetAttribute("value"), refused.Find("#City").GetAttribute("value")));
    }

    [Fact]
    public async Task A_location_that_a_role_counts_for_has_no_way_to_remove_it_and_a_forged_one_is_refused()
    {
        var visitor = await _app.SignInAsync("global-admin");
        var page = await visitor.OpenAsync(Profile);
        var address = page.Find("tbody tr:last-child a").GetAttribute("href")!;

        var edit = await visitor.OpenAsync(address);
        var forged = await visitor.ForgeAsync($"{address}/remove");

        Assert.True(edit.ButtonOf($"{address}/remove").HasAttribute("disabled"));
        Assert.Equal("A role counts for this location. Change the role first.", edit.TextOf("#remove-why"));
        Assert.Equal(HttpStatusCode.Conflict, forged.StatusCode);
    }

    [Fact]
    public async Task A_location_of_another_organization_is_not_there()
    {
        var neighbour = await _app.SignInAsync("dutch-admin");
        var theirs = await neighbour.OpenAsync("/o/lowland-digital/account-settings/organization");
        var id = theirs.Find("tbody a").GetAttribute("href")!.Split('/')[^1];
        var visitor = await _app.SignInAsync("global-admin");
        await visitor.OpenAsync(Profile);

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync($"{Profile}/locations/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.ForgeAsync($"{Profile}/locations/{id}", ("Name", "Mine"), ("City", "Mine"), ("Country", "CH"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.ForgeAsync($"{Profile}/locations/{id}/remove")).StatusCode);
    }

    [Fact]
    public async Task Whoever_may_only_look_changes_nothing()
    {
        var visitor = await _app.SignInAsync("program-admin");
        await visitor.OpenAsync(Profile);

        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.ForgeAsync($"{Profile}/rename", ("Name", "Mine"))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.ForgeAsync($"{Profile}/locations/add", ("Name", "A"), ("City", "B"), ("Country", "CH"))).StatusCode);
    }
}
