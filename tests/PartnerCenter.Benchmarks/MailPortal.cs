using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PartnerCenter.Data;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Communications;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Mail;
using PartnerCenter.Mail.Dispatch;
using PartnerCenter.Mail.Transport;

namespace PartnerCenter.Benchmarks;

/// <summary>The mail side of a portal with an organization of members, and a relay.</summary>
internal sealed class MailPortal : IAsyncDisposable
{
    private readonly World _world = new();
    private readonly ServiceProvider _services;

    private MailPortal(SmtpOptions relay, int parallel) => _services = new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Mail:Parallel"] = $"{parallel}",
            ["Mail:Smtp:Host"] = relay.Host,
            ["Mail:Smtp:Port"] = $"{relay.Port}",
            ["Mail:Smtp:Security"] = $"{relay.Security}",
        }).Build())
        .AddLogging()
        .AddLocalization()
        .AddSingleton(WorkspaceCatalogue.BuiltIn)
        .AddSingleton(new PortalAddress(new Uri("https://portal.example/")))
        .AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>()
        .AddPartnerCenterData(DataSetup.Sqlite, _world.ConnectionString)
        .AddPartnerCenterMail()
        .BuildServiceProvider();

    public MailDispatcher Dispatcher => _services.GetRequiredService<MailDispatcher>();

    public static async Task<MailPortal> OpenAsync(SmtpOptions relay, int parallel, int members)
    {
        var portal = new MailPortal(relay, parallel);
        await portal._world.MigrateAsync();
        await portal._world.AddOrganizationAsync("bench", members, RoleCatalogue.BillingAdmin);
        return portal;
    }

    /// <summary>Publishes to all members, and queues their mails.</summary>
    public async Task QueueAsync()
    {
        await WithAsync<PartnerCenterDb>(async db =>
        {
            var draft = new CommunicationDraft
            {
                Workspace = WorkspaceCatalogue.Billing,
                Kind = CommunicationPolicy.KeyOf(CommunicationKind.MandatoryAction),
                Roles = [RoleCatalogue.BillingAdmin.Key],
                DueInDays = 30,
                Content = new Dictionary<string, DraftText> { [Languages.English] = new("Check the invoice", "Look at **line 3** of it.\n\n- one\n- two") },
            };
            db.Add(Publishing.Create(draft, new DraftNames(new Dictionary<string, int>(), null), new PublishingGrant("Benchmark"), DateTime.UtcNow));
            await db.SaveChangesAsync();
        });
        for (var goesOn = true; goesOn;)
            await WithAsync<MailFanOut>(async fanOut => goesOn = await fanOut.RunOnceAsync());
    }

    /// <summary>Sends all that waits.</summary>
    public async Task DrainAsync()
    {
        while (await Dispatcher.RunOnceAsync() > 0)
        {
            // The next batch.
        }
    }

    public async Task<int> CountAsync(Domain.Mail.MailState state)
    {
        var count = 0;
        await WithAsync<PartnerCenterDb>(async db => count = await db.OutboxMails.CountAsync(mail => mail.State == state));
        return count;
    }

    /// <summary>A mail as they are sent from here.</summary>
    public async Task<OutgoingMail> SampleAsync()
    {
        OutgoingMail? mail = null;
        await WithAsync<MailSamples>(async samples => mail = await samples.WriteAsync(MailSamples.All[0], Languages.English));
        return mail!;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _world.DisposeAsync();
    }

    private async Task WithAsync<TPart>(Func<TPart, Task> work)
        where TPart : notnull
    {
        await using var scope = _services.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<TPart>());
    }
}
