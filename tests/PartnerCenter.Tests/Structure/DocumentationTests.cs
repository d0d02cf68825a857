using System.Text.RegularExpressions;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Tests.Support;
using PartnerCenter.Web.Shell.Help;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Tests.Structure;

/// <summary>Every page and workspace is explained, in both languages alike, and what an article links to is there.</summary>
public sealed partial class DocumentationTests
{
    private const int LongestSummary = 160;

    // The one leads on, and what the other is about, the article of the workspace says.
    private static readonly string[] NeedNoArticle = [PageTable.Start, PageTable.Workspace];

    private static readonly HelpLibrary Library = new();

    public static TheoryData<string> Articles => [.. HelpTable.All.Select(article => article.Key)];

    [Fact]
    public void Every_page_has_an_article()
    {
        var pages = typeof(PageTable).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);

        Assert.Equal(NeedNoArticle, pages.Where(page => !HelpTable.All.Any(article => article.Pages.Contains(page))));
    }

    [Fact]
    public void Every_workspace_has_one() =>
        Assert.All(WorkspaceCatalogue.BuiltIn.All, workspace => Assert.Single(HelpTable.All, article => article.Workspace == workspace.Key));

    [Fact]
    public void No_text_is_left_that_is_no_article()
    {
        var files = Repository.SourceFiles(".md").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal);

        Assert.Equal(HelpTable.All.SelectMany(article => Languages.All.Select(_ => article.Key)).Order(StringComparer.Ordinal), files);
    }

    [Theory]
    [MemberData(nameof(Articles))]
    public void Both_languages_have_the_same_headings_and_links_and_neither_is_the_other(string key)
    {
        var texts = Languages.All.Select(language => Library.Find(HelpTable.Find(key)!, language)).ToList();

        Assert.Single(texts.Select(text => Headings().Count(text.Body)).Distinct());
        Assert.Single(texts.Select(text => string.Join(' ', Targets(text.Body))).Distinct());
        Assert.Equal(texts.Count, texts.Select(text => text.Summary).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Articles))]
    public void It_begins_with_one_sentence_and_has_chapters(string key) => Assert.All(Languages.All, language =>
    {
        var text = Library.Find(HelpTable.Find(key)!, language);
        Assert.InRange(text.Summary.Length, 20, LongestSummary);
        Assert.EndsWith(".", text.Summary, StringComparison.Ordinal);
        Assert.InRange(Headings().Count(text.Body), 2, 6);
        Assert.StartsWith("## ", text.Body, StringComparison.Ordinal);
    });

    [Theory]
    [MemberData(nameof(Articles))]
    public void What_it_links_to_is_there(string key)
    {
        var article = HelpTable.Find(key)!;
        var pages = typeof(PageTable).GetFields().Where(field => field.IsLiteral).Select(field => PageTable.Find((string)field.GetRawConstantValue()!).Path);
        HashSet<string> known =
        [
            .. pages.Where(path => !path.EndsWith('}')).Select(path => path.Replace("/o/{organization}", "~", StringComparison.Ordinal)),
            .. WorkspaceCatalogue.BuiltIn.All.Select(workspace => $"~/{PageTable.HomeOf(workspace)}"),
            .. HelpTable.All.Select(other => other.IsForOperators ? $"/operator/help/{other.Key}" : $"~/help/{other.Key}"),
        ];

        var targets = Targets(Library.Find(article, Languages.Default).Body).ToList();

        Assert.NotEmpty(targets);
        Assert.Empty(targets.Select(target => target.Split('?')[0]).Except(known));
        Assert.All(targets, target => Assert.Equal(article.IsForOperators, target.StartsWith("/operator", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Title\n\nSummary.\n\n## One")]
    [InlineData("# Title\n\nSummary.")]
    [InlineData("")]
    public void A_text_of_another_form_is_refused(string markdown) => Assert.Throws<FormatException>(() => HelpText.Parse(markdown));

    private static IEnumerable<string> Targets(string markdown) => Links().Matches(markdown).Select(link => link.Groups["target"].Value);

    [GeneratedRegex("^## ", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Headings();

    [GeneratedRegex(@"\]\((?<target>[^)]+)\)", RegexOptions.NonBacktracking)]
    private static partial Regex Links();
}
