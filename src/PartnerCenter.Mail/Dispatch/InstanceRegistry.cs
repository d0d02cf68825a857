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

    internal long? LookedAt { get; set; }
}

/// <summary>
/// Tells the others that this instance lives, and finds those that have fallen silent. Silence is counted only while this
/// instance's own beat can be written: otherwise a database that stalls would look like everybody's death.
/// </summary>
public sealed class InstanceRegistry(
    PartnerCenterDb db, InstanceName me, BeatMemory memory, IOptions<MailOptions> options, TimeProvider time)
{
    private TimeSpan Silence => TimeSpan.FromSeconds(options.Value.SilenceSeconds);

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
        // Whoever was stalled for so long cannot tell who else was.
        if (memory.LookedAt is { } before && time.GetElapsedTime(before, now) > Silence / 2)
            ForgetSilence();
        memory.LookedAt = now;

        var others = await BeatsOfOthersAsync(cancellation);
        foreach (var gone in memory.Seen.Keys.Except(others.Keys).ToList())
            memory.Seen.Remove(gone);

        var silent = new List<string>();
        foreach (var (other, beat) in others)
        {
            if (!memory.Seen.TryGetValue(other, out var seen) || seen.Beat != beat)
                memory.Seen[other] = (beat, now);
            else if (time.GetElapsedTime(seen.MovedAt, now) >= Silence)
                silent.Add(other);
        }

        return silent;
    }

    /// <summary>Puts back what an instance held, so that others can go on with it, and strikes it off.</summary>
    public async Task ReleaseAsync(string instance, CancellationToken cancellation = default)
    {
        if (await db.ServerInstances.FindAsync([instance], cancellation) is { } row)
            db.Remove(row);
        await PutBackAsync(instance, cancellation);
    }

    /// <summary>Puts back what an instance holds.</summary>
    public async Task PutBackAsync(string instance, CancellationToken cancellation = default)
    {
        var held = await db.OutboxMails
            .Where(mail => mail.State == MailState.Claimed || mail.State == MailState.Sending)
            .Where(mail => mail.Owner == instance)
            .ToListAsync(cancellation);
        foreach (var mail in held)
            mail.Release();
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Forgets the beats that were seen: the time in which this instance could not write counts for nobody.</summary>
    public void ForgetSilence() => memory.Seen.Clear();

    // Also those who hold mails without being registered: they were struck off, claimed once more before they noticed, and died.
    private async Task<Dictionary<string, long>> BeatsOfOthersAsync(CancellationToken cancellation)
    {
        var beats = await db.ServerInstances.AsNoTracking().ToDictionaryAsync(instance => instance.Id, instance => instance.Beat, cancellation);
        var owners = await db.OutboxMails
            .Where(mail => mail.State == MailState.Claimed || mail.State == MailState.Sending)
            .Select(mail => mail.Owner!)
            .Distinct()
            .ToListAsync(cancellation);
        foreach (var owner in owners)
            beats.TryAdd(owner, 0);
        beats.Remove(me.Value);
        return beats;
    }
}
