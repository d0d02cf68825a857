using Microsoft.Extensions.Localization;
using PartnerCenter.Domain;
using PartnerCenter.Domain.Preferences;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Mail.Composition;
using PartnerCenter.Web.Shell.Help;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Shell.Search;

/// <summary>
/// All workspaces, pages and articles of the portal by their words in both languages; those of the reader count more. Who may open what
/// is asked of what was found.
/// </summary>
public sealed class PortalIndex
{
    private const double Title = 10;
    private const double TitleElsewhere = 8;
    private const double Explained = 8;
    private const double Summary = 4;
    private const double Text = 2;

    private readonly IReadOnlyDictionary<string, SearchIndex<Findable>> _byLanguage;

    public PortalIndex(WorkspaceCatalogue workspaces, HelpLibrary library, IStringLocalizer<PortalTexts> texts, IStringLocalizer<Vocabulary> words)
        : this(Languages.All.ToDictionary(language => language, language => Build(language, workspaces, library, texts, words)))
    {
    }

    internal PortalIndex(IReadOnlyDictionary<string, SearchIndex<Findable>> byLanguage) => _byLanguage = byLanguage;

    /// <summary>What has all the words, the best first.</summary>
    /// <param name="typed">What somebody typed.</param>
    /// <param name="language">The language that they read.</param>
    public IReadOnlyList<Findable> Find(string typed, string language) => _byLanguage[language].Find(typed);

    /// <summary>Articles about some of what somebody wrote, the closest first.</summary>
    /// <param name="written">What was written, in sentences.</param>
    /// <param name="language">The language that they read.</param>
    public IEnumerable<HelpArticle> ArticlesAbout(string written, string language) =>
        _byLanguage[language].FindClosest(written).OfType<FoundArticle>().Select(found => found.Article);

    private static SearchIndex<Findable> Build(
        string language, WorkspaceCatalogue workspaces, HelpLibrary library, IStringLocalizer<PortalTexts> texts, IStringLocalizer<Vocabulary> words)
    {
        var index = new SearchIndex<Findable>(SynonymTable.Of);
        foreach (var workspace in workspaces.All)
            index.Add(new FoundWorkspace(workspace), [.. Titles(other => workspace.NameIn(other, words)), (workspace.DescriptionIn(language, words), Summary)]);

        foreach (var page in PageTable.Destinations)
            index.Add(new FoundPage(page), Titles(other => texts.In(other, $"Page.{page.Key}")));

        foreach (var article in HelpTable.All.Where(article => !article.IsForOperators))
        {
            var text = library.Find(article, language);
            index.Add(
                new FoundArticle(article),
                [
                    .. Titles(other => library.Find(article, other).Title),
                    .. article.Pages.Select(page => (texts.In(language, $"Page.{page}"), Explained)),
                    (text.Summary, Summary),
                    (text.Body, Text),
                ]);
        }

        return index;

        IEnumerable<(string, double)> Titles(Func<string, string> titleIn) =>
            Languages.All.Select(other => (titleIn(other), other == language ? Title : TitleElsewhere));
    }
}

/// <summary>What search can lead to.</summary>
public abstract record Findable;

public sealed record FoundWorkspace(Workspace Workspace) : Findable;

public sealed record FoundPage(PortalPage Page) : Findable;

public sealed record FoundArticle(HelpArticle Article) : Findable;
