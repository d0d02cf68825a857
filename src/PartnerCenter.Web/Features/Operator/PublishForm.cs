using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Domain.Communications;

namespace PartnerCenter.Web.Features.Operator;

/// <summary>
/// A communication as the operator types it. Its fields are named as those of the API, letter by letter, so that an error leads to
/// its field; and the same rules check it.
/// </summary>
public sealed class PublishForm
{
    [FromForm(Name = "workspace")]
    public string? Workspace { get; set; }

    [FromForm(Name = "kind")]
    public string? Kind { get; set; }

    [FromForm(Name = "audience")]
    public AudienceForm Audience { get; set; } = new();

    [FromForm(Name = "dueInDays")]
    public int? DueInDays { get; set; }

    [FromForm(Name = "expiresInDays")]
    public int? ExpiresInDays { get; set; }

    [FromForm(Name = "completion")]
    public string? Completion { get; set; }

    [FromForm(Name = "link")]
    public string? Link { get; set; }

    [FromForm(Name = "requiredByAgreement")]
    public bool RequiredByAgreement { get; set; }

    public Dictionary<string, TextForm?> Content { get; set; } = [];

    /// <summary>
    /// The same as a draft. A field that was sent empty is null in a list: to the check, that is a name that is missing. A language that was
    /// sent without a text is null, too.
    /// </summary>
    public CommunicationDraft ToDraft() => new()
    {
        Workspace = Workspace,
        Kind = Kind,
        Roles = Audience.Roles.ConvertAll(role => role ?? ""),
        Organizations = Audience.Organizations.Count == 0 ? null : Audience.Organizations.ConvertAll(organization => organization ?? ""),
        DueInDays = DueInDays,
        ExpiresInDays = ExpiresInDays,
        Completion = string.IsNullOrEmpty(Completion) ? null : Completion,
        Link = string.IsNullOrWhiteSpace(Link) ? null : Link.Trim(),
        RequiredByAgreement = RequiredByAgreement,
        Content = Content
            .Where(text => !string.IsNullOrWhiteSpace(text.Value?.Title) || !string.IsNullOrWhiteSpace(text.Value?.Body))
            .ToDictionary(text => text.Key, text => new DraftText(text.Value!.Title, text.Value.Body)),
    };
}

/// <summary>Whom it is for.</summary>
public sealed class AudienceForm
{
    [FromForm(Name = "roles")]
    public List<string> Roles { get; set; } = [];

    /// <summary>None means all.</summary>
    [FromForm(Name = "organizations")]
    public List<string> Organizations { get; set; } = [];
}

/// <summary>The text in one language.</summary>
public sealed class TextForm
{
    public string? Title { get; set; }

    public string? Body { get; set; }
}
