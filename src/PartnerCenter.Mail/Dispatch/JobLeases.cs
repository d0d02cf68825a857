using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Domain.Mail;

namespace PartnerCenter.Mail.Dispatch;

/// <summary>Lets one instance at a time run a job. A lease is free once its owner has been struck off the registry.</summary>
public sealed class JobLeases(PartnerCenterDb db, InstanceName me)
{
    /// <returns>Whether this instance holds the lease now.</returns>
    public async Task<bool> TryHoldAsync(string job, CancellationToken cancellation = default)
    {
        var lease = await db.JobLeases.FindAsync([job], cancellation);
        if (lease?.Owner == me.Value)
            return true;
        if (lease is not null && await db.ServerInstances.AnyAsync(instance => instance.Id == lease.Owner, cancellation))
            return false;

        if (lease is null)
            db.Add(new JobLease(job, me.Value));
        else
            lease.PassTo(me.Value);

        try
        {
            await db.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateException)
        {
            // Another instance took it at the same instant.
            db.ChangeTracker.Clear();
            return false;
        }
    }
}
