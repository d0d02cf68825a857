using System.Text;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Domain.Workspaces;

namespace PartnerCenter.Domain.Communications;

/// <summary>What a communication must be to be published. The API and the operator's page both ask here.</summary>
public static class Publishing
{
    public const int LongestTitle = 120;

    /// <summary>In bytes of UTF-8.</summary>
    public const int LargestBody = 32 * 1024;

    public const int LongestLink = 2000;
    public const int MostRoles = 30;
    public const int MostOrganizations = 500;
    public const int LatestDueInDays = 730;
    public const int LatestExpiryInDays = 730;

    private const string ByOrganization = "organization";
    private const string ByPerson = "person";

    private static readonly Dictionary<string, CompletionScope> CompletionScopes = new()
    {
        [ByOrganization] = CompletionScope.Organization,
        [ByPerson] = CompletionScope.Person,
    };

    public static IReadOnlyCollection<string> CompletionKeys => CompletionScopes.Keys;

    public static string KeyOf(CompletionScope scope) => CompletionScopes.Single(pair => pair.Value == scope).Key;

    /// <summary>Everything that is wrong with a draft; empty when it can be published.</summary>
    /// <param name="draft">What somebody wants to publish.</param>
    /// <param name="names">What the draft names, as the database knows it.</param>
    /// <param name="grant">What the publisher may publish.</param>
    /// <param name="workspaces">All workspaces of the portal.</param>
    /// <param name="now">The time in UTC.</param>
    public static IReadOnlyList<FieldProblem> Check(
        CommunicationDraft draft, DraftNames names, PublishingGrant grant, WorkspaceCatalogue workspaces, DateTime now) =>
    [
        .. CheckWorkspace(draft, grant, workspaces),
        .. CheckKind(draft, grant),
        .. CheckAudience(draft, names, grant),
        .. CheckDueDate(draft, now),
        .. CheckExpiry(draft, now),
        .. CheckCompletion(draft),
        .. CheckLink(draft),
        .. CheckContent(draft),
    ];

    /// <summary>Makes the communication of a draft that <see cref="Check"/> found nothing wrong with.</summary>
    public static Communication Create(CommunicationDraft draft, DraftNames names, PublishingGrant grant, DateTime now)
    {
        var communication = new Communication(
            draft.Workspace!,
            CommunicationPolicy.Find(draft.Kind)!.Value,
            draft.DueInDays is { } days ? now.AddDays(days) : draft.DueAt,
            draft.Completion is null ? CompletionScope.Organization : CompletionScopes[draft.Completion],
            draft.Link,
            draft.RequiredByAgreement,
            grant.Publisher,
            now)
        {
            ExpiresAt = draft.ExpiresInDays is { } lasts ? now.AddDays(lasts) : draft.ExpiresAt,
        };

        foreach (var (language, text) in draft.Content)
            communication.AddContent(language, text.Title!.Trim(), text.Body!.Trim());

        if (draft.Membership is { } membership)
            communication.AddressMember(membership, names.MembershipOrganization!.Value.Value);

        foreach (var role in draft.Roles.Distinct())
        {
            if (draft.Organizations is null)
                communication.AddressRole(role, organizationId: null);
            else
                foreach (var organization in draft.Organizations.Distinct())
                    communication.AddressRole(role, names.OrganizationIds[organization]);
        }

        return communication;
    }

    private static IEnumerable<FieldProblem> CheckWorkspace(CommunicationDraft draft, PublishingGrant grant, WorkspaceCatalogue workspaces)
    {
        if (string.IsNullOrEmpty(draft.Workspace))
            yield return new("workspace", Reasons.Missing);
        else if (workspaces.Find(draft.Workspace) is null)
            yield return new("workspace", Reasons.UnknownWorkspace(draft.Workspace));
        else if (grant.Workspaces?.Contains(draft.Workspace) == false)
            yield return new("workspace", Reasons.NotAllowedForKey(draft.Workspace));
    }

    private static IEnumerable<FieldProblem> CheckKind(CommunicationDraft draft, PublishingGrant grant)
    {
        if (string.IsNullOrEmpty(draft.Kind))
            yield return new("kind", Reasons.Missing);
        else if (CommunicationPolicy.Find(draft.Kind) is not { } kind)
            yield return new("kind", Reasons.UnknownKind(draft.Kind));
        else if (grant.Kinds?.Contains(draft.Kind) == false)
            yield return new("kind", Reasons.NotAllowedForKey(draft.Kind));
        else if (draft.RequiredByAgreement && !CommunicationPolicy.CanBeRequiredByAgreement(kind))
            yield return new("requiredByAgreement", Reasons.AgreementOnlyOnTransactional);
    }

    private static IEnumerable<FieldProblem> CheckAudience(CommunicationDraft draft, DraftNames names, PublishingGrant grant)
    {
        if (draft.Roles.Count == 0 && draft.Membership is null)
            yield return new("audience", Reasons.AudienceMissing);
        if (draft.Membership is not null && (draft.Roles.Count > 0 || draft.Organizations is not null))
            yield return new("audience", Reasons.AudienceTwice);

        if (draft.Roles.Count > MostRoles)
            yield return new("audience.roles", Reasons.TooMany(MostRoles));
        foreach (var role in draft.Roles.Where(role => RoleCatalogue.Find(role) is null))
            yield return new("audience.roles", role.Length == 0 ? Reasons.Missing : Reasons.UnknownRole(role));

        if (draft.Organizations is { Count: 0 })
            yield return new("audience.organizations", Reasons.Missing);
        if (draft.Organizations?.Count > MostOrganizations)
            yield return new("audience.organizations", Reasons.TooMany(MostOrganizations));
        foreach (var organization in draft.Organizations?.Where(key => !names.OrganizationIds.ContainsKey(key)) ?? [])
            yield return new("audience.organizations", organization.Length == 0 ? Reasons.Missing : Reasons.UnknownOrganization(organization));
        if (draft.Membership is { } membership && names.MembershipOrganization is null)
            yield return new("audience.membership", Reasons.UnknownMembership(membership));

        if (grant.Organizations is { } allowed)
        {
            if (draft.Roles.Count > 0 && draft.Organizations is null)
                yield return new("audience.organizations", Reasons.OrganizationsMustBeNamed);
            foreach (var organization in draft.Organizations?.Where(key => key.Length > 0 && !allowed.Contains(key)) ?? [])
                yield return new("audience.organizations", Reasons.NotAllowedForKey(organization));
            if (names.MembershipOrganization is { } ofMembership && !allowed.Contains(ofMembership.Key))
                yield return new("audience.membership", Reasons.UnknownMembership(draft.Membership!.Value));
        }
    }

    private static IEnumerable<FieldProblem> CheckDueDate(CommunicationDraft draft, DateTime now)
    {
        if (CommunicationPolicy.Find(draft.Kind) is not { } kind)
            yield break;

        var field = draft.DueInDays is null && draft.DueAt is not null ? "dueAt" : "dueInDays";
        if (draft.DueInDays is not null && draft.DueAt is not null)
            yield return new("dueAt", Reasons.DueDateTwice);
        else if (draft.DueInDays is null && draft.DueAt is null)
        {
            if (CommunicationPolicy.NeedsDueDate(kind))
                yield return new(field, Reasons.DueDateMissing);
        }
        else if (!CommunicationPolicy.MayHaveDueDate(kind))
            yield return new(field, Reasons.DueDateOnNotification);
        else if (draft.DueInDays is { } days && days is < 1 or > LatestDueInDays)
            yield return new(field, Reasons.OutOfRange(1, LatestDueInDays));
        else if (draft.DueAt <= now)
            yield return new(field, Reasons.DueDateInThePast);
        else if (draft.DueAt > now.AddDays(LatestDueInDays))
            yield return new(field, Reasons.DueDateTooFar(LatestDueInDays));
    }

    private static IEnumerable<FieldProblem> CheckExpiry(CommunicationDraft draft, DateTime now)
    {
        if (draft.ExpiresInDays is null && draft.ExpiresAt is null)
            yield break;

        var field = draft.ExpiresInDays is null ? "expiresAt" : "expiresInDays";
        if (CommunicationPolicy.Find(draft.Kind) is { } kind && !CommunicationPolicy.MayExpire(kind))
            yield return new(field, Reasons.ExpiryOnlyOnPromotional);
        else if (draft.ExpiresInDays is not null && draft.ExpiresAt is not null)
            yield return new("expiresAt", Reasons.ExpiryTwice);
        else if (draft.ExpiresInDays is { } days && days is < 1 or > LatestExpiryInDays)
            yield return new(field, Reasons.OutOfRange(1, LatestExpiryInDays));
        else if (draft.ExpiresAt <= now)
            yield return new(field, Reasons.ExpiryInThePast);
        else if (draft.ExpiresAt > now.AddDays(LatestExpiryInDays))
            yield return new(field, Reasons.ExpiryTooFar(LatestExpiryInDays));
    }

    private static IEnumerable<FieldProblem> CheckCompletion(CommunicationDraft draft)
    {
        if (draft.Completion is null)
            yield break;
        if (!CompletionScopes.ContainsKey(draft.Completion))
            yield return new("completion", Reasons.UnknownCompletion(draft.Completion));
        else if (CommunicationPolicy.Find(draft.Kind) is { } kind && !CommunicationPolicy.IsAction(kind))
            yield return new("completion", Reasons.CompletionOnNotification);
    }

    private static IEnumerable<FieldProblem> CheckLink(CommunicationDraft draft)
    {
        if (draft.Link is null)
            yield break;
        if (draft.Link.Length > LongestLink)
            yield return new("link", Reasons.TooLong(LongestLink));
        else if (LinkPolicy.Of(draft.Link) is not (LinkKind.Path or LinkKind.Web))
            yield return new("link", Reasons.LinkNotAllowed);
    }

    private static IEnumerable<FieldProblem> CheckContent(CommunicationDraft draft)
    {
        if (!draft.Content.ContainsKey(Languages.Default))
            yield return new($"content.{Languages.Default}", Reasons.DefaultLanguageMissing(Languages.Default));

        foreach (var (language, text) in draft.Content)
        {
            if (!Languages.All.Contains(language))
            {
                yield return new($"content.{language}", Reasons.UnknownLanguage(language));
                continue;
            }

            var (title, body) = ($"content.{language}.title", $"content.{language}.body");
            if (string.IsNullOrWhiteSpace(text.Title))
                yield return new(title, Reasons.Missing);
            else if (text.Title.Trim().Length > LongestTitle)
                yield return new(title, Reasons.TooLong(LongestTitle));
            else if (text.Title.Any(char.IsControl))
                yield return new(title, Reasons.ControlCharacters);

            if (string.IsNullOrWhiteSpace(text.Body))
                yield return new(body, Reasons.Missing);
            else if (Encoding.UTF8.GetByteCount(text.Body) > LargestBody)
                yield return new(body, Reasons.TooLarge(LargestBody));
            else if (text.Body.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')))
                yield return new(body, Reasons.ControlCharacters);
        }
    }
}
