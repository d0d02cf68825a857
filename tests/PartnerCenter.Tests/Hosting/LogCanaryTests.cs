using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Mail.Transport;
using PartnerCenter.Tests.Features.PublishingApi;
using PartnerCenter.Tests.PortalsUnderTest;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Hosting;

/// <summary>
/// The portal is used, well and badly, with something that nobody may find in its logs in every place where somebody can put something.
/// What it logged is looked at once more when it ends, as it is for every other test.
/// </summary>
public sealed partial class LogCanaryTests : IAsyncLifetime, IDisposable
{
    private const string Canary = Canaries.Marker;
    private const string Address = $"{Canary}@elsewhere.example";
    private const string Key = $"pck_{Canary}_KanarieKanarieKanarieKanarieKanarieKanarie7";
    private const string Token = "KanarieKanarieKanarieKanarieKanarieKanarie7";

    private readonly CanaryPortal _app = new();
    private Visitor _anna = null!;

    public async Task InitializeAsync() => _anna = await _app.SignInAsync("global-admin");

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task Nothing_that_people_are_called_write_or_hold_is_in_the_log()
    {
        var held = await UseTheForms();
        held.AddRange(await UseTheLinksAsync());
        await UseTheApiAsync();
        await SendWhatIsWrongAsync();

        Assert.NotEmpty(Logged());
        Assert.Empty(Canaries.In(Logged()));
        Assert.All(held, secret => Assert.DoesNotContain(Logged(), line => line.Contains(secret, StringComparison.Ordinal)));
    }

    // The words of the database, of a relay, of another system and of our own code, in every shape that the portal logs.
    [Fact]
    public async Task A_fault_is_logged_with_what_it_is_and_where_and_not_with_what_it_says()
    {
        _app.Database.Fault = new InvalidOperationException($"The value '{Address}' cannot be stored.", new FormatException($"{Canary} is no number."));
        var answer = await _anna.GetAsync("/o/alpine-cloud");
        _app.Database.Fault = new DbUpdateException("See the inner exception.", new InvalidDataException($"The duplicate key value is ({Address})."));
        await _anna.GetAsync("/o/alpine-cloud/my-access");
        _app.Database.Fault = new AggregateException(new HttpRequestException($"error=invalid_grant&error_description={Canary}"), new TimeoutException($"{Token}"));
        await _anna.GetAsync("/my-profile");
        _app.Database.Fault = null;

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains(Logged(), line => line.Contains("System.InvalidOperationException", StringComparison.Ordinal));
        Assert.Contains(Logged(), line => line.Contains("System.FormatException", StringComparison.Ordinal));
        Assert.Contains(Logged(), line => line.Contains("Microsoft.EntityFrameworkCore.DbUpdateException: See the inner exception.", StringComparison.Ordinal));
        Assert.Contains(Logged(), line => line.Contains("   at PartnerCenter.", StringComparison.Ordinal));
        Assert.Contains(Logged(), line => line.Contains("\"Level\":\"Error\"", StringComparison.Ordinal) && line.Contains($"\"RequestId\":\"{answer.Header("X-Trace-Id")}\"", StringComparison.Ordinal));
        Assert.DoesNotContain(Logged(), line => line.Contains("RequestPath", StringComparison.Ordinal));
        Assert.Empty(Canaries.In(Logged()));
    }

    [Theory]
    [InlineData(TransportOutcome.RelayUnavailable, "RCPT TO: 421 4.3.2 <kanarie@elsewhere.example> Kanarie Jansen is not well", "The mail relay is away: RCPT TO: 421 4.3.2\"")]
    [InlineData(TransportOutcome.RelayUnavailable, "Connecting: 554 kanarie.example says no", "The mail relay is away: Connecting: 554\"")]
    [InlineData(TransportOutcome.RelayUnavailable, "Connecting: Connection refused", "The mail relay is away: Connecting: Connection refused\"")]
    [InlineData(TransportOutcome.AddressRefused, "RCPT TO: 550 5.1.1 kanarie@elsewhere.example: no such user", null)]
    [InlineData(TransportOutcome.Refused, "DATA: 554 5.6.0 the mail 'Kanarie' is refused", null)]
    [InlineData(null, "kanarie@elsewhere.example broke the connection", "System.IO.IOException")]
    public async Task What_a_relay_says_of_a_mail_stays_out(TransportOutcome? outcome, string said, string? logged)
    {
        _app.Transport.Answer = outcome is { } known ? () => new TransportAnswer(known, said) : () => throw new IOException(said);

        await _app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, $"{Canary} title", RoleCatalogue.BillingAdmin));
        await _app.SendMailsAsync();

        Assert.Empty(Canaries.In(Logged()));
        if (logged is not null)
            Assert.Contains(Logged().Select(line => line.Replace(@"\""", "\"", StringComparison.Ordinal)), line => line.Contains(logged.TrimEnd('"'), StringComparison.Ordinal));
    }

    [Fact]
    public void Whatever_is_logged_by_whomever_is_one_line_without_addresses_and_secrets()
    {
        string[] hostile = ["\r\n", "\n", "\r", "\u001b[31m", "\u001b]0;x\u0007", "\b\b\b", "\0", "\u0085", "\u2028", "\u2029", "\u202e", "\u2066", "\t", "\u009b2J"];
        var log = _app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("PartnerCenter.Test");
        var before = Logged().Count;

        foreach (var control in hostile)
        {
            var value = $"a{control}[12:00:00 INF] forged {Address}{control}b";
            using (log.BeginScope(new Dictionary<string, object> { ["Scope"] = value, ["RequestPath"] = $"/verify-contact/{Token}" }))
            {
                LogEverything(log, value, [value, value], new { Inner = value }, new Dictionary<string, string> { ["key"] = value }, new Uri($"https://x.example/{Token}"), 17);
                LogFault(log, new InvalidOperationException(value, new InvalidDataException(value)), value);
            }
        }

        // In both files: two lines for the events, and for the console one more for each of the two faults, which begins with a name of ours.
        var lines = Logged();
        Assert.Equal(hostile.Length * ((2 + 2) + 2), lines.Count - before);
        Assert.Empty(Canaries.In(lines));
        Assert.DoesNotContain(lines, line => line.StartsWith("[12:00:00 INF] forged", StringComparison.Ordinal) || Unprintable().IsMatch(line));
        Assert.Contains(lines, line => line.Contains("\"Scope\":\"a", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("forged k…@elsewhere.example", StringComparison.Ordinal) && line.Contains("number 17", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nobody at all", "nobody at all")]
    [InlineData("to anna@work.example, ben@work.example", "to a…@work.example, b…@work.example")]
    [InlineData("<ob.5f0c@example.com>", "<o…@example.com>")]
    [InlineData("mailto:anna@work.example?subject=x", "mailto:a…@work.example?subject=x")]
    [InlineData("Bearer pck_key_Secret", "Bearer pck_…")]
    [InlineData("id 4711, 0HN7ABCDEF01:00000003", "id 4711, 0HN7ABCDEF01:00000003")]
    [InlineData("/calendar/AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefg.ics", "/calendar/….ics")]
    [InlineData("PartnerCenter.Web.Features.OrganizationProfile.OrganizationProfileController", "PartnerCenter.Web.Features.OrganizationProfile.OrganizationProfileController")]
    [InlineData("a\r\nb\u001b[0m", "a\\u000d\\u000ab\\u001b[0m")]
    public void A_text_keeps_what_tells_of_nobody(string text, string masked) => Assert.Equal(masked, Web.Hosting.LogMask.Mask(text));

    // 7-16: a name, an address, a code, a note, a reason, a search, a place, a file, a request for help, a job.
    private async Task<List<string>> UseTheForms()
    {
        await _anna.OpenAsync("/my-profile");
        await _anna.ForgeAsync("/my-profile", ("Name", $"{Canary} Jansen"));
        await _anna.ForgeAsync("/my-profile", ("Name", new string('k', 300) + Canary));
        await _anna.OpenAsync($"/o/alpine-cloud/search?q={Canary}");
        await _anna.OpenAsync($"/o/alpine-cloud/account-settings/users?text={Address}&page={Canary}");
        await _anna.OpenAsync($"/o/alpine-cloud/account-settings/activity-log?person={Canary}");
        await _anna.ForgeAsync("/o/alpine-cloud/account-settings/users/add", ("Addresses", $"{Address}\n{Canary}"), ("Roles", Canary), ("Language", "nl"));
        await _anna.ForgeAsync("/o/alpine-cloud/account-settings/organization/locations/add", ("Name", $"{Canary}\r\nforged"));
        await _anna.ForgeAsync("/o/alpine-cloud/my-access/ask", ("Role", "billing_admin"), ("Reason", $"{Canary} reason"));
        await _anna.ForgeAsync("/o/alpine-cloud/help-support/requests/new", ("Summary", $"{Canary} sum"), ("Workspace", "billing"), ("Type", "Problem"), ("Details", $"{Canary} details"));
        var id = await _app.PublishAsync(Drafts.ForAlpine(CommunicationKind.MandatoryAction, $"{Canary} title", RoleCatalogue.GlobalAdmin));
        await _anna.ForgeAsync($"/o/alpine-cloud/action-center/{id}/complete", ("Note", $"{Canary} note"));
        await _anna.ForgeAsync($"/o/alpine-cloud/action-center/{id}/complete", ("Note", $"{Canary} note again"));
        var import = await _anna.OpenAsync("/o/alpine-cloud/account-settings/users/import");
        await _anna.UploadAsync(import.ButtonOf("/o/alpine-cloud/account-settings/users/import"), "File", Encoding.UTF8.GetBytes($"address,{Canary}\n\"{Address}"));
        await _anna.OpenAsync("/o/alpine-cloud/my-preferences/contact");
        await _anna.ForgeAsync("/o/alpine-cloud/my-preferences/contact", ("Address", Address));
        await _anna.ForgeAsync("/o/alpine-cloud/my-preferences/contact/confirm", ("Code", $"{Canary}"));
        await _app.SendMailsAsync();
        return [.. _anna.Cookies.Values.Where(value => value.Length > 20)];
    }

    // 17-22: secrets in addresses, real ones and forged ones.
    private async Task<List<string>> UseTheLinksAsync()
    {
        var calendar = await _anna.OpenAsync("/o/alpine-cloud/action-center/calendar");
        var made = await _anna.FollowAsync(await _anna.PressAsync(calendar.FindAll("main form button[type=submit]")[0]));
        var feed = new Uri(made.TextOf("main textarea")).AbsolutePath;
        var mail = Assert.Single(_app.Transport.Sent, mail => mail.To == Address);
        var verify = Verification().Match(mail.Text).Value;
        await _app.Visit().GetAsync(feed);
        await _anna.GetAsync(verify);
        await _anna.ForgeAsync(verify);
        foreach (var address in new[] { $"/calendar/{Token}.ics", $"/feeds/{Token}.atom", $"/verify-contact/{Token}", $"/unsubscribe/{Token}", $"/{Token}", $"/signin-oidc?error={Canary}&error_description={Canary}&code={Token}" })
        {
            await _app.Visit().GetAsync(address);
            await _anna.GetAsync(address);
            await _anna.ForgeAsync(address, ("token", Token));
        }

        return [feed.Split('/', '.')[2], verify.Split('/')[^1]];
    }

    // 23-26: keys, bodies and what a mail system repeats.
    private async Task UseTheApiAsync()
    {
        await new ApiCaller(_app, Key).PublishAsync(ApiCaller.Body(Canary));
        await new ApiCaller(_app, $"{Canary} and no key").PublishAsync(ApiCaller.Body(Canary));
        var caller = new ApiCaller(_app);
        await caller.GetAsync($"/api/v1/communications/1?key={Key}&access_token={Token}");
        await caller.PublishAsync(ApiCaller.Body($"{Canary} title"), Canary);
        await caller.PublishAsync(ApiCaller.Body($"{Canary} other"), Canary);
        foreach (var body in new[] { $"{{\"{Canary}\": ", $"[\"{Canary}\"]", $"{Canary}", $"{{\"workspace\":\"{Canary}\",\"kind\":\"{Address}\",\"dueInDays\":\"{Canary}\"}}" })
            await caller.PublishAsync(body);
        await caller.PublishAsync(new string('k', 300 * 1024) + Canary);
        await caller.PublishAsync(ApiCaller.Body().ToJsonString(), contentType: $"text/{Canary}");

        var relay = new ApiCaller(_app, await MailEventsKeyAsync());
        foreach (var detail in new[] { $"550 5.1.1 {Address}", Canary })
        {
            await relay.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/v1/mail-events")
            {
                Content = new StringContent(
                    new JsonArray(new JsonObject { ["messageId"] = $"<{Address}>", ["event"] = "bounced", ["at"] = "2026-03-02T09:00:00Z", ["recipient"] = Address, ["detail"] = detail }).ToJsonString(),
                    Encoding.UTF8,
                    "application/json"),
            });
        }
    }

    // 27-32: what a request says of itself, cookies, and forms that are none.
    private async Task SendWhatIsWrongAsync()
    {
        foreach (var (name, value) in new[]
        {
            ("X-Forwarded-For", $"{Canary}, 1.2.3.4"), ("X-Forwarded-Host", $"{Canary}.example"), ("X-Forwarded-Proto", Canary), ("Forwarded", $"for={Canary}"),
            ("Host", $"{Canary}.example"), ("User-Agent", Canary), ("Referer", $"https://{Canary}.example/?t={Token}"), ("Origin", $"https://{Canary}.example"),
            ("Accept-Language", Canary), ("traceparent", Canary), ("Range", $"bytes={Canary}"), ("If-Modified-Since", Canary), ("If-None-Match", Canary), ("Sec-Fetch-Site", Canary),
            ("Cookie", $"pc={Token}; pc-form={Canary}; pc-temp={Canary}; .AspNetCore.Mvc.CookieTempDataProvider={Canary}; theme={Canary}"),
        })
        {
            foreach (var (method, address) in new[] { (HttpMethod.Get, "/o/alpine-cloud"), (HttpMethod.Post, "/my-profile"), (new HttpMethod("KANARIE"), $"/{Canary}") })
            {
                var request = new HttpRequestMessage(method, address);
                request.Headers.TryAddWithoutValidation(name, value);
                await _app.CreateDefaultClient().SendAsync(request);
            }
        }

        await _anna.PostWithoutTokenAsync("/my-profile", ("Name", Canary), (Visitor.TokenField, Canary));
        var broken = new ByteArrayContent(Encoding.UTF8.GetBytes($"--x\r\nContent-Disposition: form-data; name=\"{Canary}\"\r\n\r\n{Canary}"));
        broken.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        await _anna.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/o/alpine-cloud/account-settings/users/import") { Content = broken });
        await _anna.GetAsync($"/o/{Canary}/action-center");
        await _anna.GetAsync($"/?returnUrl=/o/alpine-cloud?x={Canary}");
        await _anna.PostWithoutTokenAsync("/sign-in/demo", ("person", Address));
    }

    private async Task<string> MailEventsKeyAsync()
    {
        var key = ApiKey.Create("relay", Secret.Create(), "Relay", _app.Clock.Now, TimeSpan.FromDays(1), out var token, ApiKeyPurpose.MailEvents);
        await _app.InDatabaseAsync(db =>
        {
            db.Add(key);
            return db.SaveChangesAsync();
        });
        return token;
    }

    private IReadOnlyList<string> Logged() => [.. _app.Logged().SelectMany(lines => lines)];

    [LoggerMessage(Level = LogLevel.Warning, Message = "Text {Text}, list {List}, structure {@Structure}, table {Table}, address {Address}, number {Number}")]
    private static partial void LogEverything(ILogger log, string text, string[] list, object structure, Dictionary<string, string> table, Uri address, int number);

    [LoggerMessage(Level = LogLevel.Error, Message = "Fault {Text}")]
    private static partial void LogFault(ILogger log, Exception fault, string text);

    [GeneratedRegex("/verify-contact/[A-Za-z0-9_-]{43}", RegexOptions.NonBacktracking)]
    private static partial Regex Verification();

    [GeneratedRegex(@"[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]", RegexOptions.NonBacktracking)]
    private static partial Regex Unprintable();

    // Its mails go to a relay that says what a test wants.
    private sealed class CanaryPortal : PortalApp
    {
        public SpeakingTransport Transport { get; } = new();

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services => services.AddSingleton<IMailTransport>(Transport));
        }
    }

    private sealed class SpeakingTransport : IMailTransport
    {
        public Func<TransportAnswer> Answer { get; set; } = () => new(TransportOutcome.Accepted, "250 2.0.0 queued");

        public List<OutgoingMail> Sent { get; } = [];

        public Task<TransportAnswer> SendAsync(OutgoingMail mail, CancellationToken cancellation)
        {
            lock (Sent)
                Sent.Add(mail);
            return Task.FromResult(Answer());
        }
    }
}
