using PartnerCenter.Web.Shell.Help;

namespace PartnerCenter.Web.Features.Help;

/// <param name="Chapters">The articles, by chapter.</param>
public sealed record HelpPage(IReadOnlyList<IGrouping<HelpGroup, ArticleRow>> Chapters);

/// <param name="Article">The article.</param>
/// <param name="Text">What it says, in the language of the reader.</param>
public sealed record ArticleRow(HelpArticle Article, HelpText Text);

/// <param name="Text">What the article says.</param>
/// <param name="Others">What else belongs to its chapter.</param>
public sealed record ArticlePage(HelpText Text, IReadOnlyList<ArticleRow> Others);
