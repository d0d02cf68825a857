using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PartnerCenter.Data.Engines;
using PartnerCenter.Mail.Transport;
using PartnerCenter.Web.Hosting;

namespace PartnerCenter.FaultTests.Rig;

/// <summary>The portal with a service or two replaced, for faults that nobody can bring about from outside. All else is as it is sold.</summary>
internal static class HookedPortal
{
    /// <summary>Its wall clock goes wrong by as many seconds as the file says; what measures how long something takes stays right.</summary>
    public const string Clock = "clock";

    /// <summary>A mail to an address that begins with "crash" takes the process down; the file is not used.</summary>
    public const string Crash = "crash";

    /// <summary>While the file is there, its database cannot grow by a single page: that is what SQLite makes of a disk that is full.</summary>
    public const string Disk = "disk";

    public static async Task<int> RunAsync(IReadOnlyList<Hook> hooks, string[] args)
    {
        await using var portal = Portal.Build(args, services =>
        {
            foreach (var hook in hooks)
                Replace(services, hook);
        });
        await portal.PrepareDatabaseAsync();
        await portal.RunAsync();
        return 0;
    }

    private static void Replace(IServiceCollection services, Hook hook)
    {
        switch (hook.Name)
        {
            case Clock:
                services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new WrongClock(hook.File)));
                break;
            case Disk:
                Wrap<DbContextOptions<SqlitePartnerCenterDb>>(services, options =>
                    new DbContextOptionsBuilder<SqlitePartnerCenterDb>(options).AddInterceptors(new SmallDisk(hook.File)).Options);
                break;
            case Crash:
                Wrap<IMailTransport>(services, real => new Deadly(real));
                break;
            default:
                throw new ArgumentException($"There is no hook '{hook.Name}'.", nameof(hook));
        }
    }

    private static void Wrap<T>(IServiceCollection services, Func<T, T> wrap)
        where T : class
    {
        var real = services.Single(service => service.ServiceType == typeof(T)).ImplementationFactory!;
        services.Replace(ServiceDescriptor.Singleton(provider => wrap((T)real(provider))));
    }

    private sealed class WrongClock(string file) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Offset();

        private TimeSpan Offset()
        {
            using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            return TimeSpan.FromSeconds(double.Parse(reader.ReadToEnd(), CultureInfo.InvariantCulture));
        }
    }

    // The limit belongs to a connection, and connections live in a pool: it is told to each whenever it is opened again.
    private sealed class SmallDisk(string file) : DbConnectionInterceptor
    {
        // Less than there are means as many as there are.
        private const string NotOneMore = "PRAGMA max_page_count=1";
        private const string AsManyAsYouLike = "PRAGMA max_page_count=4294967294";

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Limit(connection);

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Limit(connection);
            return Task.CompletedTask;
        }

        private void Limit(DbConnection connection)
        {
            using var command = connection.CreateCommand();
            command.CommandText = File.Exists(file) ? NotOneMore : AsManyAsYouLike;
            command.ExecuteNonQuery();
        }
    }

    private sealed class Deadly(IMailTransport real) : IMailTransport
    {
        public Task<TransportAnswer> SendAsync(OutgoingMail mail, CancellationToken cancellation)
        {
            if (mail.To.StartsWith("crash", StringComparison.Ordinal))
                System.Diagnostics.Process.GetCurrentProcess().Kill();
            return real.SendAsync(mail, cancellation);
        }
    }
}
