using System.ComponentModel;
using System.Text.Json.Serialization;
using PartnerCenter.Domain.Communications;

namespace PartnerCenter.Web.Features.PublishingApi;

/// <summary>A communication to publish. Fields that are not named here are refused.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PublishRequest
{
    [Description("The key of the workspace that it belongs to, such as billing.")]
    public string? Workspace { get; init; }

    [Description("mandatory-action, recommended-action, transactional-notification or promotional-notification.")]
    public string? Kind { get; init; }

    [Description("Roles, of all organizations or of named ones; or one membership.")]
    public AudienceRequest? Audience { get; init; }

    [Description("Whole days from now, 1 to 730. A mandatory action needs this or dueAt.")]
    public int? DueInDays { get; init; }

    [Description("The due date, as the alternative to dueInDays.")]
    public DateTimeOffset? DueAt { get; init; }

    [Description("Only for promotional notifications: whole days from now, 1 to 730, after which it is of no interest any more.")]
    public int? ExpiresInDays { get; init; }

    [Description("The end, as the alternative to expiresInDays.")]
    public DateTimeOffset? ExpiresAt { get; init; }

    [Description("For actions: organization (one does it for all, the default) or person.")]
    public string? Completion { get; init; }

    [Description("Where the work is done: an https address, or a path of the portal that starts with one slash.")]
    public string? Link { get; init; }

    [Description("Only for transactional notifications: members cannot opt out of its mail.")]
    public bool RequiredByAgreement { get; init; }

    [Description("Title and Markdown body by language; en is needed.")]
    public Dictionary<string, TextRequest?>? Content { get; init; }

    /// <summary>The same as a draft. JSON can say null where a name belongs: to the check, that is a name that is missing.</summary>
    public CommunicationDraft ToDraft() => new()
    {
        Workspace = Workspace,
        Kind = Kind,
        Roles = Audience?.Roles?.ConvertAll(role => role ?? "") ?? [],
        Organizations = Audience?.Organizations?.ConvertAll(organization => organization ?? ""),
        Membership = Audience?.Membership,
        DueInDays = DueInDays,
        DueAt = DueAt?.UtcDateTime,
        ExpiresInDays = ExpiresInDays,
        ExpiresAt = ExpiresAt?.UtcDateTime,
        Completion = Completion,
        Link = Link,
        RequiredByAgreement = RequiredByAgreement,
        Content = (Content ?? []).ToDictionary(text => text.Key, text => new DraftText(text.Value?.Title, text.Value?.Body)),
    };
}

/// <summary>Whom it is for.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AudienceRequest
{
    [Description("The keys of the roles.")]
    public List<string>? Roles { get; init; }

    [Description("The keys of the organizations; left out, it means all.")]
    public List<string>? Organizations { get; init; }

    [Description("One membership, as the alternative to roles.")]
    public int? Membership { get; init; }
}

/// <summary>The text in one language.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record TextRequest
{
    [Description("At most 120 characters.")]
    public string? Title { get; init; }

    [Description("Markdown, at most 32 KB. Raw HTML is shown as text.")]
    public string? Body { get; init; }
}
