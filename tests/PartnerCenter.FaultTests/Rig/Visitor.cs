using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using PartnerCenter.Domain.Access;

namespace PartnerCenter.FaultTests.Rig;

/// <summary>A member who looks at their Action Center again and again while faults go on, and remembers each answer that was an error.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    private const string TokenField = "__RequestVerificationToken";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private static readonly Regex Token = new($"name=\"{TokenField}\"[^>]* value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    private readonly Func<PortalProcess> _portal;
    private readonly string _session;
    private readonly HttpClient _http = new(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false });
    private readonly CancellationTokenSource _leaving = new();
    private readonly List<string> _errors = [];
    private readonly Task _visit;

    private Visitor(Func<PortalProcess> portal, string session)
    {
        (_portal, _session) = (portal, session);
        _visit = VisitAsync();
    }

    /// <summary>How many pages came as they should.</summary>
    public int Pages { get; private set; }

    /// <summary>How often the portal said that it cannot now, and when to come back.</summary>
    public int ComeBackLater { get; private set; }

    /// <param name="world">Where a session is opened.</param>
    /// <param name="portal">Which portal is asked at the moment.</param>
    public static async Task<Visitor> ComeAsync(World world, Func<PortalProcess> portal) =>
        new(portal, await SignInAsync(world, world.Audience.First(member => !member.IsDisabled)));

    /// <returns>The id of a session of that member.</returns>
    public static async Task<string> SignInAsync(World world, Member member)
    {
        var id = Secret.Create();
        await world.WithAsync(async db =>
        {
            var membership = await db.Memberships.Include(membership => membership.Person).SingleAsync(membership => membership.Id == member.Id);
            db.Add(new SignInSession(id, membership.Person, DateTime.UtcNow));
            await db.SaveChangesAsync();
        });
        return id;
    }

    /// <summary>Waits until some more pages have come.</summary>
    public Task SeesPagesAsync(int more, TimeSpan atMost)
    {
        var until = Pages + more;
        return Patience.UntilAsync($"{more} more pages", atMost, () => Pages >= until);
    }

    /// <summary>I7: nobody ever saw an error that is the portal's own fault, and the pages did come.</summary>
    public async Task LeaveAsync()
    {
        await _leaving.CancelAsync();
        await _visit;
        Assert.Empty(_errors);
        Assert.True(Pages > 0, "Not one page came.");
    }

    public static async Task<HttpResponseMessage> OpenAsync(HttpClient http, PortalProcess portal, string session, string path, CancellationToken cancellation = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(portal.Address, path));
        request.Headers.Add("Cookie", $"pc={session}");
        return await http.SendAsync(request, cancellation);
    }

    /// <summary>Sends a form that stands on a page.</summary>
    public static async Task<HttpResponseMessage> SendFormAsync(HttpClient http, PortalProcess portal, FormOnPage form, params (string Name, string Value)[] typed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(portal.Address, form.Action))
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create(TokenField, form.Token), .. typed.Select(field => KeyValuePair.Create(field.Name, field.Value))]),
        };
        request.Headers.Add("Cookie", $"{form.Cookie}; pc={form.Session}");
        return await http.SendAsync(request);
    }

    /// <param name="http">One that keeps no cookies by itself.</param>
    /// <param name="portal">Who shows the page.</param>
    /// <param name="session">Whose page.</param>
    /// <param name="path">The page.</param>
    /// <param name="action">Where one of its forms goes, below the page.</param>
    public static async Task<FormOnPage> FindFormAsync(HttpClient http, PortalProcess portal, string session, string path, string action)
    {
        using var page = await OpenAsync(http, portal, session, path);
        var html = await page.Content.ReadAsStringAsync();
        Assert.True(html.Contains($" action=\"{path}/{action}", StringComparison.Ordinal), $"There is no form '{action}' on {path} ({(int)page.StatusCode}).");
        var cookie = page.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("__Host-pc-form=", StringComparison.Ordinal)).Split(';')[0];
        return new(session, $"{path}/{action}", cookie, Token.Match(html).Groups["token"].Value);
    }

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await _visit;
        _http.Dispose();
        _leaving.Dispose();
    }

    private async Task VisitAsync()
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(_leaving.Token))
                await LookAsync();
        }
        catch (OperationCanceledException)
        {
            // The visit is over.
        }
    }

    private async Task LookAsync()
    {
        try
        {
            using var answer = await OpenAsync(_http, _portal(), _session, "/o/fault/action-center", _leaving.Token);
            if ((int)answer.StatusCode == 200)
                Pages++;
            else if ((int)answer.StatusCode == 503 && answer.Headers.RetryAfter is not null)
                ComeBackLater++;
            else
                _errors.Add($"{(int)answer.StatusCode} {answer.Headers.Location}");
        }
        catch (HttpRequestException)
        {
            // The process is dead at the moment; that is the fault, and not an answer.
        }
    }
}

/// <summary>A form as it stands on a page.</summary>
/// <param name="Session">Whose page it is.</param>
/// <param name="Action">Where it goes.</param>
/// <param name="Cookie">That belongs to its token.</param>
/// <param name="Token">That says that the form is the portal's own.</param>
internal sealed record FormOnPage(string Session, string Action, string Cookie, string Token);
