namespace PartnerCenter.Domain;

/// <summary>Somebody did what a rule forbids, although the portal offered no way to it: a stale tab or a forged form.</summary>
public sealed class RuleViolationException(Reason reason) : Exception(reason.Key)
{
    public Reason Reason { get; } = reason;
}
