using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace PartnerCenter.Mail.Transport;

/// <summary>Chooses the way out of the house.</summary>
public static class TransportSetup
{
    /// <summary>A relay if one is named, else files in a folder: nobody sends real mail by forgetting a setting.</summary>
    public static IServiceCollection AddMailTransport(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IMailTransport>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<MailOptions>>().Value;
            if (!string.IsNullOrWhiteSpace(options.Smtp.Host))
                return new SmtpTransport(options.Smtp);

            // An absolute folder stays what it is.
            var folder = Path.Combine(provider.GetRequiredService<IHostEnvironment>().ContentRootPath, options.Folder);
            return new FolderTransport(folder, provider.GetRequiredService<TimeProvider>());
        });
        return services;
    }
}
