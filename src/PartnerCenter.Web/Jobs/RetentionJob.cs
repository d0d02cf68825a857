using Microsoft.Extensions.Options;
using PartnerCenter.Data.Access;
using PartnerCenter.Data.Communications;
using PartnerCenter.Domain.Access;
using PartnerCenter.Web.Hosting;

namespace PartnerCenter.Web.Jobs;

/// <summary>
/// Forgets archived items after as many months as the configuration says, sessions that are over, and sign-ins that cannot be repeated any more.
/// </summary>
public sealed class RetentionJob(
    IServiceScopeFactory scopes,
    IOptions<CommunicationOptions> options,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<RetentionJob> logger)
    : LeasedJob(scopes, time, lifetime, logger)
{
    private readonly TimeProvider _time = time;

    protected override TimeSpan Interval { get; } = TimeSpan.FromHours(6);

    protected override async Task<bool> RunOnceAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        var sessions = await services.GetRequiredService<SessionEndings>().ForgetOverAsync(cancellation);
        var archived = await services.GetRequiredService<ArchiveRetention>().RunOnceAsync(now.AddMonths(-options.Value.ArchivedMonths), cancellation);

        // Twice as long as needed: clocks of instances differ.
        var nonces = await services.GetRequiredService<SpentNonces>().ForgetAsync(now - (2 * SpentNonce.LongestRound), cancellation);
        return sessions || archived || nonces;
    }
}
