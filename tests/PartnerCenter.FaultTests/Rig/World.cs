using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Data;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Tests.PortalsUnderTest;

namespace PartnerCenter.FaultTests.Rig;

/// <summary>A folder with a database of members, whom the test knows without the portal, and a publisher.</summary>
internal sealed class World : IAsyncDisposable
{
    public const string Mandatory = "mandatory-action";
    public const string Promotional = "promotional-notification";

    private const string Key = "fault";
    private const string DatabaseFile = "portal.db";
    private const int Batch = 500;

    private static readonly Role Addressed = RoleCatalogue.BillingAdmin;
    private static readonly Role Other = RoleCatalogue.SupportAdmin;

    // Made once by the commands with which an operator begins; each world starts from a copy.
    private static readonly Lazy<Task<(World World, string ApiKey)>> Begun = new(BeginAsync);

    private readonly ServiceProvider _services;
    private readonly List<Member> _members = [];
    private string? _apiKey;

    private World()
    {
        Folder = Directory.CreateTempSubdirectory("partnercenter-faults-").FullName;
        ConnectionString = $"Data Source={Path.Combine(Folder, DatabaseFile)}";
        _services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(WorkspaceCatalogue.BuiltIn)
            .AddPartnerCenterData(DataSetup.Sqlite, ConnectionString)
            .BuildServiceProvider();
    }

    public string Folder { get; }

    public string ConnectionString { get; }

    /// <summary>Where the portals log.</summary>
    public string Logs => Path.Combine(Folder, "logs");

    public IReadOnlyList<Member> Members => _members;

    public IEnumerable<Member> Audience => _members.Where(member => member.IsAddressed);

    /// <summary>Those with the other role: a tenth as many.</summary>
    public IEnumerable<Member> Others => _members.Where(member => !member.IsAddressed);

    /// <param name="audience">How many members hold the role that is addressed.</param>
    /// <param name="mixed">Whether one in ten of them declines promotions, one is disabled and one has a confirmed address.</param>
    /// <param name="address">The sign-in address of one of them; null for the usual.</param>
    public static async Task<World> CreateAsync(int audience, bool mixed = false, Func<int, string>? address = null)
    {
        var (begun, apiKey) = await Begun.Value;
        var world = new World { _apiKey = apiKey };
        foreach (var file in Directory.GetFiles(begun.Folder, $"{DatabaseFile}*"))
            File.Copy(file, Path.Combine(world.Folder, Path.GetFileName(file)));
        await world.FillAsync(audience, mixed, address ?? (number => $"person{number}@fault.example"));
        return world;
    }

    public async Task<T> WithAsync<T>(Func<PartnerCenterDb, Task<T>> ask)
    {
        await using var scope = _services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<PartnerCenterDb>());
    }

    public Task WithAsync(Func<PartnerCenterDb, Task> act) => WithAsync(async db =>
    {
        await act(db);
        return 0;
    });

    /// <summary>Publishes for everybody with the role over the API.</summary>
    /// <param name="portal">Which portal is asked.</param>
    /// <param name="kind">The key of the kind.</param>
    /// <param name="idempotencyKey">The same for each repetition of the same wish.</param>
    /// <param name="title">What it is called.</param>
    /// <returns>The id of the communication.</returns>
    public Task<long> PublishAsync(PortalProcess portal, string kind, string idempotencyKey, string title = "A fault") =>
        PublishAsync(portal, new Wish(kind, idempotencyKey, title));

    /// <returns>The id of the communication.</returns>
    public async Task<long> PublishAsync(PortalProcess portal, Wish wish)
    {
        using var http = Publisher(portal);
        using var answer = await SendAsync(http, wish);
        return await IdOfAsync(answer);
    }

    /// <summary>What was published.</summary>
    /// <param name="answer">What the portal said to a wish that it granted.</param>
    public static async Task<long> IdOfAsync(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"The portal refused to publish: {(int)answer.StatusCode} {body}");
        return JsonDocument.Parse(body).RootElement.GetProperty("id").GetInt64();
    }

    public HttpClient Publisher(PortalProcess portal)
    {
        var http = new HttpClient { BaseAddress = portal.Address, Timeout = TimeSpan.FromSeconds(100) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _apiKey);
        return http;
    }

    /// <param name="http">A <see cref="Publisher"/>.</param>
    /// <param name="wish">What it wants.</param>
    public static async Task<HttpResponseMessage> SendAsync(HttpClient http, Wish wish)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/communications")
        {
            Content = JsonContent.Create(new
            {
                workspace = "billing",
                wish.Kind,
                audience = new { roles = new[] { (wish.ForOthers ? Other : Addressed).Key }, organizations = new[] { Key } },
                dueInDays = wish.Kind == Mandatory ? 60 : (int?)null,
                completion = wish is { ForOthers: true, Kind: Mandatory } ? "person" : null,
                content = new { en = new { wish.Title, wish.Body } },
            }),
        };
        request.Headers.Add("Idempotency-Key", wish.IdempotencyKey);
        return await http.SendAsync(request);
    }

    /// <summary>How many lines the portals have logged in which a text stands.</summary>
    public int CountInLog(string text) => Directory.Exists(Logs)
        ? Directory.GetFiles(Logs).SelectMany(Canaries.LinesOf).Count(line => line.Contains(text, StringComparison.Ordinal))
        : 0;

    /// <summary>Takes the world down. Whatever happened in it, the logs of its portals must have told of nobody.</summary>
    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        var told = Canaries.InLogs(Logs);
        Directory.Delete(Folder, recursive: true);
        Assert.Empty(told);
    }

    private static async Task<(World World, string ApiKey)> BeginAsync()
    {
        var world = new World();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(world.Folder, recursive: true);
        await PortalProcess.CommandAsync(world, "migrate");
        var said = await PortalProcess.CommandAsync(
            world, "create-api-key", "--name", "Faults", "--organizations", "all", "--workspaces", "all", "--kinds", "all");
        return (world, said.Split('\n').Single(line => line.StartsWith("pck_", StringComparison.Ordinal)));
    }

    // Besides the audience, a tenth as many who hold another role and must hear nothing.
    private async Task FillAsync(int audience, bool mixed, Func<int, string> address)
    {
        var now = DateTime.UtcNow;
        var others = Math.Max(1, audience / 10);
        for (var done = 0; done < audience + others; done += Batch)
        {
            await WithAsync(async db =>
            {
                var organization = await db.Organizations.SingleOrDefaultAsync(organization => organization.Key == Key);
                if (organization is null)
                {
                    organization = new Organization(Key, "Fault", now);
                    foreach (var program in ProgramCatalogue.All)
                        organization.Enroll(program, now);
                }

                var made = new List<(Membership Membership, int Number)>();
                for (var number = done; number < Math.Min(done + Batch, audience + others); number++)
                {
                    var person = new Person(string.Create(CultureInfo.InvariantCulture, $"{Canaries.Marker} {number}"), address(number));
                    var membership = new Membership(organization, person, now);
                    membership.Grant(number < audience ? Addressed : Other, "Faults", now);
                    membership.SetUp(now);
                    if (mixed && number % 10 == 1)
                        person.Disable();
                    if (mixed && number % 10 == 2)
                        membership.UseVerifiedContact($"contact{number}@fault.example", new(ChangedBy.MyPreferences, now));
                    db.Add(membership);
                    made.Add((membership, number));
                }

                await db.SaveChangesAsync();
                if (mixed)
                {
                    db.AddRange(made.Where(one => one.Number % 10 == 3).Select(one =>
                        new OptOut(one.Membership.Id, CommunicationKind.PromotionalNotification, workspace: null, now)));
                    await db.SaveChangesAsync();
                }

                _members.AddRange(made.Select(one => new Member(one.Membership.Id, one.Membership.Person.SignInAddress, one.Number < audience)
                {
                    IsDisabled = mixed && one.Number % 10 == 1,
                    Contact = mixed && one.Number % 10 == 2 ? $"contact{one.Number}@fault.example" : null,
                    DeclinesPromotions = mixed && one.Number % 10 == 3,
                }));
            });
        }
    }
}

/// <summary>What somebody wants to publish.</summary>
/// <param name="Kind">The key of the kind.</param>
/// <param name="IdempotencyKey">The same for each repetition of the same wish.</param>
/// <param name="Title">What it is called.</param>
internal sealed record Wish(string Kind, string IdempotencyKey, string Title)
{
    public string Body { get; init; } = $"Something **went wrong** on purpose, says the {Canaries.Marker}.";

    /// <summary>For <see cref="World.Others"/>, who are asked for it one by one, instead of the audience.</summary>
    public bool ForOthers { get; init; }
}
