namespace PartnerCenter.Domain.Mail;

/// <summary>
/// A running process of the portal. Others watch its beat on their own monotonic clock; whoever stays silent too long has lost what
/// it held. No wall clock decides, so that a clock that jumps costs nobody their work.
/// </summary>
public sealed class ServerInstance
{
    private ServerInstance()
    {
    }

    public ServerInstance(string id, DateTime now)
    {
        Id = id;
        StartedAt = now;
    }

    public string Id { get; private set; } = "";

    public DateTime StartedAt { get; private set; }

    public long Beat { get; private set; }

    public void DoBeat() => Beat++;
}

/// <summary>A background job that one instance at a time may run.</summary>
public sealed class JobLease
{
    private JobLease()
    {
    }

    public JobLease(string job, string owner)
    {
        Job = job;
        Owner = owner;
    }

    public string Job { get; private set; } = "";

    /// <summary>The <see cref="ServerInstance"/> that runs the job.</summary>
    public string Owner { get; private set; } = "";

    public int Version { get; private set; }

    public void PassTo(string owner) => Owner = owner;
}
