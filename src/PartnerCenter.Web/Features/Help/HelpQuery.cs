using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Help;

namespace PartnerCenter.Web.Features.Help;

/// <summary>Looks up articles in the language of the reader.</summary>
public sealed class HelpQuery(HelpLibrary library, Here here)
{
    /// <param name="member">Whom they are for; null for those who run the program.</param>
    public HelpPage List(Member? member) => new([.. ArticlesFor(member).Select(RowOf).GroupBy(row => row.Article.Group).OrderBy(chapter => chapter.Key)]);

    /// <returns>Null if there is no such article for this reader.</returns>
    public ArticlePage? Find(Member? member, string key)
    {
        var articles = ArticlesFor(member).ToList();
        return articles.Find(article => article.Key == key) is { } found
            ? new ArticlePage(
                library.Find(found, here.Language),
                [.. articles.Where(other => other.Group == found.Group && other != found).Select(RowOf)])
            : null;
    }

    private static IEnumerable<HelpArticle> ArticlesFor(Member? member) =>
        HelpTable.All.Where(article => member is null ? article.IsForOperators : article.IsOpenTo(member));

    private ArticleRow RowOf(HelpArticle article) => new(article, library.Find(article, here.Language));
}
