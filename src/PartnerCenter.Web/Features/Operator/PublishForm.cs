using PartnerCenter.Domain.Communications;

namespace PartnerCenter.Web.Features.Operator;

/// <summary>A communication as the operator types it. Its fields are named as those of the API, and the same rules check it.</summary>
public sealed class PublishForm
{
    public string? Workspace { get; set; }

    public string? Kind { get; set; }

    public AudienceForm Audience { get; set; } = new();

    public int? DueInDays { get; set; }

    public string? Completion { get; set; }

    public string? Link { get; set; }

    public bool RequiredByAgreement { get; set; }

    public Dictionary<string, TextForm> Content { get; set; } = [];

    public CommunicationDraft ToDraft() => new()
    {
        Workspace = Workspace,
        Kind = Kind,
        Roles = Audience.Roles,
        Organizations = Audience.Organizations.Count == 0 ? null : Audience.Organizations,
        DueInDays = DueInDays,
        Completion = string.IsNullOrEmpty(Completion) ? null : Completion,
        Link = string.IsNullOrWhiteSpace(Link) ? null : Link.Trim(),
        RequiredByAgreement = RequiredByAgreement,
        Content = Content
            .Where(text => !string.IsNullOrWhiteSpace(text.Value.Title) || !string.IsNullOrWhiteSpace(text.Value.Body))
            .ToDictionary(text => text.Key, text => new DraftText(text.Value.Title, text.Value.Body)),
    };
}

/// <summary>Whom it is for.</summary>
public sealed class AudienceForm
{
    public List<string> Roles { get; set; } = [];

    /// <summary>None means all.</summary>
    public List<string> Organizations { get; set; } = [];
}

/// <summary>The text in one language.</summary>
public sealed class TextForm
{
    public string? Title { get; set; }

    public string? Body { get; set; }
}
