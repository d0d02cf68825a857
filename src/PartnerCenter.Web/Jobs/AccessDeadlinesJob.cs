using PartnerCenter.Data.Access;

namespace PartnerCenter.Web.Jobs;

/// <summary>Ends what has ended and announces what ends soon. What ended counts no more anyway, whenever this writes it down.</summary>
public sealed class AccessDeadlinesJob(
    IServiceScopeFactory scopes, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<AccessDeadlinesJob> logger)
    : LeasedJob(scopes, time, lifetime, logger)
{
    protected override TimeSpan Interval { get; } = TimeSpan.FromMinutes(3);

    protected override async Task<bool> RunOnceAsync(IServiceProvider services, CancellationToken cancellation)
    {
        await services.GetRequiredService<AccessDeadlines>().RunAsync(cancellation);
        return false;
    }
}
