using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Data;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Mail;
using PartnerCenter.Mail.Dispatch;
using PartnerCenter.Mail.Transport;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Mail.Dispatch;

/// <summary>
/// A database file with partners, and as many instances of the portal's mail side as a test starts on it. Only the clock and the way
/// out of the house are not the real ones.
/// </summary>
internal sealed class MailWorld : IAsyncDisposable
{
    public const int SilenceSeconds = 60;

    private readonly string _folder;
    private readonly List<MailInstance> _instances = [];

    private MailWorld(string folder)
    {
        _folder = folder;
        First = Start();
    }

    public const string PostalAddress = "Example Partners, Kade 1, Amsterdam";

    public static Uri PublicUrl { get; } = new("https://portal.example/partners/");

    public string DatabaseFile => Path.Combine(_folder, "partnercenter.db");

    public string ConnectionString => $"Data Source={DatabaseFile}";

    public FixedTime Time { get; } = new();

    public RecordingTransport Transport { get; } = new();

    /// <summary>What seals links, in every instance.</summary>
    public EphemeralDataProtectionProvider Keys { get; } = new();

    /// <summary>The instance that most tests need only one of.</summary>
    public MailInstance First { get; }

    public static async Task<MailWorld> CreateAsync()
    {
        var folder = Directory.CreateTempSubdirectory("partnercenter-mail-").FullName;
        await PreparedDatabase.WriteEmptyToAsync(Path.Combine(folder, "partnercenter.db"));
        return new MailWorld(folder);
    }

    /// <summary>Starts another instance on the same database.</summary>
    public MailInstance Start(int parallel = 8)
    {
        var instance = new MailInstance(this, parallel);
        _instances.Add(instance);
        return instance;
    }

    /// <summary>An organization that has every workspace.</summary>
    public async Task<Organization> AddOrganizationAsync(string key = "alpine-cloud", string name = "Alpine Cloud")
    {
        var organization = new Organization(key, name, Time.Now);
        foreach (var program in ProgramCatalogue.All)
            organization.Enroll(program, Time.Now);
        await First.WriteAsync(db => db.Add(organization));
        return organization;
    }

    public async Task<Membership> AddMemberAsync(Organization organization, string name, string language, params Role[] roles)
    {
        var person = new Person(name, $"{name.ToLowerInvariant()}@{organization.Key}.example", language);
        return await AddMembershipAsync(organization, person, roles);
    }

    public Task<Membership> AddMemberAsync(Organization organization, string name, params Role[] roles) =>
        AddMemberAsync(organization, name, Languages.English, roles);

    /// <summary>Adds a person, or one who is there already, to an organization.</summary>
    public async Task<Membership> AddMembershipAsync(Organization organization, Person person, params Role[] roles)
    {
        Membership? membership = null;
        await First.WriteAsync(db =>
        {
            db.Attach(organization);
            if (person.Id > 0)
                db.Attach(person);
            membership = MemberOf(organization, person, roles);
            db.Add(membership);
        });
        return membership!;
    }

    public Task AddMembersAsync(Organization organization, int count, params Role[] roles) => First.WriteAsync(db =>
    {
        db.Attach(organization);
        db.AddRange(Enumerable.Range(1, count).Select(n =>
            MemberOf(organization, new Person($"Member {n}", $"member{n}@{organization.Key}.example"), roles)));
    });

    public static CommunicationDraft Draft(CommunicationKind kind, params Role[] roles) => new()
    {
        Workspace = WorkspaceCatalogue.Billing,
        Kind = CommunicationPolicy.KeyOf(kind),
        Roles = [.. roles.Select(role => role.Key)],
        DueInDays = CommunicationPolicy.NeedsDueDate(kind) ? 28 : null,
        Content = new Dictionary<string, DraftText>
        {
            [Languages.English] = new("Check the invoice", "Look at **line 3**."),
            [Languages.Dutch] = new("Controleer de factuur", "Kijk naar **regel 3**."),
        },
    };

    public async Task<long> PublishAsync(CommunicationDraft draft)
    {
        var keys = draft.Organizations ?? [];
        var organizations = await First.ReadAsync(db =>
            db.Organizations.Where(organization => keys.Contains(organization.Key)).ToDictionaryAsync(organization => organization.Key, organization => organization.Id));
        var ofMembership = await First.ReadAsync(db => db.Memberships
            .Where(membership => membership.Id == draft.Membership)
            .Select(membership => new { membership.Organization.Key, membership.OrganizationId })
            .SingleOrDefaultAsync());
        var names = new DraftNames(
            organizations, ofMembership is null ? null : KeyValuePair.Create(ofMembership.Key, ofMembership.OrganizationId));
        Assert.Empty(Publishing.Check(draft, names, new PublishingGrant("Test"), WorkspaceCatalogue.BuiltIn, Time.Now));

        var communication = Publishing.Create(draft, names, new PublishingGrant("Test"), Time.Now);
        await First.WriteAsync(db => db.Add(communication));
        return communication.Id;
    }

    public Task<long> PublishAsync(CommunicationKind kind, params Role[] roles) => PublishAsync(Draft(kind, roles));

    /// <summary>Publishes, and queues the mails.</summary>
    public async Task<long> QueueAsync(CommunicationDraft draft)
    {
        var id = await PublishAsync(draft);
        await First.FanOutAsync();
        return id;
    }

    public Task<long> QueueAsync(CommunicationKind kind, params Role[] roles) => QueueAsync(Draft(kind, roles));

    public Task<List<OutboxMail>> MailsAsync() => First.ReadAsync(db => db.OutboxMails.OrderBy(mail => mail.Id).ToListAsync());

    /// <summary>The only mail that there is.</summary>
    public async Task<OutboxMail> MailAsync() => Assert.Single(await MailsAsync());

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in _instances)
            await instance.DisposeAsync();
        await using (var connection = new SqliteConnection(ConnectionString))
            SqliteConnection.ClearPool(connection);
        Directory.Delete(_folder, recursive: true);
    }

    private Membership MemberOf(Organization organization, Person person, Role[] roles)
    {
        var membership = new Membership(organization, person, Time.Now);
        foreach (var role in roles)
            membership.Grant(role, "Test", Time.Now);
        return membership;
    }
}

/// <summary>One process of the portal, as far as mail is concerned.</summary>
internal sealed class MailInstance : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public MailInstance(MailWorld world, int parallel)
    {
        _services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Mail:Parallel"] = $"{parallel}",
                ["Mail:SilenceSeconds"] = $"{MailWorld.SilenceSeconds}",
                ["Mail:FromAddress"] = "notices@portal.example",
                ["Mail:PromotionalFromAddress"] = "offers@portal.example",
                ["Mail:BounceAddress"] = "bounces@portal.example",
                ["Mail:PostalAddress"] = MailWorld.PostalAddress,
            }).Build())
            .AddLogging()
            .AddLocalization()
            .AddSingleton<TimeProvider>(world.Time)
            .AddSingleton(WorkspaceCatalogue.BuiltIn)
            .AddSingleton(new PortalAddress(MailWorld.PublicUrl))
            .AddSingleton<IDataProtectionProvider>(world.Keys)
            .AddPartnerCenterData(DataSetup.Sqlite, world.ConnectionString)
            .AddPartnerCenterMail()
            .AddSingleton<IMailTransport>(world.Transport)
            .BuildServiceProvider(validateScopes: true);
    }

    public IServiceScopeFactory Scopes => _services.GetRequiredService<IServiceScopeFactory>();

    public string Name => _services.GetRequiredService<InstanceName>().Value;

    public MailDispatcher Dispatcher => _services.GetRequiredService<MailDispatcher>();

    public Task<T> ReadAsync<T>(Func<PartnerCenterDb, Task<T>> read) => WithAsync<PartnerCenterDb, T>(db =>
    {
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return read(db);
    });

    public Task WriteAsync(Func<PartnerCenterDb, Task> change) => WithAsync<PartnerCenterDb, int>(async db =>
    {
        await change(db);
        return await db.SaveChangesAsync();
    });

    public Task WriteAsync(Action<PartnerCenterDb> change) => WriteAsync(db =>
    {
        change(db);
        return Task.CompletedTask;
    });

    /// <summary>Asks something of a part of the portal, in a scope of its own as a job does.</summary>
    public async Task<TResult> WithAsync<TPart, TResult>(Func<TPart, Task<TResult>> ask)
        where TPart : notnull
    {
        await using var scope = _services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<TPart>());
    }

    public Task WithAsync<TPart>(Func<TPart, Task> tell)
        where TPart : notnull => WithAsync<TPart, bool>(async part =>
    {
        await tell(part);
        return true;
    });

    public Task<bool> FanOutOnceAsync() => WithAsync<MailFanOut, bool>(fanOut => fanOut.RunOnceAsync());

    public async Task FanOutAsync()
    {
        while (await FanOutOnceAsync())
        {
            // The next batch.
        }
    }

    public async Task CatchUpAsync()
    {
        while (await WithAsync<CatchUps, bool>(catchUps => catchUps.RunOnceAsync()))
        {
            // The next members.
        }
    }

    /// <summary>Sends until nothing is due.</summary>
    public async Task DispatchAsync()
    {
        while (await Dispatcher.RunOnceAsync() > 0)
        {
            // The next batch.
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
