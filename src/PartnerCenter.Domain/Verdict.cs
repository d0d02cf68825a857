namespace PartnerCenter.Domain;

/// <summary>The answer to "may this happen?": allowed, or refused with the reason that a person is told.</summary>
public sealed class Verdict
{
    public static readonly Verdict Allowed = new(refusedBecause: null);

    private Verdict(Reason? refusedBecause) => RefusedBecause = refusedBecause;

    public Reason? RefusedBecause { get; }

    public bool IsAllowed => RefusedBecause is null;

    public static Verdict Refused(Reason reason) => new(reason);

    /// <exception cref="RuleViolationException">The verdict is a refusal.</exception>
    public void Enforce()
    {
        if (RefusedBecause is not null)
            throw new RuleViolationException(RefusedBecause);
    }
}
