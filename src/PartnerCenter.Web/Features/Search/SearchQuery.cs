using Microsoft.Extensions.Localization;
using PartnerCenter.Data.Communications;
using PartnerCenter.Web.Security;
using PartnerCenter.Web.Shell;
using PartnerCenter.Web.Shell.Communications;
using PartnerCenter.Web.Shell.Pages;

namespace PartnerCenter.Web.Features.Search;

/// <summary>Finds what the member may open: pages, workspaces and communications.</summary>
public sealed class SearchQuery(Visibility visibility, Here here, IStringLocalizer<PortalTexts> texts)
{
    private const int LongestWords = 100;
    private const int MostCommunications = 20;

    public async Task<SearchPage> ReadAsync(Member member, string words, CancellationToken cancellation)
    {
        if (words.Length is 0 or > LongestWords)
            return new SearchPage(words, [], []);

        var found = await visibility.SearchAsync(member.Reader, words, MostCommunications, cancellation);
        return new SearchPage(
            words,
            [.. Destinations(member).Where(row => Has(row.Name, words) || Has(row.Text, words))],
            [.. found.Select(CommunicationRow.From)]);
    }

    private static bool Has(string text, string words) => text.Contains(words, StringComparison.CurrentCultureIgnoreCase);

    private IEnumerable<DestinationRow> Destinations(Member member) =>
    [
        .. member.OpenWorkspaces.Select(workspace => new DestinationRow(
            here.NameOf(workspace), here.DescriptionOf(workspace), workspace.Icon, here.ToWorkspace(workspace))),
        .. PageTable.Destinations
            .Where(page => member.May(page.Requires!.Value))
            .Where(page => member.OpenWorkspaces.All(workspace => here.ToWorkspace(workspace) != here.AddressOf(page)))
            .Select(page => new DestinationRow(texts[$"Page.{page.Key}"], "", page.Icon, here.AddressOf(page))),
    ];
}
