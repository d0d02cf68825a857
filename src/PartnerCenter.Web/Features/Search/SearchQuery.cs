using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PartnerCenter.Data;
using PartnerCenter.Data.Communications;
using PartnerCenter.Data.Organizations;
using PartnerCenter.Domain.Access;
using PartnerCenter.Domain.Organizations;
using PartnerCenter.Domain.Workspaces;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Communications;
using PartnerCenter.Web.Shell.Help;
using PartnerCenter.Web.Shell.Search;

namespace PartnerCenter.Web.Features.Search;

/// <summary>Finds what the member may open: pages, workspaces, articles, communications and people.</summary>
public sealed class SearchQuery(
    PortalIndex index, PartnerCenterDb db, Visibility visibility, HelpLibrary library, Here here, IStringLocalizer<PortalTexts> texts)
{
    private const int LongestWords = 100;

    /// <param name="member">Who searches.</param>
    /// <param name="words">What for.</param>
    /// <param name="most">How many of each sort.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<SearchPage> ReadAsync(Member member, string words, int most, CancellationToken cancellation)
    {
        if (words.Length is 0 or > LongestWords)
            return new SearchPage(words);

        var found = index.Find(words, here.Language);
        var communications = await visibility.SearchAsync(member.Reader, words, most, cancellation);
        return new SearchPage(words)
        {
            Destinations = [.. found.Select(one => DestinationFor(member, one)).OfType<SearchRow>().DistinctBy(row => row.Address).Take(most)],
            Closed = [.. found.OfType<FoundWorkspace>().Select(one => one.Workspace).Where(member.MayAskFor).Take(most).Select(ClosedRow)],
            Articles = [.. found.OfType<FoundArticle>().Select(one => one.Article).Where(article => article.IsOpenTo(member)).Take(most).Select(ArticleRow)],
            Communications = [.. communications.Select(CommunicationRow.From)],
            People = member.May(Permission.ViewMemberRoles) ? await PeopleAsync(member, words, most, cancellation) : [],
        };
    }

    // The home of a workspace can be a page of its own; then both lead to the same address.
    private SearchRow? DestinationFor(Member member, Findable found) => found switch
    {
        FoundWorkspace { Workspace: var workspace } when member.OpenWorkspaces.Contains(workspace) =>
            new(here.NameOf(workspace), here.DescriptionOf(workspace), workspace.Icon, here.ToWorkspace(workspace)),
        FoundPage { Page: var page } when member.May(page.Requires!.Value) =>
            new(texts[$"Page.{page.Key}"], page.Parent is { } parent ? texts[$"Page.{parent.Key}"] : "", page.Icon, here.AddressOf(page)),
        _ => null,
    };

    private SearchRow ClosedRow(Workspace workspace) =>
        new(here.NameOf(workspace), texts["Search.AskForAccess"], workspace.Icon, here.To($"my-access/ask?workspace={workspace.Key}"));

    private SearchRow ArticleRow(HelpArticle article)
    {
        var text = library.Find(article, here.Language);
        return new(text.Title, text.Summary, "book", here.ToArticle(article.Key));
    }

    private async Task<List<SearchRow>> PeopleAsync(Member member, string words, int most, CancellationToken cancellation)
    {
        var organization = member.Organization.Id;
        var people = await db.Memberships.AsNoTracking()
            .Where(membership => membership.OrganizationId == organization && membership.Status != MembershipStatus.Removed)
            .Named(words, bySignInAddress: true)
            .Shown()
            .OrderBy(shown => shown.Name)
            .ThenBy(shown => shown.MembershipId)
            .Take(most)
            .ToListAsync(cancellation);
        return [.. people.Select(person => new SearchRow(
            Person.NameFrom(person.Name), person.Address, "person", here.To($"account-settings/users/{person.MembershipId}")))];
    }
}
