using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Hosting.Published;

[Trait("Category", "Process")]
public sealed partial class ProductionFromNothingTests(ProductionFromNothing production) : IClassFixture<ProductionFromNothing>
{
    private static readonly object Communication = new
    {
        workspace = "billing",
        kind = "mandatory-action",
        audience = new { roles = new[] { "global_admin" }, organizations = new[] { "alpine-cloud" } },
        dueInDays = 30,
        content = new { en = new { title = "Check the invoice", body = "Look at **line 3**." } },
    };

    [Fact]
    public void Without_its_schema_it_does_not_start_and_says_what_to_do()
    {
        var ended = production.BeforeMigration;

        Assert.Equal((1, "The database is not up to date. Run the command 'migrate' first, or set Database:MigrateOnStart to true."), (ended.ExitCode, ended.Errors.Trim()));
    }

    [Fact]
    public void Every_command_succeeds_and_says_what_it_did()
    {
        Assert.All(production.Commands, command => Assert.True(command.ExitCode == 0, command.Errors));
        Assert.Equal(
            [
                "The database is up to date.",
                "Created the organization 'alpine-cloud' with anna@alpine.example as its Global admin. Enroll it in a program next.",
                "'alpine-cloud' is enrolled in reseller, partner-network.",
                "olga@program.example is an operator of the program.",
                production.ApiKey,
            ],
            production.Commands.Select(command => command.Output.Trim().Split('\n')[0].TrimEnd()));
    }

    [Fact]
    public void Whoever_is_added_gets_a_link_to_choose_a_password_by()
    {
        foreach (var added in new[] { production.Commands[1], production.Commands[3] })
        {
            var lines = added.Output.Trim().Split('\n');
            Assert.StartsWith("With this link they connect their account or choose a password, once and until ", lines[1], StringComparison.Ordinal);
            Assert.Matches("/join/[A-Za-z0-9_-]{100,}$", lines[2].TrimEnd());
        }
    }

    [Fact]
    public void The_key_is_the_only_line_of_its_command_so_that_a_script_can_catch_it()
    {
        var ended = production.Commands[^1];

        Assert.Matches("^pck_[a-z0-9]{12}_[A-Za-z0-9_-]{43}$", production.ApiKey);
        Assert.Contains("It is shown only now", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_answers_that_it_lives_and_is_ready()
    {
        var answers = new[] { await production.GetAsync("/healthz/live"), await production.GetAsync("/healthz/ready") };

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [Fact]
    public async Task What_is_published_with_the_key_reaches_the_administrator_by_mail_and_nobody_else()
    {
        using var mails = new FolderWatch(production.Host.MailFolder, "*.eml");

        var answer = await production.PublishAsync(Communication);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        await mails.UntilAsync(() => WrittenMail.AllIn(production.Host.MailFolder).Count > 0);
        var mail = Assert.Single(WrittenMail.AllIn(production.Host.MailFolder));
        Assert.Equal(["anna@alpine.example"], mail.Recipients);
    }

    [Fact]
    public async Task The_key_opens_only_what_it_was_made_for()
    {
        var answer = await production.PublishAsync(new
        {
            workspace = "pricing",
            kind = "promotional-notification",
            audience = new { roles = new[] { "global_admin" } },
            content = new { en = new { title = "New prices", body = "See there." } },
        });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.Content.ReadAsStringAsync();
        Assert.Contains("\"workspace\"", problem, StringComparison.Ordinal);
        Assert.Contains("\"audience.organizations\"", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_the_key_only_a_hash_is_stored()
    {
        Assert.True(ApiKey.TryParse(production.ApiKey, out var id, out var secret));

        var stored = await production.Host.InDatabaseAsync(db => db.ApiKeys.SingleAsync(key => key.Id == id));

        Assert.Equal(Secret.Hash(secret), stored.SecretHash);
        Assert.All(Directory.GetFiles(production.Host.Folder, "*", SearchOption.AllDirectories), file =>
            Assert.False(Bytes(file).AsSpan().IndexOf(Encoding.ASCII.GetBytes(secret)) >= 0, $"{file} holds the secret."));
        Assert.True(Bytes(production.Host.DatabaseFile).AsSpan().IndexOf(Encoding.ASCII.GetBytes(stored.SecretHash)) >= 0
            || Bytes(production.Host.DatabaseFile + "-wal").AsSpan().IndexOf(Encoding.ASCII.GetBytes(stored.SecretHash)) >= 0);
    }

    [Theory]
    [InlineData("global-admin")]
    [InlineData("operator")]
    public async Task Nobody_signs_in_by_choosing_a_person(string person)
    {
        var answer = await production.PostFormAsync("/sign-in/demo", KeyValuePair.Create("person", person));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain(
            answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [],
            cookie => cookie.StartsWith("pc=", StringComparison.Ordinal) || cookie.StartsWith("__Host-pc=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_start_page_offers_nobody_to_choose()
    {
        var page = await (await production.GetAsync("/")).Content.ReadAsStringAsync();

        Assert.DoesNotContain("name=\"person\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_pages_travel_compressed_and_its_files_too_which_a_browser_may_keep_for_ever()
    {
        var page = await (await production.GetAsync("/")).Content.ReadAsStringAsync();
        var files = StyleOrModule().Matches(page).Select(file => file.Value).Distinct().ToList();
        Assert.Contains(files, file => file.EndsWith(".css", StringComparison.Ordinal));
        Assert.Contains(files, file => file.EndsWith(".js", StringComparison.Ordinal));

        foreach (var file in files)
        {
            var answer = await production.GetCompressedAsync(file);

            Assert.Equal(
                (file, HttpStatusCode.OK, "br", "max-age=31536000, immutable"),
                (file, answer.StatusCode, answer.Header("Content-Encoding"), answer.Header("Cache-Control")));
        }

        Assert.Equal("gzip", (await production.GetCompressedAsync("/")).Header("Content-Encoding"));
    }

    [Fact]
    public async Task The_key_of_the_demo_opens_nothing()
    {
        using var client = new HttpClient { BaseAddress = production.Host.Url };
        client.DefaultRequestHeaders.Authorization = new("Bearer", "pck_demo_PartnerCenterDemoKeyForLocalTryingOutOnly00");

        var answer = await client.PostAsJsonAsync("/api/v1/communications", Communication);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    // A file that another process has open for writing.
    private static byte[] Bytes(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    [GeneratedRegex("/(?:css|js)/[^\"]+", RegexOptions.NonBacktracking)]
    private static partial Regex StyleOrModule();
}
