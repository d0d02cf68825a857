namespace PartnerCenter.Data.KeyRing;

/// <summary>A key that protects forms. All instances read the same ones, and they outlive a container.</summary>
public sealed class DataProtectionKey
{
    public required string FriendlyName { get; init; }

    public required string Xml { get; init; }

    public required DateTime CreatedAt { get; init; }
}
