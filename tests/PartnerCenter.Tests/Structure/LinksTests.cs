using System.Net;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Structure;

/// <summary>Walks the portal as different people do: every page that is linked opens, and every page but home says where it lies.</summary>
public sealed class LinksTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const int MostPages = 150;

    private static readonly string[] WithoutBreadcrumbs = ["/o/alpine-cloud", "/o/lowland-digital", "/o/harbor-apps", "/operator"];

    [Theory]
    [InlineData("global-admin", "/o/alpine-cloud")]
    [InlineData("dutch-admin", "/o/lowland-digital")]
    [InlineData("newcomer", "/o/alpine-cloud")]
    [InlineData("operator", "/operator")]
    public async Task Every_link_opens_and_every_page_but_home_has_breadcrumbs(string person, string start)
    {
        var visitor = start == "/operator" ? await app.SignInAsync(person) : await app.ArriveAsync(person, start.Split('/')[^1]);
        var waiting = new Queue<string>([start]);
        var seen = new HashSet<string> { start };

        while (waiting.TryDequeue(out var address) && seen.Count < MostPages)
        {
            var page = await visitor.OpenAsync(address);

            Assert.True(page.Status == HttpStatusCode.OK, $"{address} answered {page.Status}");
            if (!WithoutBreadcrumbs.Contains(address))
                Assert.True(page.Has("nav.breadcrumbs a"), $"{address} has no breadcrumbs");
            // What opens in a tab of its own is no page of the portal, such as a mail as mail programs show it.
            foreach (var link in page.FindAll("a[href^='/']:not([download], [target])").Select(link => link.GetAttribute("href")!).Where(IsPage))
            {
                if (seen.Add(link))
                    waiting.Enqueue(link);
            }
        }
    }

    // A communication may lead to the operator's own systems; "/" sends a signed-in person home.
    private static bool IsPage(string link) =>
        link != "/" && !link.StartsWith("//", StringComparison.Ordinal) && !link.Contains(".csv", StringComparison.Ordinal) && !link.Contains("export", StringComparison.Ordinal);
}
