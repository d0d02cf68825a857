using PartnerCenter.Domain.Access;

namespace PartnerCenter.Domain.Workspaces;

/// <summary>An area of work in the portal. Built-in ones find their name and description in the vocabulary under their key.</summary>
/// <param name="Key">A stable key such as <c>billing</c>; it stands in addresses and in the publishing API.</param>
/// <param name="Icon">The name of its icon.</param>
/// <param name="Programs">The programs that bring it: one is enough. Empty: every organization has it.</param>
public sealed record Workspace(string Key, string Icon, IReadOnlyList<string> Programs)
{
    /// <summary>Where more can be read about it: keys of link texts in the vocabulary, with their addresses.</summary>
    public IReadOnlyList<LearnMoreLink> LearnMore { get; init; } = [];

    /// <summary>The company's own system where the work of this workspace is done, if there is one.</summary>
    public Uri? WorkUrl { get; init; }

    /// <summary>For a workspace that the operator added: the roles that open it. Built-in ones leave this to <see cref="AccessTable"/>.</summary>
    public IReadOnlyList<string> OpenedBy { get; init; } = [];

    /// <summary>For a workspace that the operator added: its name by language.</summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>();

    /// <summary>For a workspace that the operator added: its description by language.</summary>
    public IReadOnlyDictionary<string, string> Descriptions { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether an organization that is enrolled in <paramref name="programs"/> has this workspace.</summary>
    public bool ExistsFor(IReadOnlyCollection<string> programs) => Programs.Count == 0 || Programs.Any(programs.Contains);
}

/// <summary>A link to further reading.</summary>
/// <param name="TextKey">The key of its text in the vocabulary.</param>
/// <param name="Url">An address, or a path within the organization's pages when it starts with <c>~/</c>.</param>
public sealed record LearnMoreLink(string TextKey, string Url);
