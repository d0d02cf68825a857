using Microsoft.EntityFrameworkCore;
using PartnerCenter.Data;
using PartnerCenter.Data.Support;
using PartnerCenter.Domain.Support;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Help;
using PartnerCenter.Web.Shell.Search;
using PartnerCenter.Web.Shell.Support;

namespace PartnerCenter.Web.Features.SupportRequests;

/// <summary>Reads the support requests that a member may see. No other is there for them.</summary>
public sealed class SupportRequestsQuery(
    PartnerCenterDb db, SupportListQuery list, PortalIndex index, HelpLibrary library, Here here, TimeProvider time)
{
    private const int MostArticles = 4;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public Task<SupportList> ListAsync(Member member, SupportFilterForm filter, CancellationToken cancellation) =>
        list.ReadAsync(Visible(member), SupportSide.Partner, here.To("help-support/requests"), filter, cancellation);

    /// <summary>The form of a new request.</summary>
    /// <param name="member">Who asks.</param>
    /// <param name="form">What was typed.</param>
    /// <param name="hasTopic">Whether it is known what help is wanted with: then articles that may answer it are looked for.</param>
    public NewSupportRequestPage New(Member member, SupportRequestForm form, bool hasTopic) => new(
        form,
        hasTopic,
        member.ExistingWorkspaces,
        hasTopic ? [.. ArticlesFor(member, form).Take(MostArticles).Select(article => new ArticleRow(article, library.Find(article, here.Language)))] : []);

    public async Task<SupportConversation?> FindAsync(Member member, int id, CancellationToken cancellation) =>
        await Visible(member).WithConversation().SingleOrDefaultAsync(request => request.Id == id, cancellation) is { } request
            ? SupportConversation.From(request, SupportSide.Partner, here.To($"help-support/requests/{id}"), Now)
            : null;

    // What is about the workspace helps, too, if the words find nothing better.
    private IEnumerable<HelpArticle> ArticlesFor(Member member, SupportRequestForm form) => index
        .ArticlesAbout($"{form.Summary} {form.Details}", here.Language)
        .Take(MostArticles - 1)
        .Concat(HelpTable.All.Where(article => article.Workspace is not null && article.Workspace == form.Workspace))
        .Distinct()
        .Where(article => article.IsOpenTo(member));

    private IQueryable<SupportRequest> Visible(Member member) => db.SupportRequests.VisibleTo(member.Membership, Now);
}
