using System.Globalization;
using PartnerCenter.Tests.Support;

namespace PartnerCenter.Tests.Features.ActionCenter;

/// <summary>The bell in the header, as it stands on a page.</summary>
internal sealed record Bell(int Badge, IReadOnlyList<string> Critical, IReadOnlyList<string> News)
{
    private const string Panel = ".header-tools .menu-panel--wide";

    public static Bell On(Page page)
    {
        var name = page.TextOf(".header-tools details:has(.menu-panel--wide) > summary .visually-hidden");
        var count = name.Split(' ').First(word => char.IsAsciiDigit(word[0]));
        return new Bell(
            int.Parse(count.TrimEnd('+'), CultureInfo.InvariantCulture),
            page.TextsOf($"{Panel} section[aria-labelledby=bell-critical] .bell-title"),
            page.TextsOf($"{Panel} section[aria-labelledby=bell-news] .bell-title"));
    }
}
