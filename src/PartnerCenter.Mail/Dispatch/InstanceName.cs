namespace PartnerCenter.Mail.Dispatch;

/// <summary>The name of this process among those that share the database; another one after every start.</summary>
public sealed record InstanceName(string Value)
{
    public static InstanceName Create() => new(Guid.NewGuid().ToString("N"));
}
