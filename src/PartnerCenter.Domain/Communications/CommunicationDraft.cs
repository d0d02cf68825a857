using System.Text.Json.Serialization;

namespace PartnerCenter.Domain.Communications;

/// <summary>A communication as somebody wants to publish it: not yet checked, so anything may be missing or wrong.</summary>
public sealed record CommunicationDraft
{
    public string? Workspace { get; init; }

    public string? Kind { get; init; }

    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>The keys of the organizations; null means all of them.</summary>
    public IReadOnlyList<string>? Organizations { get; init; }

    public int? Membership { get; init; }

    /// <summary>Whole days from now, as the alternative to <see cref="DueAt"/>.</summary>
    public int? DueInDays { get; init; }

    public DateTime? DueAt { get; init; }

    /// <summary>Whole days from now, as the alternative to <see cref="ExpiresAt"/>.</summary>
    /// <remarks>Left out of the draft's JSON while it is not set, so that requests of earlier releases keep their hash.</remarks>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ExpiresInDays { get; init; }

    /// <summary>When it is of no interest any more.</summary>
    /// <inheritdoc cref="ExpiresInDays" path="/remarks"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? ExpiresAt { get; init; }

    public string? Completion { get; init; }

    public string? Link { get; init; }

    public bool RequiredByAgreement { get; init; }

    /// <summary>Title and Markdown body by language.</summary>
    public IReadOnlyDictionary<string, DraftText> Content { get; init; } = new Dictionary<string, DraftText>();
}

/// <summary>The text of a draft in one language.</summary>
public sealed record DraftText(string? Title, string? Body);

/// <summary>What is wrong with one field of what somebody sent.</summary>
/// <param name="Field">The path of the field as the API names it, such as <c>content.nl.title</c>.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record FieldProblem(string Field, Reason Reason);
