using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PartnerCenter.Data;
using PartnerCenter.Domain.Mail;
using PartnerCenter.Mail.Transport;

namespace PartnerCenter.Mail.Dispatch;

/// <summary>What this instance remembers of the others' beats, and when it saw them move, on its own monotonic clock.</summary>
public sealed class BeatMemory
{
    internal Dictionary<string, (long Beat, long MovedAt)> Seen { get; } = [];
}

/// <summary>
/// Tells the others that this instance lives, and finds those that have fallen silent. Silence is counted only while this
/// instance's own beat can be written: otherwise a database that stalls would look like everybody's death.
/// </summary>
public sealed class InstanceRegistry(
    PartnerCenterDb db, InstanceName me, BeatMemory memory, IOptions<MailOptions> options, TimeProvider time)
{
    /// <summary>Writes one beat; the first one announces the instance.</summary>
    public async Task BeatAsync(CancellationToken cancellation = default)
    {
        var instance = await db.ServerInstances.FindAsync([me.Value], cancellation);
        if (instance is null)
            db.Add(instance = new ServerInstance(me.Value, time.GetUtcNow().UtcDateTime));
        instance.DoBeat();
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>The instances whose beat has not moved for as long as the options allow. Call it only after a beat of one's own.</summary>
    public async Task<IReadOnlyList<string>> FindSilentAsync(CancellationToken cancellation = default)
    {
        var now = time.GetTimestamp();
        var others = await db.ServerInstances.AsNoTracking().Where(instance => instance.Id != me.Value).ToListAsync(cancellation);
        foreach (var gone in memory.Seen.Keys.Except(others.Select(instance => instance.Id)).ToList())
            memory.Seen.Remove(gone);

        var silent = new List<string>();
        foreach (var other in others)
        {
            if (!memory.Seen.TryGetValue(other.Id, out var seen) || seen.Beat != other.Beat)
                memory.Seen[other.Id] = (other.Beat, now);
            else if (time.GetElapsedTime(seen.MovedAt, now) >= TimeSpan.FromSeconds(options.Value.SilenceSeconds))
                silent.Add(other.Id);
        }

        return silent;
    }

    /// <summary>Puts back what an instance held, so that others can go on with it, and strikes it off.</summary>
    public async Task ReleaseAsync(string instance, CancellationToken cancellation = default)
    {
        var held = await db.OutboxMails
            .Where(mail => mail.State == MailState.Claimed || mail.State == MailState.Sending)
            .Where(mail => mail.Owner == instance)
            .ToListAsync(cancellation);
        foreach (var mail in held)
            mail.Release();

        if (await db.ServerInstances.FindAsync([instance], cancellation) is { } row)
            db.Remove(row);
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Forgets the beats that were seen: the time in which this instance could not write counts for nobody.</summary>
    public void ForgetSilence() => memory.Seen.Clear();
}
