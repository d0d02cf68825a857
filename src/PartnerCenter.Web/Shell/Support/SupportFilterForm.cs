using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using PartnerCenter.Domain.Support;

namespace PartnerCenter.Web.Shell.Support;

/// <summary>What the address of a list of support requests asks for: it is the state of the list, so that it can be kept and sent on.</summary>
public sealed class SupportFilterForm
{
    public const int LongestWords = 100;

    private const int MostPages = 1000;

    public SupportState? State { get; set; }

    /// <summary>The number of a request, or a part of its summary.</summary>
    public string? Words { get; set; }

    public int Page { get; set; } = 1;

    public bool IsFiltered => State is not null || Words is not null;

    /// <summary>Forgets what there is not to choose.</summary>
    public void KeepWhatCounts()
    {
        State = State is { } state && Enum.IsDefined(state) ? State : null;
        Words = string.IsNullOrWhiteSpace(Words) ? null : Words.Trim()[..Math.Min(Words.Trim().Length, LongestWords)];
        Page = Math.Clamp(Page, 1, MostPages);
    }

    /// <summary>The query of another page of the same list.</summary>
    public string QueryFor(int page)
    {
        var query = new QueryBuilder { { "page", page.ToString(CultureInfo.InvariantCulture) } };
        if (State is { } state)
            query.Add("state", $"{state}");
        if (Words is { } words)
            query.Add("words", words);
        return query.ToString();
    }
}
