using System.Net;
using System.Text;
using Microsoft.VisualBasic.FileIO;
using PartnerCenter.Domain.Access;
using PartnerCenter.Tests.Support;
using static PartnerCenter.Tests.Features.Users.People;

namespace PartnerCenter.Tests.Features.Users;

/// <summary>The export is read back here by another parser than the one that knows how it was written.</summary>
public sealed class UserExportTests(PortalApp app) : IClassFixture<PortalApp>
{
    private static readonly string[] Header = ["address", "name", "status", "guest", "guest_until", "role", "location", "role_until"];

    private static string Export(string organization) => $"{ListOf(organization)}/export.csv";

    [Fact]
    public async Task It_has_a_line_for_each_role_and_one_for_somebody_without()
    {
        var visitor = await app.SignInAsync("global-admin");

        var lines = await ReadAsync(visitor, $"{Export(Alpine)}?text=demo.example", ",");

        Assert.Equal(Header, lines[0]);
        Assert.Equal(["global-admin@demo.example", "Anna Winter", "Active", "no", "", "global_admin", "", ""], lines[1]);
        Assert.Equal(
            ["referrals@demo.example/referrals_admin/Alpine Cloud Zurich", "referrals@demo.example/referrals_user/Alpine Cloud Zurich", "referrals@demo.example/report_viewer/Alpine Cloud Zurich"],
            lines.Where(line => line[1] == "Femi Adeyemi").Select(line => $"{line[0]}/{line[5]}/{line[6]}").Order());
        Assert.Equal(["guest@demo.example", "Gita Rao", "Active", "yes", "", "business_profile_admin", "", "2026-07-02"], lines.Single(line => line[1] == "Gita Rao"));
        Assert.Equal(["newcomer@demo.example", "Noa Lind", "Active", "no", "", "", "", ""], lines.Single(line => line[1] == "Noa Lind"));
    }

    [Fact]
    public async Task It_is_a_file_with_a_byte_order_mark_and_not_a_page()
    {
        var visitor = await app.SignInAsync("global-admin");

        var answer = await visitor.GetAsync(Export(Alpine));

        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment; filename=\"users-alpine-cloud-2026-03-02.csv\"", answer.Header("Content-Disposition"));
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), (await answer.Content.ReadAsByteArrayAsync())[..3]);
    }

    [Fact]
    public async Task It_follows_the_filter_and_the_order_over_all_pages()
    {
        for (var number = 1; number <= 30; number++)
            await app.AddPersonAsync($"Exported {number:00}");
        var visitor = await app.SignInAsync("global-admin");

        var lines = await ReadAsync(visitor, $"{Export(Alpine)}?text=exported&descending=true&page=2", ",");

        Assert.Equal(Enumerable.Range(1, 30).Reverse().Select(number => $"Exported {number:00}"), lines.Skip(1).Select(line => line[1]));
    }

    [Fact]
    public async Task The_page_leads_to_the_export_of_what_it_shows()
    {
        var visitor = await app.SignInAsync("global-admin");

        var page = await visitor.OpenAsync($"{ListOf(Alpine)}?guest=true&sort=address");

        Assert.Equal($"{Export(Alpine)}?guest=true&sort=address", page.Find("a[download]").GetAttribute("href"));
    }

    [Fact]
    public async Task Dutch_spreadsheets_get_their_semicolon_under_the_same_header()
    {
        var visitor = await app.SignInAsync("dutch-admin");

        var lines = await ReadAsync(visitor, Export(Lowland), ";");

        Assert.Equal(Header, lines[0]);
        Assert.Contains("Sanne de Vries", lines.Select(line => line[1]));
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+41 44 000 00 00")]
    [InlineData("-2+3")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1+1")]
    [InlineData("\r=1+1")]
    public async Task A_formula_is_defused(string name)
    {
        await app.AddPersonAsync(name, roles: RoleCatalogue.CpvAdmin);
        var visitor = await app.SignInAsync("global-admin");

        var names = (await ReadAsync(visitor, $"{Export(Alpine)}?role=cpv_admin", ",")).Skip(1).Select(line => line[1]).ToList();

        Assert.Contains($"'{name}", names);
        Assert.DoesNotContain(names, written => "=+-@\t\r".Contains(written[0], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Quote \"q\" and \"\"")]
    [InlineData("\"=1+1\"")]
    [InlineData("Comma, semicolon; tab\tinside")]
    [InlineData("Two\r\nlines")]
    [InlineData("Émile 日本 😀")]
    public async Task Anything_else_is_read_back_as_it_was(string name)
    {
        await app.AddPersonAsync(name, roles: RoleCatalogue.SupportAdmin);
        var visitor = await app.SignInAsync("global-admin");

        var lines = await ReadAsync(visitor, $"{Export(Alpine)}?role=support_admin", ",");

        Assert.Contains(name, lines.Select(line => line[1]));
        Assert.All(lines, line => Assert.Equal(Header.Length, line.Length));
    }

    [Fact]
    public async Task Whoever_may_not_see_the_roles_of_members_exports_nothing()
    {
        var visitor = await app.SignInAsync("newcomer");

        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.GetAsync(Export(Alpine))).StatusCode);
    }

    private static async Task<List<string[]>> ReadAsync(Visitor visitor, string address, string separator)
    {
        var answer = await visitor.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var parser = new TextFieldParser(await answer.Content.ReadAsStreamAsync(), Encoding.UTF8)
        {
            Delimiters = [separator],
            HasFieldsEnclosedInQuotes = true,
            TrimWhiteSpace = false,
        };
        var lines = new List<string[]>();
        while (parser.ReadFields() is { } fields)
            lines.Add(fields);
        return lines;
    }
}
