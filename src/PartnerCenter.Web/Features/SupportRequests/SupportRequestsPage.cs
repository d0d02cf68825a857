using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Shell.Help;

namespace PartnerCenter.Web.Features.SupportRequests;

/// <param name="Form">What was typed.</param>
/// <param name="HasTopic">Whether it is known what help is wanted with.</param>
/// <param name="Workspaces">The workspaces to choose from.</param>
/// <param name="Articles">What may answer it already.</param>
public sealed record NewSupportRequestPage(
    SupportRequestForm Form, bool HasTopic, IReadOnlyList<Workspace> Workspaces, IReadOnlyList<ArticleRow> Articles);

/// <param name="Article">An article of the documentation.</param>
/// <param name="Text">Its text in the language of the reader.</param>
public sealed record ArticleRow(HelpArticle Article, HelpText Text);
