using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PartnerCenter.Mail.Transport;
using PartnerCenter.Web.Hosting;

namespace PartnerCenter.FaultTests.Rig;

/// <summary>The portal with one service replaced, for faults that nobody can bring about from outside. All else is as it is sold.</summary>
internal static class HookedPortal
{
    /// <summary>Its wall clock goes wrong by as many seconds as the file says; what measures how long something takes stays right.</summary>
    public const string Clock = "clock";

    /// <summary>A mail to an address that begins with "crash" takes the process down; the file is not used.</summary>
    public const string Crash = "crash";

    public static async Task<int> RunAsync(string hook, string file, string[] args)
    {
        await using var portal = Portal.Build(args, services => Replace(services, hook, file));
        await portal.PrepareDatabaseAsync();
        await portal.RunAsync();
        return 0;
    }

    private static void Replace(IServiceCollection services, string hook, string file)
    {
        switch (hook)
        {
            case Clock:
                services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new WrongClock(file)));
                break;
            case Crash:
                var real = services.Single(service => service.ServiceType == typeof(IMailTransport)).ImplementationFactory!;
                services.Replace(ServiceDescriptor.Singleton<IMailTransport>(provider => new Deadly((IMailTransport)real(provider))));
                break;
            default:
                throw new ArgumentException($"There is no hook '{hook}'.", nameof(hook));
        }
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
