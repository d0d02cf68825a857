using PartnerCenter.Data.Organizations;

namespace PartnerCenter.Web.Features.ImportPeople;

/// <param name="Language">The language of the invitations.</param>
public sealed record ImportPeoplePage(string Language)
{
    /// <summary>What the file would do; null before one was sent.</summary>
    public MemberImportPlan? Plan { get; init; }

    /// <summary>The file, to come back with the confirmation.</summary>
    public string Content { get; init; } = "";

    /// <summary>Whether the plan is another one than the reader had confirmed.</summary>
    public bool HasChanged { get; init; }

    /// <summary>The lines with what keeps the file from being imported first.</summary>
    public IEnumerable<MemberImportStep> Steps => (Plan?.Steps ?? []).OrderByDescending(step => step.Effect == MemberImportEffect.Refused);
}
