using System.Text.RegularExpressions;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Shell.Help;

/// <summary>Turns the links of an article, which are written <c>[text](~/path)</c>, into those of the reader's organization.</summary>
public sealed partial class HelpLinks(Here here)
{
    /// <summary>The Markdown with links to what the reader may open. What they may not is named, without a link.</summary>
    public string Lead(string markdown) => here.Member is { } member
        ? Link().Replace(markdown, link => IsOpen(member, link.Groups["path"].Value)
            ? $"[{link.Groups["text"].Value}]({here.To(link.Groups["path"].Value)})"
            : link.Groups["text"].Value)
        : markdown;

    private static bool IsOpen(Member member, string path)
    {
        if (member.ExistingWorkspaces.FirstOrDefault(workspace => PageTable.HomeOf(workspace) == path) is { } workspace)
            return member.MayOpen(workspace);
        return PageTable.Destinations.FirstOrDefault(page => page.Path == $"/o/{{organization}}/{path.Split('?')[0]}")?.Requires is not { } required
            || member.May(required);
    }

    [GeneratedRegex(@"\[(?<text>[^\]]+)\]\(~/(?<path>[^)]+)\)", RegexOptions.NonBacktracking)]
    private static partial Regex Link();
}
