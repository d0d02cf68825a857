using System.Net;
using System.Net.Http.Headers;
using System.Text;
using PartnerCenter.Tests.Features.PublishingApi;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Hosting;

/// <summary>What nobody can read is refused in words, and is no fault of the portal's.</summary>
public sealed class UnreadableRequestTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Home = "/o/alpine-cloud";

    [Theory]
    [InlineData($"{Home}/action-center")]
    [InlineData($"{Home}/account-settings/users")]
    [InlineData($"{Home}/account-settings/users/export.csv")]
    [InlineData($"{Home}/account-settings/users/roles")]
    [InlineData($"{Home}/sent-mail/export")]
    public async Task A_page_that_is_asked_for_with_a_form_that_cannot_be_read_is_refused(string address)
    {
        var visitor = await app.SignInAsync("global-admin");
        var tooMany = string.Join('&', Enumerable.Range(0, 1_100).Select(number => $"field{number}=x"));

        var page = await visitor.ReadAsync(await visitor.SendAsync(Request(HttpMethod.Get, address, tooMany, Form)));

        Assert.Equal((HttpStatusCode.BadRequest, "That request could not be understood"), (page.Status, page.Heading));
    }

    [Theory]
    [InlineData("GET", Home)]
    [InlineData("POST", $"{Home}/action-center/read-all")]
    [InlineData("POST", "/theme")]
    public async Task An_encoding_that_is_read_no_more_is_refused(string method, string address)
    {
        var visitor = await app.SignInAsync("global-admin");

        var answer = await visitor.SendAsync(Request(new HttpMethod(method), address, "theme=dark", $"{Form}; charset=utf-7"));

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Theory]
    [InlineData("/unsubscribe/%20")]
    [InlineData("/verify-contact/%20%09")]
    [InlineData("/invitations/%20")]
    [InlineData("/calendar/%20.ics")]
    [InlineData($"{Home}/workspaces/%20")]
    public async Task A_part_of_an_address_that_is_only_blanks_is_not_there(string address)
    {
        var visitor = await app.SignInAsync("global-admin");

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(address)).StatusCode);
    }

    [Theory]
    [InlineData("a[b=1")]
    [InlineData("theme=dark&a[b")]
    [InlineData("theme=dark&[=1&]=2&[[]]=3")]
    public async Task A_field_name_with_an_open_bracket_is_a_name_like_any_other(string fields)
    {
        var visitor = await app.SignInAsync("global-admin");
        await visitor.OpenAsync(Home);

        var answer = await visitor.SendAsync(Request(HttpMethod.Post, "/theme", $"{fields}&{Visitor.TokenField}={Uri.EscapeDataString(visitor.Token!)}", Form));

        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Found, HttpStatusCode.BadRequest });
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync($"{Home}?a[b=1")).StatusCode);
    }

    [Fact]
    public async Task A_field_of_the_API_with_a_name_of_brackets_is_unknown_like_any_other()
    {
        var caller = new ApiCaller(app);

        var answer = await caller.PublishAsync($$"""{"{{string.Concat(Enumerable.Repeat("_[", 200))}}":1}""");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await Problem.ReadAsync(answer);
    }

    [Fact]
    public async Task An_organization_whose_name_no_database_could_hold_is_unknown()
    {
        var body = ApiCaller.Body();
        body["audience"]!["organizations"] = new System.Text.Json.Nodes.JsonArray("alpine-cloud", "\0", "x' OR 1=1 --");

        var answer = await new ApiCaller(app).PublishAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("audience.organizations", Problem.FieldsOf(await Problem.ReadAsync(answer)));
    }

    [Fact]
    public async Task A_choice_that_was_sent_empty_is_none()
    {
        var visitor = await app.SignInAsync("global-admin");
        await visitor.OpenAsync(Home);

        var people = await visitor.ForgeAsync($"{Home}/account-settings/users/add", ("Addresses", "somebody@example.test"), ("Roles", " "));
        var choices = await visitor.ForgeAsync($"{Home}/my-preferences", ("Wanted", " "), ("Known", ""));

        Assert.Equal((HttpStatusCode.OK, true), (people.StatusCode, (int)choices.StatusCode < 500));
    }

    [Fact]
    public async Task A_language_that_was_sent_without_a_text_is_left_out()
    {
        var visitor = await app.SignInAsync("operator");
        await visitor.OpenAsync("/operator");

        var page = await visitor.ReadAsync(await visitor.ForgeAsync("/operator/communications/simulate", ("Content", "x"), ("content[nl]", "x"), ("content[en].title", "")));

        Assert.Equal(HttpStatusCode.OK, page.Status);
    }

    private static HttpRequestMessage Request(HttpMethod method, string address, string body, string contentType)
    {
        var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return new HttpRequestMessage(method, address) { Content = content };
    }
}
