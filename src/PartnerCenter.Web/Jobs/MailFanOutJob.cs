using Microsoft.Extensions.Options;
using PartnerCenter.Mail.Dispatch;
using PartnerCenter.Mail.Transport;

namespace PartnerCenter.Web.Jobs;

/// <summary>Turns what was published into mails that wait.</summary>
public sealed class MailFanOutJob(
    IServiceScopeFactory scopes,
    IOptions<MailOptions> options,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<MailFanOutJob> logger)
    : LeasedJob(scopes, time, lifetime, logger)
{
    protected override TimeSpan Interval => TimeSpan.FromMilliseconds(options.Value.PollMilliseconds);

    protected override Task<bool> RunOnceAsync(IServiceProvider services, CancellationToken cancellation) =>
        services.GetRequiredService<MailFanOut>().RunOnceAsync(cancellation);
}
